"""Choose among openings: near what the visitor wishes, and spread so that the choices differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice

from bot.booking.schedule.openings import Opening, Openings
from bot.booking.visits import When

Days = Callable[[], Iterator[tuple[Opening, ...]]]

# Minute of the day at which the afternoon and the evening start.
AFTERNOON, EVENING = 12 * 60, 17 * 60
PARTS = {"morning": range(0, AFTERNOON), "afternoon": range(AFTERNOON, EVENING), "evening": range(EVENING, 24 * 60)}
# Choices of one day lie at least this many minutes apart, as long as there are enough of them.
_APART = 60
_A_DAY = 2


def choose(openings: Openings, when: When, limit: int) -> list[Opening]:
    """Return up to `limit` openings: with a precise time by nearness to it, else by start; others where none fits."""
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
    if when.part_of_day in PARTS:
        part = PARTS[when.part_of_day]
        first, last = part.start, part.stop - 1
    if when.time is not None:
        named = when.time.hour * 60 + when.time.minute
        first, last = (first, named - 1) if when.bound == "before" else (named, last)
    if when.until is not None:
        last = when.until.hour * 60 + when.until.minute
    if (first, last) == (0, 24 * 60 - 1):
        return None
    return lambda opening: first <= opening.minute <= last


def _near(openings: Openings, when: When, minute: int, limit: int) -> list[Opening]:
    def distance(opening: Opening) -> int:
        return abs(opening.minute - minute)

    if when.date is None:
        exact = (opening for day in openings.days() for opening in day if opening.minute == minute)
        chosen = list(islice(exact, limit))
        others = (min(day, key=distance) for day in openings.days())
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
    return next(name for name, minutes in PARTS.items() if opening.minute in minutes)
