"""What a call is about, when to call, and whether a message says anything."""

import datetime as dt

import pytest

from bot.booking.words.call_words import about_in, call_time_in, says_something, sounds_impatient
from bot.booking.words.names import name_in
from bot.knowledge import load_practice
from bot.settings import settings


@pytest.fixture(scope="module")
def here():
    practice = load_practice(settings().data / "practice.yml")
    return dt.datetime(2026, 11, 30, 10, tzinfo=practice.time_zone), practice


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("please call me back about the bill", "about the bill"),
        ("call me after 5 about my orthotics at 301-555-0188", "about my orthotics"),
        ("I have a question about my bill, can someone call me", "about my bill"),
        ("call me back because of the letter that you sent", "because of the letter that you sent"),
        ("call me about 5", ""),
        ("please call me about noon tomorrow", ""),
        ("just call me", ""),
    ],
)
def test_what_it_is_about_is_told_from_about_when(here, text, about):
    assert about_in(text, *here) == about


@pytest.mark.parametrize(
    ("text", "words", "time"),
    [
        ("Tom, 240 555 0199, not before 3 pm on thursday", "not before 3 pm on thursday", dt.time(15)),
        ("Ann Example (301) 515-0123 (call after 5)", "after 5", dt.time(17)),
        ("call me after 5 about my orthotics", "after 5", dt.time(17)),
        ("call me at 301 555 0123", "", None),
    ],
)
def test_when_to_call_is_kept_in_the_visitors_words_and_no_number_is_a_time(here, text, words, time):
    found = call_time_in(text, *here)
    assert (found.words, found.wish.when.time) == (words, time)


@pytest.mark.parametrize(
    "text",
    ["tell the doctor thank you", "can you pass on that I come by bus", "please tell Dr. Lee my toe is much better"],
)
def test_a_message_that_says_something_is_one(text):
    assert says_something(text)


@pytest.mark.parametrize(
    "text",
    ["I want to leave a message", "I want to leave a message, thanks", "where can I comment on the flat feet article?"],
)
def test_a_wish_to_leave_a_message_is_none_yet(text):
    assert not says_something(text)


@pytest.mark.parametrize(
    ("text", "hurries"), [("a human NOW", True), ("I WANT A HUMAN", True), ("about my MRI", False)]
)
def test_haste_is_heard_and_an_abbreviation_is_none(text, hurries):
    assert sounds_impatient(text) is hurries


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("none of these. Tom Reed 301-555-0122", "Tom Reed"),
        ("none of these, Tom Reed, my cell is 301-555-0122", "Tom Reed"),
        ("my cell is 301 555 0188", None),
        ("please call me tomorrow, 301 555 0188", None),
        ("Ann Lee ann@example.com", "Ann Lee"),
        ("240 555 0190 Gloria Hart", "Gloria Hart"),
        ("240 555 0190, g.hart@example.com", None),
    ],
)
def test_a_name_is_found_beside_the_number(text, name):
    assert name_in(text, asked=False) == name
