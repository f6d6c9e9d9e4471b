"""Read calendar data (RFC 5545) of the practice's own calendar: the times of one visit, and the times that are busy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

Span = tuple[dt.datetime, dt.datetime]


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
    event = _first_event(text)
    return str(event.get("UID", "")) if event is not None else ""


def times_of(text: str, zone: ZoneInfo) -> Times | None:
    """Return the times of the first event; None where there is none that can be read."""
    event = _first_event(text)
    if event is None:
        return None
    start, end = _timed_span(event, zone) or (None, None)
    return Times(
        uid=str(event.get("UID", "")),
        sequence=int(event.get("SEQUENCE", 0)),
        start=start,
        end=end,
        cancelled=str(event.get("STATUS", "")) == "CANCELLED",
    )


def busy_spans(text: str, zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> list[Span]:
    """Return the times in UTC between `start` and `end` (aware) that the event and its repetitions take.

    What is marked as free or crossed out takes none; an all-day event takes the local day.

    Raises:
        ValueError: the event cannot be read.
    """
    import recurring_ical_events
    from icalendar import Calendar

    events = recurring_ical_events.of(Calendar.from_ical(text), components=["VEVENT"]).between(start, end)
    return [span for event in events if _takes_time(event) for span in _span(event, zone)]


def _first_event(text: str) -> Event | None:
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except ValueError:
        return None
    # Of a series the one that the others are exceptions of.
    return cast("Event | None", min(events, key=lambda event: "RECURRENCE-ID" in event, default=None))


def _timed_span(event: Event, zone: ZoneInfo) -> Span | None:
    try:
        start, end = event.start, event.end
    except ValueError:
        # No start, or an end before it.
        return None
    if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        return None
    span = _aware(start, zone), _aware(end, zone)
    return span if span[0] < span[1] else None


def _takes_time(event: Any) -> bool:
    return str(event.get("TRANSP", "")) != "TRANSPARENT" and str(event.get("STATUS", "")) != "CANCELLED"


def _span(event: Any, zone: ZoneInfo) -> Iterator[Span]:
    start, end = _aware(event.start, zone).astimezone(dt.UTC), _aware(event.end, zone).astimezone(dt.UTC)
    if start < end:
        yield start, end


def _aware(value: Any, zone: ZoneInfo) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(), zone)
    # A time without a zone is the local one wherever the calendar is read.
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(zone)
