"""Write a time zone as two yearly rules (RFC 5545, section 3.6.5): Outlook is reported to ignore lists of dates."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MINUTE = dt.timedelta(minutes=1)


def yearly_zone(name: str, year: int) -> Timezone:
    """Return the zone as it is in that year, with a rule for each change of the clock, or as one fixed offset.

    Args:
        name: IANA's.
        year: of the visit; rules of other years may differ and are not needed.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    written, zone = Timezone(), ZoneInfo(name)
    written.add("tzid", name)
    changes = _changes(zone, year)
    for moment in changes or (dt.datetime(year, 1, 1, tzinfo=dt.UTC),):
        after = moment.astimezone(zone)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        onset = _onset(zone, moment)
        part.add("dtstart", onset)
        part.add("tzoffsetfrom", _offset(zone, moment - _MINUTE))
        part.add("tzoffsetto", _offset(zone, moment))
        part.add("tzname", after.tzname() or name)
        if changes:
            part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": onset.month, "BYDAY": _place(zone, onset)})
        written.add_component(part)
    return written


@cache
def _changes(zone: ZoneInfo, year: int) -> tuple[dt.datetime, ...]:
    """Return the instants at which clocks change in that year, in UTC, where there are two."""
    days = [dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number) for number in range(366)]
    found = [
        _first_after(zone, one, other) for one, other in pairwise(days) if _offset(zone, one) != _offset(zone, other)
    ]
    return tuple(found) if len(found) == 2 else ()


def _first_after(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """Return the minute of the change between two instants."""
    while after - before > _MINUTE:
        middle = before + max((after - before) // _MINUTE // 2, 1) * _MINUTE
        before, after = (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
    return after


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta()


def _onset(zone: ZoneInfo, moment: dt.datetime) -> dt.datetime:
    """Return what clocks show at a change before they are changed."""
    return (moment + _offset(zone, moment - _MINUTE)).replace(tzinfo=None)


def _place(zone: ZoneInfo, onset: dt.datetime) -> str:
    """Return which weekday of the month it is: "2SU", or "-1SU" where it is the last in the years around too."""
    years = range(onset.year - 3, onset.year + 4)
    onsets = [_onset(zone, change) for year in years for change in _changes(zone, year)]
    days = [other.day for other in onsets if other.month == onset.month]
    is_last = min(days) > 21 and max(days) > 28
    return f"{-1 if is_last else (onset.day - 1) // 7 + 1}{_WEEKDAYS[onset.weekday()]}"
