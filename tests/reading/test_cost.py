"""What a text costs to read does not depend on what it says: no text costs much more than a plain one of its length."""

import sys
from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.reading.words.tokens import WordSplitter

LENGTH = 1000
PLAIN = (
    "My left heel has been hurting for about three weeks, mostly with the first steps in the morning, and it "
    "eases after a few minutes of walking. I am a nurse and on my feet all day. There is no numbness or tingling. "
    "My mother had gout. I tried ice and new shoes, but they did not help much. It feels like a bruise under the "
    "heel. I have not fallen. "
)
# Reading costs at most three times as much; the margin is for what another version of Python counts.
MOST = 4


@pytest.fixture(scope="module")
def calls():
    """Return how many functions are called to read a text, cut or repeated to 1,000 characters."""
    reader = SymptomReader(load_knowledge(Path(__file__).resolve().parents[2] / "data" / "knowledge"))

    def count(text):
        counted = 0

        def note(_frame, event, _argument):
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            reader.read((text * (LENGTH // len(text) + 1))[:LENGTH])
        finally:
            sys.setprofile(None)
        return counted

    return count


@pytest.mark.parametrize(
    "text",
    [
        "1 ",
        "pain ",
        "no ",
        "left right ",
        "my foot is numb and cold ",
        "not heel pain swollen red hot ",
        "hel paun swolln nmb anckle burnig ",
        "my mother had a clot ",
        "mi pie duele mucho foot boli stopa нога болит 脚痛 ",
        "8 out of 10 ",
        "since 2019 ",
        "heel\n",
        "supercalifragilistic",
        "1234567890",
        "\U0001f9b6",
    ],
)
def test_reading_costs_about_as_much_as_for_a_plain_text(calls, text):
    assert calls(text) <= MOST * calls(PLAIN)


def test_a_long_run_of_signs_is_few_words():
    assert len(WordSplitter().split("\U0001f9b6" * LENGTH)) < LENGTH / 20
