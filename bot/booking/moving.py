"""What a visitor may do with a booked visit on their own, and where it can be moved."""

from __future__ import annotations

import datetime as dt

from bot.booking.offers import last_day_for, lead_minutes
from bot.booking.schedule.free_visits import visits_in_order
from bot.booking.schedule.taken import TakenByWeek
from bot.booking.visits import Appointment, Visit, When, Wish
from bot.knowledge.model import Practice


def may_change(appointment: Appointment, practice: Practice, now: dt.datetime) -> bool:
    """Tell whether the visitor may still move or cancel the visit without a call; `now` is aware."""
    cut_off = dt.timedelta(hours=practice.cutoff_hours)
    return appointment.is_booked and now + cut_off <= appointment.visit.start


def days_to_move_to(
    appointment: Appointment, practice: Practice, now: dt.datetime, first_day: dt.date | None = None, limit: int = 5
) -> tuple[tuple[Visit, ...], ...]:
    """Return free visits of the same type, those of one day together, on up to `limit` days from `first_day`.

    The time of the appointment itself counts as free, so that it can be moved by less than its length. A case that has
    to be seen today or soon can be moved within that time only.
    """
    lead = lead_minutes(practice, appointment.urgency)
    last_day = last_day_for(practice, appointment.urgency, now)
    taken = TakenByWeek(practice, now, appointment.conversation_id, appointment.reference)
    wish = Wish(when=When(date=first_day, last_date=dt.date.max)) if first_day else Wish()
    days: dict[dt.date, list[Visit]] = {}
    kind = appointment.visit.visit_type
    if all(known.id != kind for known in practice.visit_types):
        return ()
    for visit in visits_in_order(practice, now, wish, visit_type=kind, taken=taken, lead_minutes=lead):
        day = visit.start.date()
        if (last_day and day > last_day) or (day not in days and len(days) == limit):
            break
        if visit.id != appointment.visit.id:
            days.setdefault(day, []).append(visit)
    return tuple(tuple(visits) for visits in days.values())
