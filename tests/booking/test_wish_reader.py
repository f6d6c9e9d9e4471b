import datetime as dt

import pytest
from booking_samples import ZONE, hours, practice

from bot.booking.visits import Patient, When, Wish
from bot.booking.wish_reader import asks_sooner, asks_soonest, read_patient, read_wish
from bot.knowledge.model import Clinician

# A Wednesday.
NOW = dt.datetime(2026, 3, 4, 10, 0, tzinfo=ZONE)
HERE = practice(
    clinicians=(
        Clinician("ann", "Dr. Ann Rivers", hours("09:00-17:00"), languages=("Spanish",)),
        Clinician("bob", "the second podiatrist", hours("09:00-17:00")),
    )
)


def read(text):
    return read_wish(text, NOW, HERE)


def test_a_time_that_rules_out_a_weekday_is_read_whole():
    assert read("after 4 but not Thursdays") == Wish(
        when=When(time=dt.time(16), bound="after", not_weekdays=(3,)), weekdays=()
    )


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [("Mondays are best", (0,)), ("Tuesdays or Wednesdays after 3", (1, 2)), ("not Fridays", ()), ("Monday", ())],
)
def test_weekdays_in_the_plural_mean_any_of_them(text, weekdays):
    assert read(text).weekdays == weekdays


def test_a_weekday_in_the_plural_is_not_only_the_next_one():
    assert read("Mondays").when == When()


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("with a woman doctor if possible", "woman"),
        ("I'd prefer a female podiatrist", "woman"),
        ("a man please", "man"),
        ("my husband hurt his foot", ""),
    ],
)
def test_a_wish_for_a_woman_or_a_man_is_read(text, gender):
    assert read(text).gender == gender


def test_a_clinician_is_found_by_title_and_last_name():
    assert read("can I see Dr Rivers next week").clinician_id == "ann"


def test_a_clinician_without_a_name_is_never_taken_for_wished():
    assert read("the second podiatrist").clinician_id == ""


def test_a_language_that_somebody_speaks_is_read():
    assert read("somebody who speaks Spanish").language == "Spanish"


def test_a_language_that_nobody_speaks_is_no_wish():
    assert read("somebody who speaks Klingon") == Wish()


@pytest.mark.parametrize("text", ["anything sooner?", "do you have something earlier", "that's too far away"])
def test_sooner_is_asked_for(text):
    assert asks_sooner(text)


@pytest.mark.parametrize("text", ["earlier than 10 on Monday", "not sooner than Friday", "Tuesday"])
def test_a_named_time_is_not_just_sooner(text):
    assert not asks_sooner(text)


@pytest.mark.parametrize("text", ["as soon as possible", "first available please", "any time is fine", "you choose"])
def test_the_soonest_is_asked_for(text):
    assert asks_soonest(text)


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("I'm a new patient", Patient.NEW),
        ("never been there before", Patient.NEW),
        ("my first time with you", Patient.NEW),
        ("I've been before", Patient.EXISTING),
        ("I am already a patient of yours", Patient.EXISTING),
        ("my heel hurts", None),
    ],
)
def test_whether_it_is_the_first_visit_is_read(text, patient):
    assert read_patient(text) == patient


def test_nothing_is_wished_by_a_complaint():
    assert read("my heel hurts in the morning") == Wish()


def test_a_day_within_a_limit_named_before_is_the_one_wished_for():
    assert read("Before March 20, afternoon if you can. Thursday, March 12?").when == When(
        date=dt.date(2026, 3, 12), part_of_day="afternoon"
    )


def test_a_time_that_is_called_late_is_ruled_out():
    when = read("Three o'clock is late, the bus leaves").when
    assert when.time is None
    assert when.excluded == (When(time=dt.time(15)),)


def test_a_morning_hour_in_the_afternoon_is_taken_for_neither():
    assert read("Thursday in the afternoon, half past eight").when == When(
        date=dt.date(2026, 3, 5), part_of_day="afternoon"
    )
