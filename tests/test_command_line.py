"""The `instep` command: JSON Lines in and out, and errors that name the line."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def instep(command, *lines, env=None):
    """Run the command on the lines; return its exit code, its answers and what it said about errors."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    run = subprocess.run(
        [sys.executable, "-m", "bot.cli", command],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        timeout=120,
    )
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_match_ranks_causes_and_asks_on():
    code, (answer,), _ = instep("match", {"id": 7, "text": "My heel hurts with the first steps in the morning"})
    assert code == 0
    assert answer["id"] == 7
    assert answer["causes"][0]["id"] == "plantar_fasciitis"
    assert sum(cause["probability"] for cause in answer["causes"]) == pytest.approx(1, abs=0.01)
    assert answer["in_scope"] is True
    assert answer["next_question"]["sentence"].endswith("?")


def test_match_takes_findings_in_place_of_text():
    findings = [{"id": "loc_heel_bottom", "status": "present"}, {"id": "t_first_step", "status": "present"}]
    _, (answer,), _ = instep("match", {"id": "a", "findings": findings})
    assert answer["causes"][0]["id"] == "plantar_fasciitis"


def test_match_raises_an_emergency():
    text = "my back hurts and since yesterday I can't pee and I am numb between my legs"
    _, (answer,), _ = instep("match", {"id": 1, "text": text})
    assert answer["urgency"] == "emergency"
    assert {"id": "cauda_equina", "level": "emergency"} in answer["red_flags"]


def test_when_reads_a_date_from_the_moment_that_is_given():
    line = {"id": 1, "text": "the day after tomorrow at 3 pm", "now": "2026-11-22T09:00:00-05:00"}
    _, (answer,), _ = instep("when", line)
    assert answer == {"id": 1, "date": "2026-11-24", "time": "15:00", "part_of_day": None}


@pytest.mark.model
def test_read_gives_intent_findings_and_offsets():
    text = "I have no numbness but my left heel is swollen"
    _, (answer,), _ = instep("read", {"id": 1, "text": text})
    assert answer["intent"] == "describe_symptoms"
    numb = next(finding for finding in answer["findings"] if finding["id"] == "ch_numb")
    assert numb["status"] == "absent"
    assert "numbness" in text[numb["start"] : numb["end"]]


@pytest.mark.model
def test_talk_answers_on_the_path_of_the_website(tmp_path):
    lines = [{"conversation": "a", "text": "my heel hurts"}, {"conversation": "b", "text": "hello"}]
    code, answers, errors = instep("talk", *lines, env={"INSTEP_VAR": str(tmp_path)})
    assert code == 0, errors
    assert [answer["conversation"] for answer in answers] == ["a", "b"]
    assert all(answer["replies"] for answer in answers)
    assert answers[0]["booking"] is None


BAD_LINES = [
    ("not json", "not JSON"),
    ("[1]", "not a JSON object"),
    ({"id": 1}, "text is missing"),
    ({"id": 1, "text": 5}, "text is missing"),
    ({"id": 1, "findings": [{"id": "no_such_finding"}]}, "no id of data/knowledge/findings"),
    ({"id": 1, "findings": [{"id": ["x"]}]}, "no id of data/knowledge/findings"),
    ({"id": 1, "findings": "heel"}, "findings is not a list"),
]


def test_each_bad_line_is_named_and_the_others_are_answered():
    code, answers, errors = instep("match", *(line for line, _ in BAD_LINES), {"id": 2, "text": "my heel hurts"})
    assert code == 2
    assert [answer["id"] for answer in answers] == [2]
    for number, (told, (_, complaint)) in enumerate(zip(errors.splitlines(), BAD_LINES, strict=True), start=1):
        assert told.startswith(f"line {number}: ")
        assert complaint in told


def test_a_moment_outside_all_calendars_is_refused():
    code, _, errors = instep("when", {"id": 1, "text": "tomorrow", "now": "0001-01-01T00:00:00+14:00"})
    assert code == 2
    assert "line 1: now lies outside" in errors


def test_an_id_comes_back_as_it_came():
    _, (answer,), _ = instep("match", '{"id": "\\ud800", "text": "my heel hurts"}')
    assert answer["id"] == "\ud800"


def test_a_taken_port_is_refused_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, _, errors = instep("run", env={"INSTEP_PORT": port})
    assert code == 2
    assert "INSTEP_PORT" in errors
    assert "Traceback" not in errors


def test_a_broken_practice_file_is_refused_with_file_and_field(tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    for entry in (ROOT / "data").iterdir():
        (broken / entry.name).symlink_to(entry)
    (broken / "practice.yml").unlink()
    practice = (ROOT / "data" / "practice.yml").read_text().replace("America/New_York", "America/Nowhere")
    (broken / "practice.yml").write_text(practice)
    code, answers, errors = instep("match", {"id": 1, "text": "x"}, env={"INSTEP_DATA": str(broken)})
    assert (code, answers) == (2, [])
    assert "practice.yml" in errors
    assert "time_zone" in errors
    assert "Traceback" not in errors
