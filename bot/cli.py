"""The `instep` command: serve, train, check, and measure the parts on JSON Lines."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import typer

from bot import measuring
from bot.errors import ConversationLimitError, InputError, InstepError, SettingsError
from bot.settings import ROOT, settings

app = typer.Typer(help="Instep, the assistant of a podiatry practice.", no_args_is_help=True, add_completion=False)

Line = dict[str, Any]

# Who measures is no stranger to be kept from flooding the practice.
_PUBLIC_LIMITS = (
    "INSTEP_MESSAGES_PER_MINUTE",
    "INSTEP_MESSAGES_PER_CONVERSATION",
    "INSTEP_NEW_CONVERSATIONS_PER_HOUR",
)


def main() -> None:
    """Run the command line; an error that Instep raises on purpose ends it with its sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    try:
        app()
    except InstepError as error:
        _stop(str(error))


@app.command()
def run() -> None:
    """Serve the website widget, the chat API and the staff console until Ctrl-C."""
    from bot.brain.training import model_is_current
    from bot.web.serve import serve

    here = settings()
    measuring.check_data()
    _refuse_taken_port(here.host, here.port)
    if not model_is_current():
        # In a process of its own: what training loads would stay in the server's memory.
        trained = subprocess.run([sys.executable, "-m", "bot.cli", "train"], check=False)
        if trained.returncode:
            raise typer.Exit(trained.returncode)
    serve(here.host, here.port, announce=_announce)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"cannot serve on {host}:{port} ({error.strerror}). Set INSTEP_PORT to a free port."
            ) from None


def _announce() -> None:
    from bot.console.accounts import create_invitation, has_staff

    here = settings().public_url
    typer.echo(f"  Page with the widget   {here}/", err=True)
    typer.echo(f"  Staff sign-in          {here}/staff/", err=True)
    if not has_staff():
        typer.echo(
            f"  First staff account    {here}/staff/invitation/{create_invitation()}/  (works once, for a day)",
            err=True,
        )
    typer.echo("Ctrl-C stops everything.", err=True)


@app.command()
def train(force: bool = typer.Option(False, help="Train even if nothing changed.")) -> None:
    """Train the language model, if its inputs changed."""
    from bot.brain.training import model_is_current
    from bot.brain.training import train as train_model

    if model_is_current() and not force:
        typer.echo("The model is current: nothing to train.", err=True)
        return
    train_model()


@app.command()
def check() -> None:
    """Check the knowledge, the practice file, the corpus and the Rasa project without changing anything."""
    faults = [str(fault) for fault in _faults(_checks())]
    if faults:
        _stop("\n\n".join(faults))
    typer.echo("Knowledge, practice, corpus and the Rasa project are in order.", err=True)


def _checks() -> Iterator[Callable[[], object]]:
    """Yield what `run` goes through before it serves, and what only those who work on the project have to keep."""
    from bot.brain.project_check import check_model, validate_project

    _set_up_django()
    from bot.web.checks import check_data

    yield from (measuring.check_data, check_data, measuring.check_reading)
    yield lambda: validate_project(ROOT, settings().data)
    yield check_model


def _faults(checks: Iterable[Callable[[], object]]) -> Iterator[InstepError]:
    said: set[str] = set()
    for look in checks:
        try:
            look()
        except InstepError as fault:
            # Several parts read the same file.
            if str(fault) not in said:
                said.add(str(fault))
                yield fault


@app.command()
def invite() -> None:
    """Print a one-time link that creates one staff account; it works for a day."""
    _set_up_django()
    from bot.console.accounts import create_invitation
    from bot.web.checks import prepare_database

    prepare_database()
    typer.echo(f"{settings().public_url}/staff/invitation/{create_invitation()}/")


@app.command()
def password(email: str) -> None:
    """Print a one-time link that gives a staff account a new password; it works for a day."""
    _set_up_django()
    from bot.console.accounts import create_password_link
    from bot.web.checks import prepare_database

    prepare_database()
    typer.echo(f"{settings().public_url}/staff/password/{create_password_link(email)}/")


@app.command()
def read() -> None:
    """Read {"id","text"} lines: intent, findings and red flags of each."""
    _each_line(measuring.reader())


@app.command()
def match() -> None:
    """Read {"id","text"} or {"id","findings"} lines: causes, urgency, red flags and the next question of each."""
    _each_line(measuring.matcher())


@app.command()
def when() -> None:
    """Read {"id","text","now"} lines: the date and time that each names."""
    _each_line(measuring.dater())


@app.command()
def talk() -> None:
    """Read {"conversation","text"} lines in order, and answer each on the path that the website uses."""
    _lift_public_limits()
    _set_up_django()
    _each_line(measuring.talker())


@app.command()
def evaluate(
    only: str = typer.Option(
        "",
        help="One part: messages, red_flags, urgency, pairs, findings, intents, after_result, dates, interviews, "
        "osce, conversations or sealed.",
    ),
    seal: str = typer.Option("", help="Measure this set of tests/sealed for the first and only untouched time."),
    save: bool = typer.Option(False, help="Commit this result: write benchmarks/evaluation.json."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as one JSON object."),
    show: bool = typer.Option(False, "--show", help="Print every row of after_result, for a person to judge."),
) -> None:
    """Measure the parts on texts with known answers; exit 1 when a figure falls (see benchmarks/README.md)."""
    from bot.evaluation.command import measure_and_report, seal_and_report

    if seal and (only or save or as_json):
        raise InputError("--seal measures one sealed set and takes no other option.")
    with tempfile.TemporaryDirectory() as folder:
        # Simulated conversations have no place among real ones.
        os.environ["INSTEP_DATABASE_URL"] = f"sqlite:///{folder}/evaluation.sqlite3"
        _lift_public_limits()
        _set_up_django()
        if seal:
            seal_and_report(seal)
            return
        raise typer.Exit(measure_and_report(only, save=save, as_json=as_json, show=show))


def _lift_public_limits() -> None:
    for limit in _PUBLIC_LIMITS:
        os.environ.setdefault(limit, "1000000")


def _set_up_django() -> None:
    import django
    from django.apps import apps

    # A second set-up would tie the log to the output of this moment.
    if not apps.ready:
        django.setup()


def _each_line(answer: Callable[[Line], Line]) -> None:
    failed = False
    for number, text in _lines(sys.stdin):
        try:
            result = answer(_parsed(text))
        except (InputError, ConversationLimitError) as error:
            typer.echo(f"line {number}: {error}", err=True)
            failed = True
            continue
        # ASCII, because an id that is not valid Unicode has to come back as it came.
        typer.echo(json.dumps(result))
    if failed:
        raise typer.Exit(2)


def _lines(stream: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(stream, start=1):
        if text.strip():
            yield number, text


def _parsed(text: str) -> Line:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg} at column {error.colno}); write one object a line.") from None
    if not isinstance(value, dict):
        raise InputError("not a JSON object; write one object a line.")
    return value


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"instep: {sentence}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
