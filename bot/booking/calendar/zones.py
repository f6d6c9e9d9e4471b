"""Time zones as calendars name them: by IANA's names, by Microsoft's, or by rules that stand in the data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.booking.calendar.content_lines import Component, Line
from bot.booking.calendar.moments import Moment, read_moment
from bot.booking.calendar.repetition import repeated
from bot.booking.calendar.repetition_rule import read_rule

# What Outlook shows in place of the id: "(UTC-05:00) Eastern Time (US & Canada)".
_SHOWN = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "arizona": "America/Phoenix",
    "pacific time": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}
_FIXED = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})[:.]?(\d\d)?", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")


def zone_named(name: str, defined: Mapping[str, dt.tzinfo]) -> dt.tzinfo | None:
    """Return the zone with that id; None where nobody knows it.

    Args:
        name: as a calendar writes it.
        defined: zones whose rules stand in the data, by id.
    """
    name = name.strip().strip('"')
    # Some programs put a path of their own before IANA's name: "/mozilla.org/20050126_1/America/New_York".
    pieces = name.split("/")
    for first in range(len(pieces)):
        if known := _iana("/".join(pieces[first:])):
            return known
    return _microsoft().get(name.lower()) or defined.get(name) or _described(name)


def defined_zones(components: Iterable[Component]) -> dict[str, dt.tzinfo]:
    """Return the zones whose rules stand in the data; one with two ids may be either and is left out."""
    zones: dict[str, dt.tzinfo] = {}
    for component in components:
        ids = {line.value.strip() for line in component.lines.get("TZID", ())}
        if len(ids) == 1:
            location = component.first("X-LIC-LOCATION")
            named = zone_named(location.value, {}) if location else None
            zone = named or _read_zone(component)
            if zone is not None:
                zones[ids.pop()] = zone
    return zones


class DefinedZone(dt.tzinfo):
    """A zone whose changes of the clock stand in the data."""

    def __init__(self, changes: tuple[_Change, ...]) -> None:
        self._changes = changes
        self._known: dict[int, tuple[tuple[dt.datetime, dt.timedelta], ...]] = {}

    def _onsets(self, year: int) -> tuple[tuple[dt.datetime, dt.timedelta], ...]:
        if year not in self._known:
            since, until = _new_year(max(year - 1, 1)), _new_year(year + 1)
            found = [(start, change.offset) for change in self._changes for start in change.between(since, until)]
            earlier = [(change.last_before(since), change.offset) for change in self._changes if change.start < since]
            self._known[year] = tuple(sorted([*earlier, *found]))
        return self._known[year]

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        """Return how far clocks are ahead of UTC at that local time."""
        wall = moment.replace(tzinfo=None) if moment else _new_year(2000)
        offset = self._changes[0].before
        for start, now in self._onsets(wall.year):
            if start <= wall:
                offset = now
        return offset

    def dst(self, _: dt.datetime | None) -> dt.timedelta:
        """Return nothing: only the offset counts here."""
        return dt.timedelta()

    def tzname(self, _: dt.datetime | None) -> str:
        """Return a name."""
        return "defined"

    def fromutc(self, moment: dt.datetime) -> dt.datetime:
        """Return the local time of an instant."""
        offsets = [self._changes[0].before, *(change.offset for change in self._changes)]
        walls = (moment + offset for offset in offsets)
        pairs = zip(walls, offsets, strict=True)
        return next((wall for wall, offset in pairs if self.utcoffset(wall) == offset), moment + offsets[-1])


class _Change:
    """One way in which clocks are changed: when, from which offset to which."""

    def __init__(self, start: dt.datetime, before: dt.timedelta, offset: dt.timedelta, part: Component) -> None:
        self.start, self.before, self.offset = start, before, offset
        self._rules = [read_rule(line.value, self._until) for line in part.lines.get("RRULE", ())]
        values = [text for line in part.lines.get("RDATE", ()) for text in line.value.split(",")]
        read = [read_moment(Line(text, {}), dt.UTC, lambda _: None) for text in values]
        self._dates = [one.wall for one in read if isinstance(one, Moment)]

    def last_before(self, since: dt.datetime) -> dt.datetime:
        """Return the last change of rules that have ended, or the first of those that go on."""
        ended = [*self._dates, *(rule.until for rule in self._rules if rule.until)]
        return max((one for one in ended if one < since), default=self.start)

    def between(self, since: dt.datetime, until: dt.datetime) -> set[dt.datetime]:
        """Return when clocks are changed, as they show it before."""
        found = {one for one in (self.start, *self._dates) if since <= one < until}
        return found.union(*(repeated(rule, self.start, since, until).starts for rule in self._rules))

    def _until(self, text: str) -> dt.datetime | None:
        read = read_moment(Line(text, {}), dt.UTC, lambda _: None)
        if not isinstance(read, Moment):
            return None
        return read.wall + self.before if text.upper().endswith("Z") else read.wall


def _new_year(year: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, 1, 1), dt.time())


def _read_zone(component: Component) -> dt.tzinfo | None:
    changes = []
    for part in component.parts:
        line, before, offset = part.first("DTSTART"), _offset(part, "TZOFFSETFROM"), _offset(part, "TZOFFSETTO")
        start = read_moment(line, dt.UTC, lambda _: None) if line else None
        if isinstance(start, Moment) and offset is not None:
            changes.append(_Change(start.wall, before if before is not None else offset, offset, part))
    changes.sort(key=lambda change: change.start)
    return DefinedZone(tuple(changes)) if changes else None


def _offset(part: Component, name: str) -> dt.timedelta | None:
    found = _OFFSET.fullmatch(part.word(name))
    if found is None:
        return None
    length = dt.timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return (-length if found[1] == "-" else length) if length < dt.timedelta(hours=24) else None


def _described(name: str) -> dt.tzinfo | None:
    for shown, known in _SHOWN.items():
        if shown in name.lower():
            return ZoneInfo(known)
    found = _FIXED.fullmatch(name)
    if found is None or int(found[2]) > 14:
        return None
    length = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return dt.timezone(-length if found[1] == "-" else length)


def _iana(name: str) -> dt.tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = _iana_names().get(name.lower())
        return ZoneInfo(known) if known else None


@cache
def _iana_names() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def _microsoft() -> Mapping[str, dt.tzinfo]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    known = available_timezones()
    return {name.lower(): ZoneInfo(zone) for name, zone in WINDOWS_TO_OLSON.items() if zone in known}
