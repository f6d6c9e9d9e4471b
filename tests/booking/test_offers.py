"""What is offered, by wish and by urgency."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from booking_samples import NOW, at, hours, practice, starts, visit, wish_for

from bot.booking.appointments import book_visit, find_offers
from bot.booking.offers import free_on
from bot.booking.schedule.meeting_wishes import meets
from bot.booking.visits import Patient, When, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.case import Urgency
from bot.knowledge.model import Clinician, VisitType
from bot.knowledge.practice_types import Gender, TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ANN = Clinician("ann", "Ann", hours("09:00-12:00"), Gender.WOMAN, ("English", "Spanish"))
BOB = Clinician("bob", "Bob", hours("09:00-17:00"), Gender.MAN, ("English",))
TWO = practice(clinicians=(BOB, ANN), slot_step_minutes=60)


def offers(here=TWO, now=NOW, wish=None, **more):
    return find_offers(here, now, wish or Wish(), **more)


@pytest.mark.parametrize("wish", [Wish(clinician_id="ann"), Wish(gender="woman"), Wish(language="spanish")])
def test_a_clinician_is_kept_to_by_name_gender_or_language(wish):
    found = offers(wish=wish)
    assert {one.clinician_id for one in found.visits} == {"ann"}
    assert found.met


@pytest.mark.parametrize("wish", [Wish(clinician_id="eve"), Wish(gender="other"), Wish(language="French")])
def test_where_nobody_fits_anybody_is_offered_and_it_is_said(wish):
    found = offers(wish=wish)
    assert found.visits and not found.met


def test_the_clinician_outweighs_the_time_of_day():
    found = offers(wish=Wish(When(part_of_day="afternoon"), gender="woman"))
    assert {one.clinician_id for one in found.visits} == {"ann"}
    assert not found.met


def test_weekdays_are_kept_to():
    found = offers(wish=Wish(When(not_weekdays=(2, 3)), weekdays=(3, 4)))
    assert {one.start.weekday() for one in found.visits} == {4}


def test_weekdays_on_which_nobody_works_give_way():
    found = offers(wish=Wish(weekdays=(5,)))
    assert found.visits and not found.met


def test_nothing_but_earlier_is_offered_to_who_wants_it_sooner():
    before = at("2026-03-04 11:00")
    assert starts(offers(wish=Wish(before=before)).visits) == ["Wed 4 09:00", "Wed 4 10:00"]
    assert offers(wish=Wish(before=at("2026-03-04 09:00"))).visits == ()


def test_an_emergency_is_offered_nothing():
    found = offers(urgency=Urgency.EMERGENCY)
    assert (found.visits, found.call) == ((), True)


def test_a_same_day_case_is_offered_today_and_with_less_notice():
    here = practice(lead_minutes=24 * 60, same_day_lead_minutes=30)
    found = offers(here, at("2026-03-04 15:50"), urgency=Urgency.SAME_DAY)
    assert starts(found.visits) == ["Wed 4 16:30"]
    assert not found.call


@pytest.mark.parametrize("now", ["2026-03-04 16:50", "2026-03-07 10:00"])
def test_a_same_day_case_that_finds_nothing_today_is_told_to_call(now):
    found = offers(practice(), at(now), wish=Wish(When(date=dt.date(2026, 3, 20))), urgency=Urgency.SAME_DAY)
    assert (found.visits, found.call) == ((), True)


def test_a_case_for_soon_is_offered_the_next_days_even_if_it_wishes_later():
    here = practice(soon_days=2)
    found = offers(here, wish=Wish(When(date=dt.date(2026, 3, 20))), urgency=Urgency.SOON)
    assert {one.start.day for one in found.visits} <= {4, 5, 6}
    assert not found.call


def test_a_case_for_soon_that_finds_nothing_soon_is_told_to_call_and_offered_what_comes_first():
    away = TimeOff(days=frozenset(dt.date(2026, 3, day) for day in range(4, 10)))
    here = practice(soon_days=2, clinicians=(Clinician("ann", "Ann", hours("09:00-12:00"), time_off=away),))
    found = offers(here, urgency=Urgency.SOON)
    assert (starts(found.visits)[0], found.call) == ("Tue 10 09:00", True)


@pytest.mark.parametrize(("patient", "kind"), [(Patient.NEW, "first"), (Patient.EXISTING, "follow"), (None, "first")])
def test_the_type_is_that_of_new_or_existing_patients(patient, kind):
    kinds = (
        VisitType("follow", "follow-up", 20, 10, False, new_patients=False),
        VisitType("first", "first visit", 30, 0, True, existing_patients=False),
    )
    assert offers(practice(visit_types=kinds), patient=patient).visits[0].visit_type == kind


def test_a_type_is_offered_by_its_clinicians_only():
    here = practice(clinicians=(BOB, ANN), visit_types=(VisitType("first", "first", 30, 0, True, clinicians=("ann",)),))
    assert {one.clinician_id for one in offers(here).visits} == {"ann"}


def test_time_off_is_not_offered_in_whole_days_and_in_parts():
    off = TimeOff(days=frozenset({dt.date(2026, 3, 4)}), hours={dt.date(2026, 3, 5): ((dt.time(9), dt.time(11, 30)),)})
    away = Clinician("ann", "Ann", hours("09:00-12:00"), time_off=off)
    assert starts(offers(practice(clinicians=(away,))).visits)[0] == "Thu 5 11:30"
    closed = practice(clinicians=(ANN,), time_off=TimeOff(hours=off.hours), closures=(dt.date(2026, 3, 4),))
    assert starts(offers(closed).visits)[0] == "Thu 5 11:30"


def test_staff_see_every_free_visit_of_a_day_of_each_clinician():
    book_visit(wish_for(visit("2026-03-05 09:00", clinician="bob")))
    found = [(f"{one.start:%H}", one.clinician_id) for one in free_on(TWO, NOW, dt.date(2026, 3, 5), "first")]
    assert found[:3] == [("09", "ann"), ("10", "ann"), ("10", "bob")]
    assert len(found) == 3 + 7


@pytest.mark.parametrize(
    ("wish", "met"),
    [
        (Wish(), True),
        (Wish(When(date=dt.date(2026, 3, 5))), True),
        (Wish(When(date=dt.date(2026, 3, 6))), False),
        (Wish(When(date=dt.date(2026, 3, 2), last_date=dt.date(2026, 3, 6))), True),
        (Wish(When(time=dt.time(10))), True),
        (Wish(When(time=dt.time(10), bound="before")), False),
        (Wish(When(time=dt.time(9), until=dt.time(10))), True),
        (Wish(When(part_of_day="afternoon")), False),
        (Wish(When(not_weekdays=(3,))), False),
        (Wish(before=at("2026-03-05 10:00")), False),
        (Wish(gender="woman"), True),
        (Wish(gender="man"), False),
    ],
)
def test_a_visit_meets_a_wish_or_not(wish, met):
    assert meets(visit("2026-03-05 10:00"), wish, TWO) is met


def test_times_of_which_each_would_do_are_all_met():
    first, other = (
        When(dt.date(2026, 3, 5), part_of_day="evening"),
        When(dt.date(2026, 3, 6), dt.time(15), bound="after"),
    )
    found = offers(wish=Wish(replace(first, others=(other,))))
    assert starts(found.visits) == ["Fri 6 15:00", "Fri 6 16:00"] and found.met


def test_offers_are_not_said_to_fit_where_no_time_that_would_do_is_free():
    first, other = When(dt.date(2026, 3, 5), part_of_day="evening"), When(dt.date(2026, 3, 7))
    found = offers(wish=Wish(replace(first, others=(other,))))
    assert found.visits and not found.met


def test_closed_day_that_was_wished_for_is_named():
    wish = Wish(When(dt.date(2026, 3, 7), others=(When(dt.date(2026, 3, 9)), When(dt.date(2026, 3, 8)))))
    assert offers(wish=wish).closed == (dt.date(2026, 3, 7), dt.date(2026, 3, 8))


def test_span_of_days_is_not_closed_as_a_whole():
    assert offers(wish=Wish(When(dt.date(2026, 3, 7), last_date=dt.date(2026, 3, 9)))).closed == ()


def test_wish_with_alternatives_is_kept_whole():
    when = When(
        dt.date(2026, 3, 5),
        not_dates=((dt.date(2026, 3, 9), dt.date(2026, 3, 15)),),
        not_parts=("morning",),
        edge="last",
        others=(When(time=dt.time(15), bound="after"),),
    )
    wish = Wish(when, gender="woman")
    assert wish_from_json(json.loads(json.dumps(wish_to_json(wish)))) == wish


def test_wish_that_was_stored_before_there_were_alternatives_is_read():
    old = {
        name: value
        for name, value in wish_to_json(Wish()).items()
        if name not in ("not_dates", "not_parts", "edge", "others")
    }
    assert wish_from_json(old) == Wish()
