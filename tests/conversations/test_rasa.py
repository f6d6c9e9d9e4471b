"""The project is a standard Rasa project: Rasa's own commands work from its root, as README says."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.waiting import LATE, wait_until

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
RASA = (sys.executable, "-m", "rasa")
ENVIRONMENT = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model():
    from bot.brain.training import current_model, model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    return current_model()


def rasa(*arguments):
    """Run a command of Rasa's from the project's root."""
    command = [*RASA, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=600)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetched(address):
    """Return the JSON at the address; None while nobody answers there."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)
    except OSError:
        return None


def test_every_conversation_is_predicted_to_the_end(model, tmp_path):
    arguments = ("--model", model, "--stories", HERE, "--out", tmp_path, "--fail-on-prediction-errors")
    run = rasa("test", "core", *arguments)
    assert run.returncode == 0, run.stderr[-3000:]
    assert json.loads((tmp_path / "story_report.json").read_text())["conversation_accuracy"]["accuracy"] == 1.0


def test_held_out_examples_find_their_intent(model, tmp_path):
    run = rasa("test", "nlu", "--model", model, "--nlu", HERE / "test_nlu.yml", "--out", tmp_path, "--no-plot")
    assert run.returncode == 0, run.stderr[-3000:]
    report = json.loads((tmp_path / "intent_report.json").read_text())
    # The examples were written apart from the training data; 94 % were right when this was set.
    assert report["accuracy"] >= 0.9


def test_the_project_is_valid_without_a_warning_of_its_own():
    run = rasa("data", "validate", "--fail-on-warnings")
    assert run.returncode == 0, run.stderr[-3000:]
    # Rasa's raise_warning colours what it has against a project; other packages' warnings are plain.
    assert [line for line in run.stderr.splitlines() if "\x1b[93m" in line] == []


def test_rasa_trains_a_model(tmp_path):
    run = rasa("train", "--out", tmp_path)
    assert run.returncode == 0, run.stderr[-3000:]
    assert len(list(tmp_path.glob("*.tar.gz"))) == 1


@pytest.fixture(scope="module")
def action_server(tmp_path_factory):
    """`rasa run actions` on a port of its own: its address."""
    port, folder = free_port(), tmp_path_factory.mktemp("action-server")
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [*RASA, "run", "actions", "--port", str(port)],
            cwd=ROOT,
            env={**ENVIRONMENT, "INSTEP_VAR": str(folder)},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: process.poll() is not None or fetched(f"{address}/health"), LATE)
        assert process.poll() is None, (folder / "said").read_text()[-3000:]
        yield address
    finally:
        process.terminate()
        process.wait(LATE)


def test_the_action_server_is_healthy_and_has_every_action_of_the_domain(action_server):
    assert fetched(f"{action_server}/health") == {"status": "ok"}
    names = {action["name"] for action in fetched(f"{action_server}/actions")}
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert names >= set(domain["actions"])


class Shell:
    """Somebody who types into `rasa shell`, and reads what it writes."""

    PROMPT, CHOICE = "Your input ->", "(Use arrow keys)"
    # Arrow up and enter: the last choice, "Type out your own message...".
    OWN = "\x1b[A\r"

    def __init__(self, process, written):
        self._process, self._written, self._chooses = process, written, False

    def type(self, text):
        self._process.stdin.write((self.OWN if self._chooses else "") + f"{text}\r")
        self._process.stdin.flush()

    def say(self, text):
        """Return what the bot says to the text, up to the next prompt."""
        self.type(text)
        wait_until(lambda: self.PROMPT in self._after(text) or self.CHOICE in self._after(text), LATE)
        self._chooses = self.CHOICE in self._after(text)
        return self._after(text)

    def _after(self, text):
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._written.read_text())
        return plain.rpartition(text)[2] if text in plain else ""


@pytest.fixture
def shell(model, action_server, tmp_path):
    endpoints, written = tmp_path / "endpoints.yml", tmp_path / "written"
    endpoints.write_text(f"action_endpoint:\n  url: {action_server}/webhook\n")
    options = ("--model", model, "--port", free_port(), "--endpoints", endpoints)
    with written.open("w") as output, (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(
            [*RASA, "shell", *map(str, options)],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
            text=True,
        )
    try:
        shell = Shell(process, written)
        yield shell
        shell.type("/stop")
        assert process.wait(LATE) == 0, (tmp_path / "errors").read_text()[-3000:]
    finally:
        process.kill()


def test_the_shell_answers_a_practice_question_and_a_symptom(shell):
    practice = yaml.safe_load((ROOT / "data" / "practice.yml").read_text(encoding="utf-8"))
    choices = yaml.safe_load((ROOT / "data" / "knowledge" / "interview.yml").read_text(encoding="utf-8"))
    assert practice["answers"]["hours"].split(".")[0] in shell.say("what are your hours?")
    assert choices["unsure"] in shell.say("my heel hurts with the first steps in the morning")
