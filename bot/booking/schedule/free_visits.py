"""Free visits of the schedule: what the clinicians' hours leave, within what the visitor wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.booking.schedule.choosing import choose
from bot.booking.schedule.meeting_wishes import clinicians_wished, meets
from bot.booking.schedule.openings import Bounds, Openings, WhatIsTaken, visit_type_of
from bot.booking.visits import Visit, Wish
from bot.knowledge.model import Practice


def free_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    wish: Wish | None = None,
    visit_type: str | None = None,
    taken: WhatIsTaken = (),
    limit: int = 3,
    last_day: dt.date | None = None,
    lead_minutes: int | None = None,
) -> tuple[Visit, ...]:
    """Return up to `limit` openings from `now` (aware). Pure.

    Args:
        practice: who works when.
        now: aware; nothing before `now` plus the lead time is offered.
        wish: None for any visit. With a precise time the result is ordered by nearness to it, so the first is the
            wished one if it is free; otherwise by start. Where nothing fits, the next openings after it. Weekdays are
            kept to where anything is free on them, the clinician, gender or language likewise, `before` always.
        visit_type: id; None for the first free type.
        taken: visits that are not free any more, or a function from a Monday to what is taken in its week.
        limit: at most so many.
        last_day: last local day that may be offered; None for the practice's horizon.
        lead_minutes: None for the practice's.

    Raises:
        InputError: the practice has no such visit type.
    """
    wish = wish or Wish()
    kind, taken = visit_type_of(practice, visit_type), taken if callable(taken) else tuple(taken)
    for bounds in _bounds(practice, wish, last_day, lead_minutes):
        openings = Openings(practice, now, kind, taken, bounds)
        if chosen := choose(openings, wish.when, limit):
            return tuple(openings.visit(opening) for opening in chosen)
    return ()


def free_visit_at(
    practice: Practice,
    now: dt.datetime,
    start: dt.datetime,
    *,
    visit_type: str | None = None,
    clinician_id: str | None = None,
    taken: WhatIsTaken = (),
    lead_minutes: int | None = None,
) -> Visit | None:
    """Return the visit that starts exactly at `start` (aware) if it can be booked, else None. Pure.

    Args:
        practice: who works when.
        now: aware.
        start: aware, in any time zone.
        visit_type: id; None for the first free type.
        clinician_id: None for whoever is free.
        taken: visits that are not free any more, or a function from a Monday to what is taken in its week.
        lead_minutes: None for the practice's.
    """
    clinicians = None if clinician_id is None else frozenset({clinician_id})
    bounds = Bounds(clinicians=clinicians, lead_minutes=lead_minutes)
    openings = Openings(practice, now, visit_type_of(practice, visit_type), taken, bounds)
    found = openings.on(start.astimezone(practice.time_zone).date())
    return next((openings.visit(opening) for opening in found if opening.epoch == start.timestamp()), None)


def visits_in_order(
    practice: Practice,
    now: dt.datetime,
    wish: Wish,
    *,
    visit_type: str | None = None,
    taken: WhatIsTaken = (),
    lead_minutes: int | None = None,
) -> Iterator[Visit]:
    """Yield every opening that meets the whole wish, soonest first; arguments as for `free_visits`. Pure."""
    bounds = next(iter(_bounds(practice, wish, None, lead_minutes)))
    openings = Openings(practice, now, visit_type_of(practice, visit_type), taken, bounds)
    for day in openings.days(wish.when.date, wish.when.last_date or wish.when.date):
        for opening in day:
            if meets(visit := openings.visit(opening), wish, practice):
                yield visit


def _bounds(practice: Practice, wish: Wish, last_day: dt.date | None, lead_minutes: int | None) -> Iterator[Bounds]:
    """Yield what is tried in turn: the whole wish, without its weekdays, and then with anybody."""
    wished = clinicians_wished(practice, wish)
    weekdays = frozenset(wish.weekdays or range(7)) - frozenset(wish.when.not_weekdays)
    days = (weekdays, frozenset(range(7))) if len(weekdays) < 7 else (weekdays,)
    for clinicians in dict.fromkeys((wished, None)):
        for admitted in days:
            yield Bounds(clinicians, admitted, wish.before, last_day, lead_minutes)
