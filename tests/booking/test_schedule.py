import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from booking_samples import NOW, ZONE, at, hours, practice, starts, visit

from bot.booking.schedule.free_visits import free_visit_at, free_visits
from bot.booking.visits import When, Wish
from bot.errors import InputError
from bot.knowledge.model import Clinician, VisitType


def free(here, now=NOW, limit=3, **wish):
    return starts(free_visits(here, now, wish=Wish(When(**wish)), limit=limit))


def test_without_a_wish_three_choices_differ_in_day_or_part_of_day():
    assert free(practice()) == ["Wed 4 09:00", "Wed 4 12:00", "Thu 5 09:00"]


def test_every_visit_of_a_day_lies_within_the_hours():
    found = free(practice(slot_step_minutes=60), limit=8, date=dt.date(2026, 3, 5))
    assert found == [f"Thu 5 {hour:02d}:00" for hour in range(9, 17)]


def test_last_visit_ends_when_the_clinician_goes():
    here = practice(clinicians=(Clinician("ann", "Ann", hours("09:00-10:00")),))
    assert free(here, limit=9, date=dt.date(2026, 3, 5)) == ["Thu 5 09:00", "Thu 5 09:15", "Thu 5 09:30"]


def test_lunch_break_is_kept_free():
    here = practice(clinicians=(Clinician("ann", "Ann", hours("11:30-12:00", "13:00-13:30")),))
    assert free(here, limit=9, date=dt.date(2026, 3, 5)) == ["Thu 5 11:30", "Thu 5 13:00"]


@pytest.mark.parametrize(
    ("lead_minutes", "first"), [(0, "Wed 4 09:00"), (120, "Wed 4 10:00"), (121, "Wed 4 10:15"), (1440, "Thu 5 09:00")]
)
def test_nothing_is_offered_before_the_lead_time_is_over(lead_minutes, first):
    assert free(practice(lead_minutes=lead_minutes))[0] == first


def test_nothing_is_offered_beyond_the_horizon():
    found = free_visits(practice(horizon_days=2), NOW, limit=500)
    assert {one.start.day for one in found} == {4, 5, 6}


def test_nobody_is_seen_on_a_closure():
    here = practice(closures=(dt.date(2026, 3, 5),))
    assert free(here, date=dt.date(2026, 3, 5)) == ["Fri 6 09:00", "Fri 6 12:00", "Mon 9 09:00"]


def test_wish_for_a_day_off_gets_the_next_working_days():
    assert free(practice(), date=dt.date(2026, 3, 7)) == ["Mon 9 09:00", "Mon 9 12:00", "Tue 10 09:00"]


def test_wish_beyond_the_horizon_gets_the_next_openings():
    assert free(practice(horizon_days=2), date=dt.date(2026, 6, 1))[0] == "Wed 4 09:00"


def test_wish_for_one_day_stays_on_that_day():
    assert free(practice(), date=dt.date(2026, 3, 5)) == ["Thu 5 09:00", "Thu 5 10:00", "Thu 5 12:00"]


def test_precise_wish_comes_first_and_its_neighbours_follow():
    found = free(practice(), date=dt.date(2026, 3, 5), time=dt.time(14))
    assert found == ["Thu 5 14:00", "Thu 5 13:45", "Thu 5 14:15"]


def test_precise_wish_on_a_day_off_gets_the_same_time_on_the_next_days():
    found = free(practice(), date=dt.date(2026, 3, 7), time=dt.time(14))
    assert found == ["Mon 9 14:00", "Tue 10 14:00", "Wed 11 14:00"]


