"""A new question to the practice is rows in data files: it is answered alone, beside symptoms, inside forms."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.model

ANSWER = "Guide dogs are welcome; please leave other animals at home."
EXAMPLES = """
- intent: ask_pets
  examples: |
    - can I bring my dog
    - are dogs allowed
    - is my dog allowed in
    - do you allow pets in the office
    - may I come with my guide dog
    - what about my cat, can she come along
    - is it ok to bring a pet
    - can my dog come in with me
    - are animals allowed in the waiting room
    - pets allowed?
"""
TALK = [
    ("alone", "is it ok to bring my dog?"),
    ("beside", "my heel hurts with the first steps in the morning. can I bring my dog?"),
    ("beside", "none of these. are dogs allowed?"),
    ("booking", "I want to book a visit"),
    ("booking", "the second one. is my dog allowed in?"),
    ("booking", "can my dog come in with me?"),
]


def added(path, text, before=None):
    content = path.read_text(encoding="utf-8")
    assert before is None or before in content
    path.write_text(content.replace(before, text + before, 1) if before else content + text, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project to which files alone add a question that it does not know."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("bot", "actions", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("config.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, folder)
    added(folder / "data" / "nlu" / "practice.yml", EXAMPLES)
    added(folder / "data" / "intents.yml", "  - {id: ask_pets, act: ask, topic: pets, practice: true}\n")
    added(folder / "data" / "practice.yml", f"  pets: {ANSWER}\n")
    added(folder / "domain.yml", "- ask_pets\n", before="- ask_privacy\n")
    return folder


def instep(project, *arguments, said=""):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("INSTEP_", "DJANGO_"))}
    command = [sys.executable, "-m", "bot.cli", *arguments]
    run = subprocess.run(
        command, cwd=project, env=env | {"PYTHONPATH": str(project)}, input=said, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


@pytest.fixture(scope="module")
def answers(project):
    instep(project, "check")
    instep(project, "train")
    lines = [json.dumps({"conversation": name, "text": text}) for name, text in TALK]
    return [json.loads(line) for line in instep(project, "talk", said="\n".join(lines)).splitlines()]


def words(answer):
    return " ".join(reply["text"] for reply in answer["replies"])


def choices(answer):
    return [choice for reply in answer["replies"] for choice in reply["choices"]]


def test_it_is_answered_alone(answers):
    assert words(answers[0]) == ANSWER


def test_it_is_answered_beside_symptoms_which_are_taken_up(answers):
    assert ANSWER in words(answers[1])
    assert "Not sure" in choices(answers[1])


def test_it_is_answered_beside_an_answer_and_the_interview_goes_on(answers):
    assert ANSWER in words(answers[2])
    assert words(answers[2]).count(ANSWER) == 1
    # Nothing of what was answered is asked again.
    assert choices(answers[2]) != choices(answers[1])


def test_it_is_answered_beside_a_chosen_visit_which_is_held(answers):
    assert words(answers[4]).startswith(ANSWER)
    assert "been to the practice before" in words(answers[4])


def test_it_interrupts_the_booking_which_then_goes_on(answers):
    assert words(answers[5]).startswith(ANSWER)
    assert "been to the practice before" in words(answers[5])
