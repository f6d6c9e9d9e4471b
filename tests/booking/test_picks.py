"""An offered time is picked in whatever words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from booking_samples import practice

from bot.booking.wish_reader import read_wish
from bot.booking.words.picks import picked

ZONE = ZoneInfo("America/New_York")
NOW = dt.datetime(2026, 11, 30, 8, tzinfo=ZONE)


def starts(*texts):
    return [dt.datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=ZONE) for text in texts]


SPREAD = starts("01T09:00", "01T15:00", "03T10:30")
ONE_DAY = starts("04T14:30", "04T15:00", "04T15:30")
NOT_IN_ORDER = starts("02T09:00", "01T09:00", "03T09:00")


def pick(text, offered):
    return picked(text, offered, read_wish(text, NOW, practice()))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first one", 0), ("Oh the first one sounds great!", 0), ("I'd take the third slot please", 2), ("2nd", 1),
        ("first", 0), ("the last one pls", 2), ("number 2", 1), ("option three please", 2), ("yes the first", 0),
        ("the second works, been there before", 1), ("no, the third", 2), ("not the first one, the second one", 1),
        ("first please, is parking free?", 0), ("the second one, my name is Ann Lee 301 555 0123", 1),
    ],
)  # fmt: skip
def test_by_its_place(text, place):
    assert pick(text, SPREAD) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the 3pm one", 1), ("3 is perfect thanks", 1), ("3 would be great for my sore heel", 1), ("let's do 10:30", 2),
        ("10.30 it is", 2), ("9", 0), ("tuesday at 3", 1), ("tomorrow at 9 please", 0),
        ("the 10:30, Bob Jones, 240-555-0111", 2),
    ],
)  # fmt: skip
def test_by_its_time(text, place):
    assert pick(text, SPREAD) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Thursday works", 2),
        ("the one on thursday", 2),
        ("Dec 3 sounds good", 2),
        ("the afternoon one", 1),
        ("the later one", 2),
    ],
)
def test_by_what_it_alone_has(text, place):
    assert pick(text, SPREAD) == place


def test_later_and_earlier_go_by_the_time_and_not_by_the_place():
    assert pick("the earliest one", NOT_IN_ORDER) == 1
    assert pick("the latest", NOT_IN_ORDER) == 2


def test_a_number_is_an_hour_where_that_is_offered_and_else_a_place():
    assert pick("3", ONE_DAY) == 1
    assert pick("3", NOT_IN_ORDER) == 2


@pytest.mark.parametrize(
    "text",
    [
        "not the first one", "my first visit", "the first of March", "my second toe hurts", "", "something later",
        "a later time please", "friday", "after 4", "it hurts since 3 weeks", "I have 2 kids", "none of these",
        "not tuesday", "wednesday", "first visit",
    ],
)  # fmt: skip
def test_other_words_pick_nothing(text):
    assert pick(text, SPREAD) is None


def test_a_day_that_several_offers_share_picks_none_of_them():
    assert pick("Friday works", ONE_DAY) is None
