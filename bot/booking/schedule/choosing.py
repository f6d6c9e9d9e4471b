"""Choose among openings: near what the visitor wishes, and spread so that the choices differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, zip_longest

from bot.booking.schedule.openings import Opening, Openings
from bot.booking.visits import When
from bot.dates.fitting import PARTS, fits, fits_time, is_excluded, minutes_wished

Days = Callable[[], Iterator[tuple[Opening, ...]]]

# Choices of one day lie at least this many minutes apart, as long as there are enough of them.
_APART = 60
_A_DAY = 2


def choose(openings: Openings, when: When, limit: int) -> list[Opening]:
    """Return up to `limit` openings: with a precise time by nearness to it, else by start; others where none fits.

    Of several times that would do, each gets its share; where none fits, the first decides what is near.
    """
    if when.others:
        fitting = [[one for one in _choose(openings, option, limit) if _fits(one, option)] for option in when.options]
        if any(fitting):
            in_turn = (one for place in zip_longest(*fitting) for one in place if one is not None)
            return sorted(islice(dict.fromkeys(in_turn), limit))
    return _choose(openings, when.options[0], limit)


def _choose(openings: Openings, when: When, limit: int) -> list[Opening]:
    if when.time is not None and when.bound is None and when.until is None:
        minute = when.time.hour * 60 + when.time.minute
        return _near(openings, when, minute, limit)
    # Somebody who names one day gets all choices on it.
    a_day = limit if when.date is not None and when.last_date is None else _A_DAY
    is_named = when.date is not None and when.last_date is None
    near: list[Opening] = []
    for days in _stages(openings, when):
        # Beside the nearest time of a named day stand days on which the time itself is free.
        if chosen := _spread(_of_edge(_accepted(days, when), when, limit), limit - bool(near), a_day):
            return sorted([*_best(near, when), *chosen])
        if not near and (near := _nearest(days, when, limit)) and not is_named:
            return near
    return near


def _fits(opening: Opening, when: When) -> bool:
    return fits(dt.datetime.combine(opening.day, dt.time(opening.minute // 60, opening.minute % 60)), when)


def _stages(openings: Openings, when: When) -> list[Days]:
    if when.date is None:
        return [openings.days]
    last = when.last_date or when.date
    following = last + dt.timedelta(days=1)
    return [lambda: openings.days(when.date, last), lambda: openings.days(following), openings.days]


def _accepted(days: Days, when: When) -> Days:
    return lambda: (kept for day in days() if (kept := tuple(one for one in day if _is_accepted(one, when))))


def _is_accepted(opening: Opening, when: When) -> bool:
    # The day is that of the stage; only what is ruled out of it is asked for here.
    is_ruled_out = any(first <= opening.day <= last for first, last in when.not_dates)
    time = dt.time(opening.minute // 60, opening.minute % 60)
    excluded = is_excluded(dt.datetime.combine(opening.day, time), when)
    return not is_ruled_out and not excluded and fits_time(time, when)


def _of_edge(days: Days, when: When, limit: int) -> Days:
    """Return of each day its last or first opening, of a named day several, where these are wished for."""
    if when.edge not in ("first", "last"):
        return days
    count = limit if when.date is not None and when.last_date is None else 1
    return lambda: (day[-count:] if when.edge == "last" else day[:count] for day in days())


def _best(near: list[Opening], when: When) -> list[Opening]:
    """Return the one nearest to what was wished for, in a list; an empty list for none."""
    return [min(near, key=partial(_distance, when=when))] if near else []


def _distance(opening: Opening, when: When) -> int:
    """Return how many minutes an opening lies outside the times of day that were wished for."""
    first, last = minutes_wished(when)
    return max(first - opening.minute, opening.minute - last, 0)


def _nearest(days: Days, when: When, limit: int) -> list[Opening]:
    """Return openings at the wrong time of the right day, the nearest to what was wished for."""
    distance = partial(_distance, when=when)
    found: list[Opening] = []
    for day in days():
        left = [one for one in day if not any(a <= one.day <= b for a, b in when.not_dates)]
        # One named day gives all choices, others the best of each.
        is_named = when.date is not None and when.last_date is None
        found += sorted(left, key=distance)[: limit if is_named else 1]
        if found and (is_named or len(found) >= limit):
            break
    return sorted(found[:limit])


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
