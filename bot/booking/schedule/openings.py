"""When clinicians are free, day by day, from their weekly hours."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.booking.visits import Visit
from bot.errors import InputError
from bot.knowledge.model import Clinician, Practice, VisitType
from bot.knowledge.practice_hours import without
from bot.knowledge.practice_types import Span as TimeSpan

Span = tuple[int, int]


class Taken(NamedTuple):
    """A time that a clinician does not have, its pause included, in seconds since 1970 UTC."""

    clinician_id: str
    start: int
    end: int


WhatIsTaken = Iterable[Visit | Taken] | Callable[[dt.date], Iterable[Taken]]
"""Everything that is taken, or a function from a Monday to what is taken in its week."""

BusySpans = dict[str, list[Span]]


class Opening(NamedTuple):
    """A start that can be booked: `epoch` in seconds since 1970 UTC, `minute` of the local day (0 to 1439)."""

    epoch: int
    minute: int
    day: dt.date
    clinician_id: str


def visit_type_of(practice: Practice, visit_type: str | None) -> VisitType:
    """Return the type with that id; for None the first free one, else the first.

    Raises:
        InputError: the practice has no such type.
    """
    if visit_type is None:
        return next((kind for kind in practice.visit_types if kind.free), practice.visit_types[0])
    for kind in practice.visit_types:
        if kind.id == visit_type:
            return kind
    raise InputError(f"Visit type {visit_type!r} is unknown: use an id of visit_types in data/practice.yml.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What openings have to keep to; None and all weekdays stand for no bound.

    Attributes:
        clinicians: ids of whose openings count.
        weekdays: 0 (Monday) to 6.
        before: aware; openings start earlier.
        last_day: last local day; None for the practice's horizon, which holds in any case.
        lead_minutes: None for the practice's.
    """

    clinicians: frozenset[str] | None = None
    weekdays: frozenset[int] = frozenset(range(7))
    before: dt.datetime | None = None
    last_day: dt.date | None = None
    lead_minutes: int | None = None


_NO_BOUNDS = Bounds()


