"""The times of a visit as its event in the practice's calendar has them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.booking.calendar.content_lines import Component, components, text_lines
from bot.booking.calendar.moments import Moment, read_duration, read_moment
from bot.booking.calendar.zones import defined_zones, zone_named


@dataclass(frozen=True, slots=True)
class Times:
    """What the calendar says of a visit.

    Attributes:
        start: aware, in the practice's time zone; None where the event has no time of day. `end` likewise.
        cancelled: True where the event stands there crossed out.
    """

    uid: str
    sequence: int
    start: dt.datetime | None
    end: dt.datetime | None
    cancelled: bool


def uid_of(text: str) -> str:
    """Return the UID of the first event; empty where there is none that can be read."""
    event = _first_event(_read(text))
    return _uid(event) if event is not None else ""


def times_of(text: str, zone: ZoneInfo) -> Times | None:
    """Return the times of the first event; None where there is none that can be read."""
    found = _read(text)
    event = _first_event(found)
    if event is None:
        return None
    start, end = _span(event, zone, found) or (None, None)
    sequence = event.word("SEQUENCE")
    return Times(
        uid=_uid(event),
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() else 0,
        start=start,
        end=end,
        cancelled=event.word("STATUS") == "CANCELLED",
    )


def _read(text: str) -> list[Component]:
    return list(components(text_lines(text)))


def _first_event(found: list[Component]) -> Component | None:
    events = (component for component in found if component.name == "VEVENT")
    # Of a series the one that the others are exceptions of.
    return min(events, key=lambda event: event.first("RECURRENCE-ID") is not None, default=None)


def _uid(event: Component) -> str:
    line = event.first("UID")
    return line.value.strip() if line else ""


def _span(event: Component, zone: ZoneInfo, found: list[Component]) -> tuple[dt.datetime, dt.datetime] | None:
    zones = defined_zones(component for component in found if component.name == "VTIMEZONE")
    start_line, end_line, duration = event.first("DTSTART"), event.first("DTEND"), event.first("DURATION")
    if start_line is None:
        return None
    start = read_moment(start_line, zone, lambda name: zone_named(name, zones))
    if not isinstance(start, Moment) or start.is_day:
        return None
    if end_line is not None:
        read = read_moment(end_line, zone, lambda name: zone_named(name, zones))
        end = read.utc if isinstance(read, Moment) and not read.is_day else None
    else:
        length = read_duration(duration.value) if duration is not None else None
        end = start.utc + length if length is not None else None
    if end is None or end <= start.utc:
        return None
    return start.utc.astimezone(zone), end.astimezone(zone)
