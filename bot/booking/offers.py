"""What a visitor is offered: the schedule with everything taken out that is booked, held or busy."""

from __future__ import annotations

import datetime as dt
from functools import partial

from bot.booking.schedule.free_visits import free_visit_at, free_visits, visits_in_order
from bot.booking.schedule.meeting_wishes import meets
from bot.booking.schedule.openings import is_closed
from bot.booking.schedule.taken import TakenByWeek
from bot.booking.visits import Offers, Patient, Visit, VisitRequest, When, Wish
from bot.case import Urgency
from bot.errors import SlotTakenError, VisitTooLateError
from bot.knowledge.model import Practice, VisitType

_FEW_DAYS = 3


def find_offers(
    practice: Practice,
    now: dt.datetime,
    wish: Wish,
    *,
    urgency: Urgency = Urgency.NONE,
    patient: Patient | None = None,
    conversation_id: str = "",
    limit: int = 3,
) -> Offers:
    """Return what a visitor with that wish and urgency is offered.

    An emergency is offered nothing. A same-day case is offered today's visits and nothing else. A case that has to be
    seen soon is offered the practice's next `soon_days` and, where they are full, what comes first, with `call` set.

    Args:
        practice: who works when.
        now: aware.
        wish: may be empty.
        urgency: how soon the visitor needs care.
        patient: decides the type of visit.
        conversation_id: what this conversation itself holds counts as free.
        limit: at most so many.
    """
    if urgency is Urgency.EMERGENCY:
        return Offers((), met=False, call=True)
    kind, taken = visit_type_for(practice, patient).id, TakenByWeek(practice, now, conversation_id)
    offered = partial(free_visits, practice, now, wish=wish, visit_type=kind, taken=taken, limit=limit)
    visits = offered(last_day=last_day_for(practice, urgency, now), lead_minutes=lead_minutes(practice, urgency))
    late = not visits and urgency is Urgency.SOON
    if late:
        visits = offered()
    # Beside times that fit nothing else is shown.
    fitting = tuple(visit for visit in visits if meets(visit, wish, practice))
    met, visits = bool(fitting), fitting or visits
    return Offers(visits, met, call=late or not visits, closed=_closed(wish.when, practice))


def _closed(when: When, practice: Practice) -> tuple[dt.date, ...]:
    """Return the days wished for, by themselves or as a few in a row, on none of which the practice is open."""
    closed: dict[dt.date, None] = {}
    for one in when.options:
        last = one.last_date or one.date
        if one.date is None or last is None or (last - one.date).days > _FEW_DAYS:
            continue
        days = [one.date + dt.timedelta(days=later) for later in range((last - one.date).days + 1)]
        if all(is_closed(practice, day) for day in days):
            closed.update(dict.fromkeys(days))
    return tuple(closed)


def visit_type_for(practice: Practice, patient: Patient | None) -> VisitType:
    """Return the first type that such patients come for, a free one before others; any where there is none."""
    fitting = [
        kind
        for kind in practice.visit_types
        if patient is None or (kind.new_patients if patient is Patient.NEW else kind.existing_patients)
    ]
    return next((kind for kind in fitting if kind.free), (fitting or practice.visit_types)[0])


def lead_minutes(practice: Practice, urgency: Urgency) -> int:
    """Return the shortest time between now and a visit for such a case, in minutes."""
    return practice.same_day_lead_minutes if urgency is Urgency.SAME_DAY else practice.lead_minutes


def last_day_for(practice: Practice, urgency: Urgency, now: dt.datetime) -> dt.date | None:
    """Return the last local day on which such a case may be seen, None where it can wait; `now` is aware."""
    days = {Urgency.SAME_DAY: 0, Urgency.SOON: practice.soon_days}.get(urgency)
    return None if days is None else now.astimezone(practice.time_zone).date() + dt.timedelta(days=days)


def offer_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    when: When | None = None,
    limit: int = 3,
    visit_type: str | None = None,
) -> tuple[Visit, ...]:
    """Return free visits with the stored appointments taken out; arguments as for `free_visits`."""
    wish = Wish(when or When())
    return free_visits(practice, now, wish=wish, visit_type=visit_type, taken=TakenByWeek(practice, now), limit=limit)


def offered_visit(
    practice: Practice,
    now: dt.datetime,
    visit_id: str,
    *,
    conversation_id: str = "",
    urgency: Urgency = Urgency.NONE,
    moving: str = "",
) -> Visit | None:
    """Return the visit with that `Visit.id` if it is in the schedule and still free, else None.

    The urgency decides the lead time. What the conversation itself holds counts as free, and so does the time of the
    appointment with the reference `moving`.
    """
    try:
        clinician_id, visit_type, written = visit_id.split("/")
        naive = dt.datetime.fromisoformat(written).utcoffset() is None
        start = dt.datetime.fromisoformat(written).astimezone(practice.time_zone)
    except (ValueError, OverflowError):
        return None
    if naive or all(kind.id != visit_type for kind in practice.visit_types):
        return None
    return free_visit_at(
        practice,
        now,
        start,
        visit_type=visit_type,
        clinician_id=clinician_id,
        taken=TakenByWeek(practice, now, conversation_id, moving),
        lead_minutes=lead_minutes(practice, urgency),
    )


def free_on(
    practice: Practice, now: dt.datetime, day: dt.date, visit_type: str, *, moving: str = ""
) -> tuple[Visit, ...]:
    """Return every free visit of one local day, of each clinician, by start; for staff, who need no lead time."""
    taken = TakenByWeek(practice, now, moving=moving)
    wishes = (Wish(When(date=day), clinician_id=who.id) for who in practice.clinicians)
    found = (
        visits_in_order(practice, now, wish, visit_type=visit_type, taken=taken, lead_minutes=0) for wish in wishes
    )
    return tuple(sorted((visit for visits in found for visit in visits), key=lambda visit: (visit.start, visit.id)))


def check_offered(request: VisitRequest, now: dt.datetime, practice: Practice | None, *, moving: str = "") -> None:
    """Refuse a visit that has begun, is too late for the case, or that the practice does not offer (any more).

    `moving` is the reference of the appointment that is to be moved; its time counts as free.

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
        own = {"conversation_id": request.conversation_id, "moving": moving}
        gone = offered_visit(practice, now, visit.id, urgency=request.urgency, **own) is None
    if gone:
        raise SlotTakenError("The visit is not offered any more: offer others.", next_best(visit, now, practice))


def next_best(visit: Visit, now: dt.datetime, practice: Practice | None, limit: int = 3) -> tuple[Visit, ...]:
    """Return free visits of the same type near one that was lost, nearest first; none where no practice is given."""
    if practice is None or all(kind.id != visit.visit_type for kind in practice.visit_types):
        return ()
    start = visit.start.astimezone(practice.time_zone)
    when = When(date=start.date(), time=start.time())
    return offer_visits(practice, now, when=when, visit_type=visit.visit_type, limit=limit)
