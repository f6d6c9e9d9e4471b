"""Whether a visit is what the visitor wishes."""

from __future__ import annotations

import datetime as dt

from bot.booking.schedule.choosing import PARTS
from bot.booking.visits import Visit, When, Wish
from bot.knowledge.model import Practice


def clinicians_wished(practice: Practice, wish: Wish) -> frozenset[str] | None:
    """Return the ids of the clinicians who fit, None where nobody in particular is wished for or nobody fits."""
    if not (wish.clinician_id or wish.gender or wish.language):
        return None
    fitting = frozenset(
        who.id
        for who in practice.clinicians
        if wish.clinician_id in ("", who.id)
        and wish.gender in ("", who.gender)
        and (not wish.language or wish.language.lower() in (language.lower() for language in who.languages))
    )
    return fitting or None


def meets(visit: Visit, wish: Wish, practice: Practice) -> bool:
    """Tell whether the visit is on a day, at a time and with somebody that is wished for."""
    start = visit.start.astimezone(practice.time_zone)
    someone = wish.clinician_id or wish.gender or wish.language
    return (
        _meets_day(start.date(), wish)
        and _meets_time(start.time(), wish.when)
        and (wish.before is None or start < wish.before)
        and (not someone or visit.clinician_id in (clinicians_wished(practice, wish) or ()))
    )


def _meets_day(day: dt.date, wish: Wish) -> bool:
    first, last = wish.when.date, wish.when.last_date or wish.when.date
    if first is not None and last is not None and not first <= day <= last:
        return False
    return day.weekday() not in wish.when.not_weekdays and (not wish.weekdays or day.weekday() in wish.weekdays)


def _meets_time(start: dt.time, when: When) -> bool:
    if when.part_of_day in PARTS and start.hour * 60 + start.minute not in PARTS[when.part_of_day]:
        return False
    if when.time is None:
        return True
    if when.bound == "before":
        return start < when.time
    if when.bound is None and when.until is None:
        return start == when.time
    return start >= when.time and (when.until is None or start <= when.until)