def test_wish_for_a_time_alone_gets_it_on_different_days():
    assert free(practice(), time=dt.time(14)) == ["Wed 4 14:00", "Thu 5 14:00", "Fri 6 14:00"]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"part_of_day": "afternoon"}, ["Wed 4 12:00", "Thu 5 12:00", "Fri 6 12:00"]),
        ({"time": dt.time(15), "bound": "after"}, ["Wed 4 15:00", "Thu 5 15:00", "Fri 6 15:00"]),
        ({"time": dt.time(9, 30), "bound": "before"}, ["Wed 4 09:00", "Thu 5 09:00", "Fri 6 09:00"]),
        ({"time": dt.time(14), "until": dt.time(16)}, ["Wed 4 14:00", "Thu 5 14:00", "Fri 6 14:00"]),
        ({"part_of_day": "evening"}, ["Wed 4 16:30", "Thu 5 16:30", "Fri 6 16:30"]),
        ({"edge": "last"}, ["Wed 4 16:30", "Thu 5 16:30", "Fri 6 16:30"]),
        ({"edge": "first"}, ["Wed 4 09:00", "Thu 5 09:00", "Fri 6 09:00"]),
        ({"date": dt.date(2026, 3, 5), "edge": "last"}, ["Thu 5 16:00", "Thu 5 16:15", "Thu 5 16:30"]),
        (
            {"date": dt.date(2026, 3, 5), "time": dt.time(18), "bound": "after"},
            ["Thu 5 16:00", "Thu 5 16:15", "Thu 5 16:30"],
        ),
        ({"not_parts": ("morning",)}, ["Wed 4 12:00", "Thu 5 12:00", "Fri 6 12:00"]),
        ({"not_dates": ((dt.date(2026, 3, 4), dt.date(2026, 3, 8)),)}, ["Mon 9 09:00", "Mon 9 12:00", "Tue 10 09:00"]),
        (
            {
                "date": dt.date(2026, 3, 7),
                "part_of_day": "morning",
                "others": (When(date=dt.date(2026, 3, 9), time=dt.time(15), bound="after"), When(edge="last")),
            },
            ["Wed 4 16:30", "Mon 9 15:00", "Mon 9 15:15"],
        ),
        (
            {"date": dt.date(2026, 3, 7), "last_date": dt.date(2026, 3, 9)},
            ["Mon 9 09:00", "Mon 9 10:00", "Mon 9 12:00"],
        ),
    ],
)
def test_choices_keep_to_the_wish_where_anything_fits(wish, expected):
    assert free(practice(), **wish) == expected


def test_taken_time_is_not_offered_again():
    found = free_visits(
        practice(), NOW, wish=Wish(When(date=dt.date(2026, 3, 5))), taken=[visit("2026-03-05 09:00")], limit=1
    )
    assert starts(found) == ["Thu 5 09:30"]


def test_pause_after_a_visit_is_kept_free():
    taken = [visit("2026-03-05 09:00", buffer=15)]
    assert starts(free_visits(practice(), NOW, wish=Wish(When(date=dt.date(2026, 3, 5))), taken=taken, limit=1)) == [
        "Thu 5 09:45"
    ]


def test_pause_of_the_new_visit_does_not_reach_into_the_next_one():
    taken = [visit("2026-03-05 10:00", minutes=420)]
    found = free_visits(practice(), NOW, wish=Wish(When(date=dt.date(2026, 3, 5))), visit_type="long", taken=taken)
    assert found[0].start.date() > dt.date(2026, 3, 5)


def test_another_clinician_steps_in_where_one_is_taken():
    two = (Clinician("ann", "Ann", hours("09:00-17:00")), Clinician("bob", "Bob", hours("09:00-17:00")))
    found = free_visits(practice(clinicians=two), NOW, taken=[visit("2026-03-04 09:00")], limit=1)
    assert (found[0].clinician_id, starts(found)) == ("bob", ["Wed 4 09:00"])


def test_no_opening_is_an_empty_answer():
    assert free_visits(practice(clinicians=()), NOW) == ()


def test_precise_wish_is_free_only_at_a_start_of_the_grid():
    here = practice()
    assert free_visit_at(here, NOW, at("2026-03-05 09:15")) == visit("2026-03-05 09:15")
    assert free_visit_at(here, NOW, at("2026-03-05 09:10")) is None


