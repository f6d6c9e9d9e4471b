"""The project is a standard Rasa project: Rasa's own tests pass on the conversations and held-out examples here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model():
    from bot.brain.training import current_model, model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    return current_model()


def rasa(*arguments):
    env = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "rasa", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


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
