"""What `instep evaluate` does: measure with progress, report, save, and tell by the exit code what fell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import typer

from bot.errors import InputError
from bot.evaluation.page import write_page
from bot.evaluation.record import RECORD, save_record
from bot.evaluation.report import as_json as json_of
from bot.evaluation.report import as_text
from bot.evaluation.run import PARTS, evaluate, seal

Item = TypeVar("Item")


def measure_and_report(only: str, *, save: bool, as_json: bool, show: bool = False) -> int:
    """Measure, print the report, write the page, and return the exit code: 1 when a figure fell too far.

    Args:
        only: one of `PARTS`; empty for all.
        save: write the figures to `benchmarks/evaluation.json`, for later runs to compare with.
        as_json: print one JSON object instead of the report.
        show: print every row of the parts that a person judges, before the report.

    Raises:
        InputError: `only` names no part, or a row cannot be used.
    """
    if only and only not in PARTS:
        raise InputError(f"--only takes one of: {', '.join(PARTS)}.")
    evaluation = evaluate(only, _progress)
    for section in evaluation.sections if show else ():
        typer.echo("\n".join(section.shown))
    typer.echo(json_of(evaluation) if as_json else "\n".join(as_text(evaluation)))
    page = write_page(evaluation)
    typer.echo(f"The rows that came out wrong, to read in a browser: {page}", err=True)
    if save:
        figures = [figure for section in evaluation.sections for figure in section.figures]
        parts = () if evaluation.shared_missing else tuple(section.id for section in evaluation.sections)
        save_record(figures, whole=not only and not evaluation.shared_missing, parts=parts)
        typer.echo(f"Saved to {RECORD.name}: commit it together with the change.", err=True)
        return 0
    return 1 if evaluation.failed else 0


def seal_and_report(name: str) -> None:
    """Measure a sealed set for the first time, write its untouched figures, and print them.

    Raises:
        InputError: there is no such set, it was measured before, or changes are not committed.
    """
    typer.echo("\n".join(as_text(seal(name, _progress))))
    typer.echo(f"Written to benchmarks/figures/sealed/{name}.json: commit it before anything else.", err=True)


def _progress(items: Sequence[Item], label: str) -> Iterable[Item]:
    """Show a bar in a terminal, one line elsewhere; see `Progress`."""
    if not items:
        return
    with typer.progressbar(items, label=label.ljust(34), file=typer.get_text_stream("stderr")) as bar:
        yield from bar