def test_precise_wish_in_another_time_zone_is_the_same_moment():
    in_paris = at("2026-03-05 09:15").astimezone(ZoneInfo("Europe/Paris"))
    assert free_visit_at(practice(), NOW, in_paris) == visit("2026-03-05 09:15")


def test_precise_wish_for_another_clinician_is_not_free():
    assert free_visit_at(practice(), NOW, at("2026-03-05 09:15"), clinician_id="bob") is None


def test_unknown_visit_type_is_refused():
    with pytest.raises(InputError, match="surgery"):
        free_visits(practice(), NOW, visit_type="surgery")


def at_night(day, kind_minutes=30):
    clinician = Clinician("ann", "Ann", hours("00:30-04:00", days=range(7)))
    here = practice(clinicians=(clinician,), visit_types=(VisitType("first", "first visit", kind_minutes, 0, True),))
    midnight = dt.datetime.combine(day, dt.time(), ZONE)
    return [one for one in free_visits(here, midnight, wish=Wish(When(date=day)), limit=99) if one.start.date() == day]


def test_hour_that_the_clocks_skip_is_not_offered():
    found = [f"{one.start:%H:%M}" for one in at_night(dt.date(2026, 3, 8))]
    assert found == ["00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "03:00", "03:15", "03:30"]


def test_hour_that_comes_twice_is_offered_once():
    found = at_night(dt.date(2026, 11, 1))
    assert [f"{one.start:%H:%M}" for one in found].count("01:30") == 1
    assert all(one.start.utcoffset() == dt.timedelta(hours=-4) for one in found if one.start.hour == 1)


def test_visit_over_the_clock_change_keeps_its_length():
    over = next(one for one in at_night(dt.date(2026, 3, 8), kind_minutes=60) if one.start.hour == 1)
    assert over.end.astimezone(dt.UTC) - over.start.astimezone(dt.UTC) == dt.timedelta(hours=1)


def test_day_after_the_clock_change_starts_at_the_same_local_time():
    found = free_visits(practice(), at("2026-03-06 18:00"), limit=1)
    assert found[0].start.isoformat() == "2026-03-09T09:00:00-04:00"


def test_ten_clinicians_ninety_days_five_thousand_appointments_take_well_under_100_ms():
    clinicians = tuple(Clinician(f"c{number}", "C", hours("08:00-18:00")) for number in range(10))
    here = practice(clinicians=clinicians, horizon_days=90)
    days = [NOW + dt.timedelta(days=number) for number in range(90)]
    taken = [
        visit(f"{day:%Y-%m-%d} {8 + number // 2:02d}:{30 * (number % 2):02d}", clinician=f"c{who}")
        for day in days
        for who in range(10)
        for number in range(6)
    ][:5000]
    day = When(date=dt.date(2026, 5, 20))
    wishes = (Wish(), *(Wish(when) for when in (day, When(time=dt.time(3)), When(part_of_day="evening"))))
    assert max(least_seconds(lambda wish=wish: free_visits(here, NOW, wish=wish, taken=taken)) for wish in wishes) < 0.1


def least_seconds(call, times=3):
    """Return the least processor time of some calls, which other work on the machine changes least."""
    seconds = []
    for _ in range(times):
        started = time.process_time()
        assert call()
        seconds.append(time.process_time() - started)
    return min(seconds)


def test_weekdays_that_do_not_suit_are_not_offered():
    thursdays_out = free(practice(), not_weekdays=(3,), limit=9)
    assert thursdays_out
    assert not any(start.startswith("Thu") for start in thursdays_out)


def test_a_time_of_day_is_sought_on_the_days_that_suit():
    assert free(practice(), time=dt.time(16), not_weekdays=(2, 3)) == ["Fri 6 16:00", "Mon 9 16:00", "Tue 10 16:00"]
