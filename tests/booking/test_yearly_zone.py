import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from bot.booking.calendar.content_lines import components, text_lines
from bot.booking.calendar.invitation import Meeting, own_event
from bot.booking.calendar.yearly_zone import yearly_zone
from bot.booking.calendar.zones import defined_zones

NAMES = [
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Phoenix",
    "Asia/Kolkata",
    "Pacific/Auckland",
]


def lines_of(name, year=2026):
    return yearly_zone(name, year).to_ical().decode().splitlines()


def test_zone_is_two_yearly_rules_that_begin_when_clocks_change():
    lines = lines_of("America/New_York")
    assert [line for line in lines if line.startswith(("RRULE", "DTSTART", "RDATE"))] == [
        "DTSTART:20260308T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "DTSTART:20261101T020000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    ]


def test_last_sunday_of_a_month_is_written_as_the_last():
    assert [line for line in lines_of("Europe/Berlin") if "RRULE" in line] == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_written_zone_tells_the_time_of_the_real_one(name):
    (zone,) = defined_zones(components(text_lines("\r\n".join(lines_of(name))))).values()
    real = ZoneInfo(name)
    for day in range(366 * 2):
        wall = dt.datetime.combine(dt.date(2026, 1, 2) + dt.timedelta(days=day), dt.time(12))
        assert zone.utcoffset(wall) == real.utcoffset(wall), wall


def test_event_has_its_zone_and_no_list_of_dates():
    start = dt.datetime(2026, 12, 8, 10, tzinfo=ZoneInfo("America/New_York"))
    meeting = Meeting("u", 0, start, start + dt.timedelta(minutes=30), start, "Visit", "note", "here")
    text = own_event(meeting).decode()
    assert "RDATE" not in text and text.count("BEGIN:VTIMEZONE") == 1
    assert icalendar.Calendar.from_ical(text).events[0].start == start
