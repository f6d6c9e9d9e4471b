"""`instep evaluate` from end to end, on the parts that need no model."""

import json
import os
import re
import subprocess
import sys

import pytest

from bot.settings import ROOT


def evaluate(var, *options, models=None):
    places = {"INSTEP_VAR": str(var)} | ({"INSTEP_MODELS": str(models)} if models else {})
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "evaluate", *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **places},
        timeout=300,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    return evaluate(var, "--only", "red_flags"), var / "evaluation.html"


def test_a_part_is_measured_and_the_page_written(run):
    done, page = run
    assert done.returncode in (0, 1), done.stderr
    assert re.search(r"held-out red flags\n +any alarm where one is needed +\d", done.stdout)
    assert str(page) in done.stderr
    assert "<h2" in page.read_text()


def test_no_row_of_a_held_out_set_is_shown(run):
    done, page = run
    texts = [json.loads(line)["text"] for line in (ROOT / "tests/held_out/red_flags.jsonl").read_text().splitlines()]
    assert texts
    assert not [text for text in texts if text in done.stdout or text in page.read_text()]


def test_the_page_needs_nothing_from_elsewhere(run):
    html = run[1].read_text()
    assert not re.search(r"<script|<link|<img|src=|https?://|url\(", html)


def test_an_unknown_part_is_refused_with_the_names_of_all(tmp_path):
    done = evaluate(tmp_path, "--only", "everything")
    assert done.returncode == 2
    assert "messages, red_flags" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sealed_set_that_is_not_there_is_refused(tmp_path):
    done = evaluate(tmp_path, "--seal", "no-such-set")
    assert done.returncode == 2
    assert "There is no sealed set 'no-such-set'" in done.stderr
    assert "Traceback" not in done.stderr


def test_sealing_takes_no_other_option(tmp_path):
    done = evaluate(tmp_path, "--seal", "no-such-set", "--save")
    assert done.returncode == 2
    assert "takes no other option" in done.stderr


def test_json_has_every_figure_with_its_goal(tmp_path):
    done = evaluate(tmp_path, "--only", "dates", "--json")
    figures = json.loads(done.stdout)["figures"]
    assert figures["dates.held_out.date"]["goal"] == 0.97
    assert 0 <= figures["dates.held_out.date"]["value"] <= 1


def evaluate_alone(var, *options):
    """Run the command where other people's texts are not beside the project."""
    # The folder is moved away for this process before any other module looks for it.
    code = (
        "from pathlib import Path; from bot.evaluation import rows; rows.SHARED = Path('no/such/folder'); "
        f"import sys; sys.argv = {['instep', 'evaluate', *options]}; from bot.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "INSTEP_VAR": str(var)},
        timeout=300,
    )


def test_without_other_peoples_texts_the_own_sets_are_measured_and_that_is_said(tmp_path):
    done = evaluate_alone(tmp_path, "--only", "messages")
    assert "only the project's own held-out sets were measured" in done.stdout
    assert "held-out messages" in done.stdout
    assert "patients' messages" not in done.stdout
    assert done.returncode in (0, 1), done.stderr


@pytest.mark.model
def test_intents_are_measured_with_the_trained_model(tmp_path):
    done = evaluate_alone(tmp_path, "--only", "intents", "--json")
    figures = json.loads(done.stdout)["figures"]
    assert figures["intents.held_out.right"]["value"] > 0.5
    assert "Confusion of intents" in (tmp_path / "evaluation.html").read_text()


def test_a_missing_model_is_told_at_once(tmp_path):
    done = evaluate(tmp_path, "--only", "intents", models=tmp_path)
    assert done.returncode == 2
    assert "make train" in done.stderr
    assert "intents:" not in done.stderr