class Openings:
    """The free starts of every clinician for one visit type, computed a day at a time and kept."""

    def __init__(
        self,
        practice: Practice,
        now: dt.datetime,
        kind: VisitType,
        taken: WhatIsTaken,
        bounds: Bounds = _NO_BOUNDS,
    ) -> None:
        lead = practice.lead_minutes if bounds.lead_minutes is None else bounds.lead_minutes
        self._practice = practice
        self._kind = kind
        self._bounds = bounds
        self._clinicians = tuple(who for who in practice.clinicians if _takes_part(who, kind, bounds))
        self._earliest = now.timestamp() + lead * 60
        self._latest = bounds.before.timestamp() if bounds.before else float("inf")
        self._closures = frozenset(practice.closures)
        self._taken = taken
        self._busy: dict[dt.date, BusySpans] = {}
        self._days: dict[dt.date, tuple[Opening, ...]] = {}
        self.first_day = now.astimezone(practice.time_zone).date()
        horizon = self.first_day + dt.timedelta(days=practice.horizon_days)
        last = bounds.before.astimezone(practice.time_zone).date() if bounds.before else horizon
        self.last_day = min(horizon, last, bounds.last_day or horizon)

    def days(self, first: dt.date | None = None, last: dt.date | None = None) -> Iterator[tuple[Opening, ...]]:
        """Yield the openings of each day that has any, from `first` to `last` (both inclusive), soonest first."""
        day = max(first or self.first_day, self.first_day)
        last = min(last or self.last_day, self.last_day)
        while day <= last:
            if openings := self.on(day):
                yield openings
            day += dt.timedelta(days=1)

    def on(self, day: dt.date) -> tuple[Opening, ...]:
        """Return the openings of one local day by start; of clinicians free at the same time the first listed."""
        closed = day in self._closures or day.weekday() not in self._bounds.weekdays
        if closed or not self.first_day <= day <= self.last_day:
            return ()
        if day not in self._days:
            by_start: dict[int, Opening] = {}
            for clinician in self._clinicians:
                for opening in self._of_clinician(clinician, day):
                    by_start.setdefault(opening.epoch, opening)
            self._days[day] = tuple(by_start[epoch] for epoch in sorted(by_start))
        return self._days[day]

    def visit(self, opening: Opening) -> Visit:
        """Return the opening as a visit in the practice's time zone."""
        zone = self._practice.time_zone
        return Visit(
            start=dt.datetime.fromtimestamp(opening.epoch, zone),
            end=dt.datetime.fromtimestamp(opening.epoch + self._kind.minutes * 60, zone),
            clinician_id=opening.clinician_id,
            visit_type=self._kind.id,
            buffer_minutes=self._kind.buffer_minutes,
        )

    def _of_clinician(self, clinician: Clinician, day: dt.date) -> Iterator[Opening]:
        length = self._kind.minutes * 60
        occupied = length + self._kind.buffer_minutes * 60
        busy = self._busy_on(day).get(clinician.id, [])
        for opens, closes in self._spans(clinician, day):
            closing = _epoch(day, closes, self._practice.time_zone)
            for epoch, minute in self._starts(day, opens, closes):
                if not self._earliest <= epoch < self._latest or epoch + length > closing:
                    continue
                if not _overlaps(busy, epoch, epoch + occupied):
                    yield Opening(epoch, minute, day, clinician.id)

    def _busy_on(self, day: dt.date) -> BusySpans:
        monday = day - dt.timedelta(days=day.weekday()) if callable(self._taken) else self.first_day
        if monday not in self._busy:
            self._busy[monday] = _busy_spans(self._taken(monday) if callable(self._taken) else self._taken)
        return self._busy[monday]

    def _spans(self, clinician: Clinician, day: dt.date) -> tuple[TimeSpan, ...]:
        if day in clinician.time_off.days:
            return ()
        spans = clinician.hours.get(day.weekday(), ())
        away = (*self._practice.time_off.hours.get(day, ()), *clinician.time_off.hours.get(day, ()))
        return without(spans, away) if away else spans

    def _starts(self, day: dt.date, opens: dt.time, closes: dt.time) -> Iterator[tuple[int, int]]:
        zone, step = self._practice.time_zone, self._practice.slot_step_minutes
        minutes = range(opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute, step)
        first, last = _epoch(day, opens, zone), _epoch(day, closes, zone)
        if last - first == (minutes.stop - minutes.start) * 60:
            # No clock change between opening and closing: plain arithmetic is right and much faster.
            yield from ((first + (minute - minutes.start) * 60, minute) for minute in minutes)
            return
        for minute in minutes:
            local = dt.time(minute // 60, minute % 60)
            epoch = _epoch(day, local, zone)
            if dt.datetime.fromtimestamp(epoch, zone).time() == local:
                yield epoch, minute


def is_closed(practice: Practice, day: dt.date) -> bool:
    """Tell whether nobody works in the practice on that local day."""
    return day in practice.closures or all(
        day in who.time_off.days or not who.hours.get(day.weekday()) for who in practice.clinicians
    )


def _takes_part(clinician: Clinician, kind: VisitType, bounds: Bounds) -> bool:
    offers = not kind.clinicians or clinician.id in kind.clinicians
    return offers and (bounds.clinicians is None or clinician.id in bounds.clinicians)


def _epoch(day: dt.date, local: dt.time, zone: ZoneInfo) -> int:
    """Return seconds since 1970; of a local time that happens twice the first (fold 0)."""
    return int(dt.datetime.combine(day, local, zone).timestamp())


def _busy_spans(taken: Iterable[Visit | Taken]) -> BusySpans:
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in taken:
        if isinstance(one, Taken):
            spans[one.clinician_id].append((one.start, one.end))
        else:
            end = int(one.end.timestamp()) + one.buffer_minutes * 60
            spans[one.clinician_id].append((int(one.start.timestamp()), end))
    return {clinician: _merged(sorted(found)) for clinician, found in spans.items()}


def _merged(spans: list[Span]) -> list[Span]:
    # Without overlaps the span before a start is the only one that can reach into it.
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlaps(busy: list[Span], start: int, end: int) -> bool:
    following = bisect_left(busy, (start, start))
    if following < len(busy) and busy[following][0] < end:
        return True
    return following > 0 and busy[following - 1][1] > start
