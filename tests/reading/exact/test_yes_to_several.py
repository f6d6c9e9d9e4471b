"""A yes to a closed question about several things ticks only what its words name."""

from __future__ import annotations

import pytest

from bot.case import Choice, Question, Reading, Status
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.settings import settings

CHOICES = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unsure", "Not sure"))


@pytest.fixture(scope="module")
def read_answer():
    knowledge = load_knowledge(settings().data / "knowledge")
    flag = knowledge.red_flags["charcot_foot"]
    question = Question("screen:charcot_foot", flag.question, CHOICES, tuple(flag.raises), screening=True)
    reader = SymptomReader.learned(knowledge, settings().data / "reading")
    return lambda text: reader.read(text, question)


def _status(reading: Reading, finding_id: str) -> Status | None:
    return next((item.status for item in reading.findings if item.id == finding_id), None)


@pytest.mark.parametrize(
    "text",
    [
        "no diabetes, no numb feet, but yeah that leg's warmer",
        "yes it's warmer but no diabetes",
        "yes the left one is more swollen, I don't have diabetes",
    ],
)
def test_what_the_words_deny_is_denied(text, read_answer):
    reading = read_answer(text)
    assert _status(reading, "c_diabetes") is Status.ABSENT


@pytest.mark.parametrize("text", ["yes, left one is more swollen", "yeah it is warmer than the other"])
def test_a_yes_to_one_thing_tells_nothing_of_an_illness(text, read_answer):
    reading = read_answer(text)
    assert _status(reading, "c_diabetes") is not Status.PRESENT
    assert _status(reading, "a_hot_foot") is Status.PRESENT


def test_a_bare_yes_counts_for_all(read_answer):
    reading = read_answer("yes")
    assert _status(reading, "a_hot_foot") is Status.PRESENT
    assert _status(reading, "c_diabetes") is Status.PRESENT
