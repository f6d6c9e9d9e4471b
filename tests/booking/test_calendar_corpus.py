"""Calendars as programs write them, with the busy times that their writers meant: `calendars/busy.yml`."""

import datetime as dt
import pathlib
import time
import tracemalloc
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.booking.calendar.content_lines import text_lines
from bot.booking.calendar.event_reading import read_events
from bot.booking.calendar.event_times import Window

ZONE = ZoneInfo("America/New_York")
FOLDER = pathlib.Path(__file__).parent / "calendars"
KNOWN = yaml.safe_load((FOLDER / "busy.yml").read_text())
OWN = frozenset({"visits@practice.example"})


def window(first="2026-12-07", last="2026-12-21"):
    start, end = (dt.datetime.fromisoformat(str(day)).replace(tzinfo=ZONE) for day in (first, last))
    return Window(start, end, ZONE, OWN)


def clock(moment):
    return f"{moment.astimezone(ZONE):%d %H:%M}"


def read(text, asked=None):
    """Return busy times and problems as `busy.yml` has them; what reaches out of the window is cut."""
    asked = asked or window()
    found = list(read_events(text_lines(text), asked))
    spans = sorted(span for event in found for span in event.spans)
    cut = [(max(start, asked.start), min(end, asked.end)) for start, end in spans]
    problems = sorted(f"{one.code} {one.day}" for event in found for one in event.problems)
    return [f"{clock(start)}-{clock(end)}" for start, end in cut], problems


def test_at_least_sixty_calendars_are_known():
    assert len(KNOWN) >= 60 and set(KNOWN) == {path.stem for path in FOLDER.glob("*.ics")}


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_calendar_takes_exactly_the_time_that_its_writer_meant(name):
    known = KNOWN[name]
    asked = window(*known["window"]) if "window" in known else window()
    busy, problems = read((FOLDER / f"{name}.ics").read_text("utf-8", "replace"), asked)
    assert (busy, problems) == (known["busy"], known.get("problems", []))


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_calendar_is_read_in_a_second_and_fifty_megabytes(name):
    text = (FOLDER / f"{name}.ics").read_text("utf-8", "replace")
    read(text)
    begun = time.process_time()
    read(text)
    taken = time.process_time() - begun
    # Apart: counting memory slows the reading down several times.
    tracemalloc.start()
    read(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1 and peak < 50_000_000


def series(rule, start="20200106T090000", length="PT1H"):
    return (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n"
        f"DTSTART;TZID=America/New_York:{start}\nDURATION:{length}\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;INTERVAL=7;BYDAY=TU;BYHOUR=9",
        "FREQ=MINUTELY;INTERVAL=0",
        "FREQ=HOURLY;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=999999",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9;BYMINUTE=1,2,3,4,5,6,7,8,9;BYSETPOS=-1,5",
        "FREQ=MINUTELY;INTERVAL=9999999;COUNT=9999999",
    ],
)
def test_rule_of_any_size_is_read_in_a_second(rule):
    begun = time.process_time()
    read(series(rule, "00020107T090000"))
    read(series(rule, length="P9999D"))
    assert time.process_time() - begun < 2


def test_rule_that_cannot_be_read_never_takes_less_than_the_readable_part():
    whole, _ = read(series("FREQ=WEEKLY;BYDAY=TU,FR"))
    for broken in (
        "FREQ=WEEKLY;BYDAY=TU,FR;UNTL=20200301",
        "FREQ=WEEKLY;BYDAY=TU,FR,X",
        "FREQ=WEEKLY;BYDAY=TU,FR;COUNT=-1",
    ):
        busy, problems = read(series(broken))
        assert set(whole) <= set(busy) and problems


def test_event_of_ten_thousand_takes_its_time_whatever_the_others_are():
    broken = "BEGIN:VEVENT\nUID:{0}\nDTSTART:2026120{1}T0900\nRRULE:FREQ=;INTERVAL=0\nEND:VEVENT\n"
    text = "BEGIN:VCALENDAR\n" + "".join(broken.format(number, number % 10) for number in range(2000))
    good = "BEGIN:VEVENT\nUID:good\nDTSTART;TZID=America/New_York:20261218T100000\nDURATION:PT7M\nEND:VEVENT\n"
    found = list(read_events(text_lines(text + good + "END:VCALENDAR\n"), window()))
    assert len(found) == 2001
    assert [f"{clock(start)}-{clock(end)}" for start, end in found[-1].spans] == ["18 10:00-18 10:07"]
