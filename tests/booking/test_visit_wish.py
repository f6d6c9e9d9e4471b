"""The wish for a visit is found beside the symptoms that a message mainly tells."""

import datetime as dt

import pytest
from booking_samples import NOW, practice

from bot.booking.visit_wish import read_wish_beside, wishes_visit, wishes_visit_then
from bot.booking.visits import When, Wish


@pytest.mark.parametrize(
    "text",
    [
        "My heel hurts, I need an appointment.",
        "sore toe. Could I please come on Friday?",
        "My arch aches. Do you have anything free tomorrow?",
        "is there a slot for my son, his ankle is swollen",
        "I would like to be seen about my bunion",
        "squeeze me in please, my foot is killing me",
    ],
)
def test_a_wish_for_a_visit_is_found(text):
    assert wishes_visit(text)


@pytest.mark.parametrize(
    "text",
    [
        "My heel hurts when I get up.",
        "I cannot come down the stairs.",
        "I need help. My last visit was in May.",
        "Is there a cream against it?",
        "I want to walk again",
    ],
)
def test_a_complaint_alone_is_no_wish(text):
    assert not wishes_visit(text)


def test_the_day_when_it_began_is_not_the_day_wished_for():
    text = "It hurts since Monday. Can I come on Thursday?"
    assert read_wish_beside(text, NOW, practice()) == Wish(When(date=dt.date(2026, 3, 5)))


def test_without_a_wish_for_a_visit_no_time_is_wished():
    assert read_wish_beside("It hurts on Thursday at 3", NOW, practice()) == Wish()


@pytest.mark.parametrize(
    "text",
    [
        "Could he get a scan on Friday, after work?",
        "Is it bad? I ask whether she can come next week",
        "can we come in before the recital? And what about ice?",
    ],
)
def test_a_question_for_a_visit_with_a_time_is_a_wish_for_one(text):
    assert wishes_visit_then(text, NOW, practice())


@pytest.mark.parametrize(
    "text",
    ["can I dance this week?", "should I come in if it swells", "can she get a shot for it?", "can I come by bus?"],
)
def test_a_question_without_a_time_or_about_something_else_is_none(text):
    assert not wishes_visit_then(text, NOW, practice())
