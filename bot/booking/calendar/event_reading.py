"""Read events that others wrote: the times that each takes, and what about it cannot be read.

An event is read alone: whatever is wrong with it changes nothing about the others. What cannot be read is taken,
never free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from bot.booking.calendar.content_lines import Component, Line, components
from bot.booking.calendar.event_series import Series
from bot.booking.calendar.event_times import EventTimes, Problem, Window, joined
from bot.booking.calendar.moments import Moment, UnreadableMoment, ZoneOf, in_utc, read_duration, read_moment
from bot.booking.calendar.zones import defined_zones, zone_named

_DAY = dt.timedelta(days=1)


def read_events(lines: Iterable[str], window: Window) -> Iterator[EventTimes]:
    """Return every event with the times that it takes within the window.

    Args:
        lines: calendar data as they stand there.
        window: what is asked about.
    """
    found = list(components(lines))
    zones = defined_zones(one for one in found if one.name == "VTIMEZONE")

    def zone_of(name: str) -> dt.tzinfo | None:
        return zone_named(name, zones)

    series: dict[str, list[Component]] = {}
    for number, component in enumerate(found):
        if component.name == "VEVENT":
            line = component.first("UID")
            series.setdefault(line.value.strip() if line and line.value.strip() else f"\0{number}", []).append(
                component
            )
        elif component.name == "VFREEBUSY":
            yield _read_busy_list(component, window)
    for uid, events in series.items():
        yield _guarded("" if uid.startswith("\0") else uid, events, window, zone_of)


def _guarded(uid: str, events: list[Component], window: Window, zone_of: ZoneOf) -> EventTimes:
    title = next((line.value.strip() for event in events if (line := event.first("SUMMARY"))), "")
    times = EventTimes(uid, title)
    try:
        Series(events, window, zone_of).read_into(times)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        # Nothing of the kind is known. Others must be read all the same, and this one must not be free.
        times.spans, times.is_lost = [], True
        times.problems = [Problem("unreadable", None)]
    times.spans = joined(times.spans, window)
    return times


def _read_busy_list(component: Component, window: Window) -> EventTimes:
    times = EventTimes("", "")
    for line in component.lines.get("FREEBUSY", ()):
        if line.parameters.get("FBTYPE", "BUSY").upper() != "FREE":
            for text in line.value.split(","):
                _read_busy(text, line.parameters, window, times)
    times.spans = joined(times.spans, window)
    return times


def _read_busy(text: str, parameters: Mapping[str, str], window: Window, times: EventTimes) -> None:
    begin, _, end = text.partition("/")
    start = read_moment(Line(begin, parameters), window.zone, lambda _: None)
    until = read_moment(Line(end, parameters), window.zone, lambda _: None)
    length = read_duration(end)
    if isinstance(start, UnreadableMoment):
        times.problems.append(Problem(start.problem, start.day))
        if start.day:
            midnight = in_utc(dt.datetime.combine(start.day, dt.time()), window.zone)
            times.spans.append((midnight, midnight + _DAY))
    elif isinstance(until, Moment):
        times.spans.append((start.utc, until.utc))
    else:
        if length is None:
            times.problems.append(Problem("end_unreadable", start.wall.date()))
        times.spans.append((start.utc, start.utc + (length or _DAY)))
