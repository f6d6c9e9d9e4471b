"""Choose free visits: near what the visitor wishes, and spread so that the choices differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bot.booking.openings import Opening, Openings, visit_type_of
from bot.booking.visits import Visit, When
from bot.knowledge.model import Practice

Days = Callable[[], Iterator[tuple[Opening, ...]]]

# Minute of the day at which the afternoon and the evening start.
AFTERNOON, EVENING = 12 * 60, 17 * 60
_PARTS = {"morning": range(0, AFTERNOON), "afternoon": range(AFTERNOON, EVENING), "evening": range(EVENING, 24 * 60)}
# Choices of one day lie at least this many minutes apart, as long as there are enough of them.
_APART = 60
_A_DAY = 2


def free_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    when: When | None = None,
    visit_type: str | None = None,
    taken: Iterable[Visit] = (),
    limit: int = 3,
) -> tuple[Visit, ...]:
    """Return up to `limit` openings from `now` (aware). Pure.

    Args:
        practice: who works when.
        now: aware; nothing before `now` plus the practice's lead time is offered.
        when: what the visitor wishes. With a precise time the result is ordered by nearness to it, so the first is
            the wished one if it is free; otherwise by start. Where nothing fits, the next openings after it.
        visit_type: id; None for the first free type.
        taken: visits that are not free any more.
        limit: at most so many.

    Raises:
        InputError: the practice has no such visit type.
    """
    openings = Openings(practice, now, visit_type_of(practice, visit_type), taken)
    return tuple(openings.visit(opening) for opening in _choose(openings, when or When(), limit))


def free_visit_at(
    practice: Practice,
    now: dt.datetime,
    start: dt.datetime,
    *,
    visit_type: str | None = None,
    clinician_id: str | None = None,
    taken: Iterable[Visit] = (),
) -> Visit | None:
    """Return the visit that starts exactly at `start` (aware) if it can be booked, else None. Pure.

    Args:
        practice: who works when.
        now: aware.
        start: aware, in any time zone.
        visit_type: id; None for the first free type.
        clinician_id: None for whoever is free.
        taken: visits that are not free any more.
    """
    openings = Openings(practice, now, visit_type_of(practice, visit_type), taken)
    day = start.astimezone(practice.time_zone).date()
    found = openings.on(day) if clinician_id is None else openings.of(clinician_id, day)
    return next((openings.visit(opening) for opening in found if opening.epoch == start.timestamp()), None)


def is_in_part(start: dt.time, part_of_day: str) -> bool:
    """Return whether a local time lies in the `morning`, `afternoon` or `evening`; True for any other word."""
    part = _PARTS.get(part_of_day)
    return part is None or start.hour * 60 + start.minute in part


def _choose(openings: Openings, when: When, limit: int) -> list[Opening]:
    if when.time is not None and when.bound is None and when.until is None:
        minute = when.time.hour * 60 + when.time.minute
        return _near(openings, when, minute, limit)
    fits = _filter(when)
    # Somebody who names one day gets all choices on it.
    a_day = limit if when.date is not None and when.last_date is None else _A_DAY
    for days in _stages(openings, when):
        for accept in (fits, None) if fits else (None,):
            if chosen := _spread(_accepted(days, accept), limit, a_day):
                return chosen
    return []


def _stages(openings: Openings, when: When) -> list[Days]:
    if when.date is None:
        return [openings.days]
    last = when.last_date or when.date
    following = last + dt.timedelta(days=1)
    return [lambda: openings.days(when.date, last), lambda: openings.days(following), openings.days]


def _accepted(days: Days, accept: Callable[[Opening], bool] | None) -> Days:
    if accept is None:
        return days
    return lambda: (kept for day in days() if (kept := tuple(filter(accept, day))))


def _filter(when: When) -> Callable[[Opening], bool] | None:
    first, last = 0, 24 * 60 - 1
    if when.part_of_day in _PARTS:
        part = _PARTS[when.part_of_day]
        first, last = part.start, part.stop - 1
    if when.time is not None:
        named = when.time.hour * 60 + when.time.minute
        first, last = (first, named - 1) if when.bound == "before" else (named, last)
    if when.until is not None:
        last = when.until.hour * 60 + when.until.minute
    if (first, last) == (0, 24 * 60 - 1) and not when.not_weekdays:
        return None
    return lambda opening: first <= opening.minute <= last and opening.day.weekday() not in when.not_weekdays


def _near(openings: Openings, when: When, minute: int, limit: int) -> list[Opening]:
    def distance(opening: Opening) -> int:
        return abs(opening.minute - minute)

    def days() -> Iterator[tuple[Opening, ...]]:
        return (day for day in openings.days() if day[0].day.weekday() not in when.not_weekdays)

    if when.date is None:
        exact = (opening for day in days() for opening in day if opening.minute == minute)
        chosen = list(islice(exact, limit))
        others = (min(day, key=distance) for day in days())
        chosen += islice((opening for opening in others if opening.minute != minute), limit - len(chosen))
        return chosen
    for stage in _stages(openings, when):
        if not (found := list(islice(stage(), limit))):
            continue
        if when.date == found[0][0].day:
            return sorted(found[0], key=distance)[:limit]
        return [min(day, key=distance) for day in found]
    return []


def _spread(days: Days, limit: int, a_day: int) -> list[Opening]:
    """Return openings of different parts of day first, at most `a_day` a day, then others well apart, then any."""
    chosen: list[Opening] = []
    for day in days():
        firsts = {_part(opening): opening for opening in reversed(day)}
        chosen += sorted(firsts.values())[: min(a_day, limit - len(chosen))]
        if len(chosen) >= limit:
            return chosen
    for apart in (_APART, 1):
        for opening in (opening for day in days() for opening in day):
            if len(chosen) >= limit:
                break
            if all(abs(opening.epoch - other.epoch) >= apart * 60 for other in chosen):
                chosen.append(opening)
    return sorted(chosen)


def _part(opening: Opening) -> str:
    return next(name for name, minutes in _PARTS.items() if opening.minute in minutes)
