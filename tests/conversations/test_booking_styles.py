"""Thirty visitors who type freely all end with a stored visit, in few turns."""

import re
import statistics
from pathlib import Path

import pytest
import yaml

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

STYLES = yaml.safe_load((Path(__file__).parent / "booking_styles.yml").read_text(encoding="utf-8"))
MOST_TURNS = 12
PLAINLY = {
    "visit": "the first one",
    "patient": "no",
    "reason": "a sore heel",
    "contact": "Maria Lopez, 301 555 {number:04d}",
    "screening": "none of these",
    "closed": "no",
    "confirm": "yes",
}
# What the bot asks, by the words in which it asks; the first that fits counts.
TOPICS = (
    ("confirm", r"shall i book it"),
    (
        "visit",
        r"these times|times are free|these are sooner|next free times|like to come|how about one of|which day",
    ),
    ("patient", r"been to the practice before"),
    ("reason", r"visit about"),
    ("contact", r"phone number|who is coming|your name"),
)


@pytest.fixture(scope="module")
def talk():
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    return Talk


def book(talk, style):
    """Return the last answer and the number of turns of a visitor of that style."""
    said = {topic: [words] if isinstance(words, str) else list(words) for topic, words in style.get("says", {}).items()}
    # The practice books only so many visits under one number.
    plain = {**PLAINLY, "contact": PLAINLY["contact"].format(number=100 + STYLES.index(style))}
    answer = talk.say(style["style"], style["opens"])
    for turns in range(1, MOST_TURNS + 1):
        if answer["booking"]:
            return answer, turns
        topic = asked(answer)
        prepared = said.get(topic, [])
        answer = talk.say(style["style"], prepared.pop(0) if prepared else plain[topic])
    return answer, MOST_TURNS


def asked(answer):
    last = answer["replies"][-1]
    if any("none of these" in choice.lower() for choice in last["choices"]):
        return "screening"
    words = last["text"].lower()
    return next((topic for topic, pattern in TOPICS if re.search(pattern, words)), "closed")


@pytest.mark.parametrize("style", STYLES, ids=[style["style"] for style in STYLES])
def test_a_visitor_of_any_style_books_a_visit(talk, style):
    answer, _ = book(talk(), style)
    assert answer["booking"], answer["replies"]
    assert answer["booking"]["state"] == "confirmed"


def test_half_of_the_visitors_need_at_most_eight_turns_with_the_safety_questions(talk):
    conversations = talk()
    assert statistics.median(book(conversations, style)[1] for style in STYLES) <= 8
