"""Read the dates, times and durations of calendar data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.booking.calendar.content_lines import Line

ZoneOf = Callable[[str], dt.tzinfo | None]
"""From a time zone id to the zone; None for one that nobody knows."""

_MOMENT = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:[.,]\d+)?\s*(?P<offset>[Zz]|[+-]\d\d:?\d\d)?)?"
)
_DURATION = re.compile(
    r"\+?P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})(?:[.,]\d+)?S)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a time as it was written.

    Attributes:
        wall: what clocks show there, without a zone; midnight for a day.
        zone: where; for a day and a time without a zone that of the practice.
        is_day: True where no time of day was written.
    """

    wall: dt.datetime
    zone: dt.tzinfo
    is_day: bool

    @property
    def utc(self) -> dt.datetime:
        """The instant, aware."""
        return in_utc(self.wall, self.zone)


@dataclass(frozen=True, slots=True)
class UnreadableMoment:
    """A date or time that cannot be read.

    Attributes:
        problem: what is wrong, one word such as `zone_unknown`.
        day: which day it is at least; None where not even that can be read.
    """

    problem: str
    day: dt.date | None = None


def in_utc(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the instant at which clocks in the zone show `wall`, aware."""
    return wall.replace(tzinfo=zone).astimezone(dt.UTC)


def read_moment(line: Line, local: dt.tzinfo, zone_of: ZoneOf) -> Moment | UnreadableMoment:
    """Return what a property such as DTSTART says.

    Args:
        line: the property; of several values, as EXDATE has them, give each in a line of its own.
        local: zone of days and of times without a zone.
        zone_of: finds the zone of an id.
    """
    text = line.value.strip()
    found = _MOMENT.fullmatch(text)
    if found is None:
        begun = _MOMENT.match(text)
        return UnreadableMoment("time_unreadable", _day(begun) if begun else None)
    day = _day(found)
    if day is None:
        return UnreadableMoment("time_unreadable")
    if found["hour"] is None:
        return Moment(dt.datetime.combine(day, dt.time()), local, is_day=True)
    hour, minute, second = int(found["hour"]), int(found["minute"]), min(int(found["second"] or 0), 59)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return UnreadableMoment("time_unreadable", day)
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=hour, minutes=minute, seconds=second)
    zone = _offset(found["offset"]) if found["offset"] else local
    if not found["offset"] and (name := line.parameters.get("TZID", "")):
        known = zone_of(name)
        if known is None:
            return UnreadableMoment("zone_unknown", day)
        zone = known
    return Moment(wall, zone, is_day=False)


def read_duration(text: str) -> dt.timedelta | None:
    """Return a length of time such as "PT1H30M"; None where it cannot be read or is less than nothing."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    return dt.timedelta(**{unit: int(count) for unit, count in found.groupdict().items() if count})


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    # Beyond these, zones cannot be applied.
    return day if 2 <= day.year <= 9000 else None


def _offset(text: str) -> dt.tzinfo:
    if text in "Zz":
        return dt.UTC
    sign, digits = (-1 if text[0] == "-" else 1), text[1:].replace(":", "")
    return dt.timezone(sign * dt.timedelta(hours=min(int(digits[:2]), 23), minutes=min(int(digits[2:]), 59)))
