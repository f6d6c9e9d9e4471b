"""What a visitor is offered: the schedule with everything taken out that is booked, held or busy."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from bot.booking.busy_times import busy_between
from bot.booking.models import BOOKED_STATES, AppointmentRow
from bot.booking.schedule import free_visit_at, free_visits
from bot.booking.visits import AppointmentState, Visit, VisitRequest, When
from bot.case import Urgency
from bot.errors import SlotTakenError, VisitTooLateError
from bot.knowledge.model import Practice


def offer_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    when: When | None = None,
    limit: int = 3,
    visit_type: str | None = None,
    conversation_id: str = "",
) -> tuple[Visit, ...]:
    """Return free visits with the stored appointments taken out; arguments as for `free_visits`.

    What the conversation itself holds counts as free.
    """
    taken = taken_visits(practice, now, conversation_id)
    return free_visits(practice, now, when=when, visit_type=visit_type, taken=taken, limit=limit)


def offered_visit(practice: Practice, now: dt.datetime, visit_id: str, *, conversation_id: str = "") -> Visit | None:
    """Return the visit with that `Visit.id` if it is in the schedule and still free, else None.

    What the conversation itself holds counts as free.
    """
    try:
        clinician_id, visit_type, written = visit_id.split("/")
        naive = dt.datetime.fromisoformat(written).utcoffset() is None
        start = dt.datetime.fromisoformat(written).astimezone(practice.time_zone)
    except (ValueError, OverflowError):
        return None
    if naive or all(kind.id != visit_type for kind in practice.visit_types):
        return None
    taken = taken_visits(practice, now, conversation_id)
    return free_visit_at(practice, now, start, visit_type=visit_type, clinician_id=clinician_id, taken=taken)


def check_offered(request: VisitRequest, now: dt.datetime, practice: Practice | None) -> None:
    """Refuse a visit that has begun, is too late for the case, or that the practice does not offer (any more).

    Raises:
        SlotTakenError: it has begun, or is not offered; carries the next best.
        VisitTooLateError: the case must not wait so long.
    """
    visit = request.visit
    today = now.astimezone(visit.start.tzinfo).date()
    if request.urgency is Urgency.EMERGENCY or (request.urgency is Urgency.SAME_DAY and visit.start.date() != today):
        raise VisitTooLateError("The case is too urgent for this visit: say whom to call.")
    gone = visit.start <= now
    if practice is not None and not gone:
        gone = offered_visit(practice, now, visit.id, conversation_id=request.conversation_id) is None
    if gone:
        raise SlotTakenError("The visit is not offered any more: offer others.", next_best(visit, now, practice))


def next_best(visit: Visit, now: dt.datetime, practice: Practice | None, limit: int = 3) -> tuple[Visit, ...]:
    """Return free visits of the same type near one that was lost, nearest first; none where no practice is given."""
    if practice is None or all(kind.id != visit.visit_type for kind in practice.visit_types):
        return ()
    start = visit.start.astimezone(practice.time_zone)
    when = When(date=start.date(), time=start.time())
    return offer_visits(practice, now, when=when, visit_type=visit.visit_type, limit=limit)


def taken_visits(practice: Practice, now: dt.datetime, conversation_id: str = "") -> tuple[Visit, ...]:
    """Return everything that is booked, held by others or busy in the practice's calendar, up to the horizon."""
    last = now + dt.timedelta(days=practice.horizon_days + 2)
    earliest = now - dt.timedelta(days=1)
    held = Q(state=AppointmentState.HELD, held_until__gt=now)
    if conversation_id:
        held &= ~Q(conversation_id=conversation_id) | Q(offered_to__isnull=False)
    rows = AppointmentRow.objects.filter(Q(state__in=BOOKED_STATES) | held, start__gt=earliest, start__lt=last)
    columns = rows.values_list("start", "end", "clinician_id", "visit_type", "buffer_minutes")
    busy = busy_between(earliest, last)
    return (*(Visit(*row) for row in columns), *(Visit(one.start, one.end, one.clinician_id, "") for one in busy))
