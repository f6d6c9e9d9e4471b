"""Offer visits that became free to the people on the waiting list, in turn."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace

from django.db import IntegrityError, transaction

from bot.booking.announcements import Change, announce
from bot.booking.holds import expire_holds
from bot.booking.models import OPEN_WAITING, WaitingRow
from bot.booking.requests import WaitingState
from bot.booking.schedule.free_visits import visits_in_order
from bot.booking.schedule.taken import TakenByWeek
from bot.booking.storage.cells import make_room, occupy
from bot.booking.storage.records import appointment, insert_held
from bot.booking.storage.references import key_digest
from bot.booking.storage.waiting_records import close_waiting, offer_of, still_wanted, waiting_entry
from bot.booking.visits import Patient, Visit, VisitRequest
from bot.booking.wish_json import wish_from_json
from bot.case import Urgency
from bot.errors import InputError
from bot.knowledge.model import Practice

MOST_OFFERS = 5
"""Offers that one place on the list gets; who lets all of them pass leaves the list."""

_log = logging.getLogger(__name__)


def offer_freed_visits(practice: Practice, now: dt.datetime) -> int:
    """Hold free visits for those who wait, oldest first, announce each offer, and return how many were made.

    An offer that ran out goes to the next in the row; its place is kept. Safe in several processes at once: each place
    is locked while it is served, and the visit is taken as any other is.
    """
    expire_holds(now)
    count = 0
    keys = WaitingRow.objects.filter(state__in=OPEN_WAITING).order_by("created_at", "pk").values_list("pk", flat=True)
    for key in list(keys):
        with transaction.atomic():
            count += _serve(key, practice, now)
    return count


def _serve(key: int, practice: Practice, now: dt.datetime) -> bool:
    row = WaitingRow.objects.select_for_update().filter(pk=key, state__in=OPEN_WAITING).first()
    if row is None or (row.state == WaitingState.OFFERED and offer_of(row)):
        return False
    if not still_wanted(row, now) or len(row.refused) >= MOST_OFFERS:
        close_waiting(row, WaitingState.LEFT)
        return False
    row.state = WaitingState.WAITING
    row.save()
    visit = _earliest(row, practice, now)
    return visit is not None and _offer(row, visit, practice, now)


def _earliest(row: WaitingRow, practice: Practice, now: dt.datetime) -> Visit | None:
    wish = wish_from_json(row.wish)
    limits = [limit for limit in (wish.before, row.appointment and row.appointment.start) if limit]
    wish = replace(wish, before=min(limits, default=None))
    taken = TakenByWeek(practice, now)
    lead = practice.lead_minutes + practice.waiting_offer_minutes
    try:
        visits = visits_in_order(practice, now, wish, visit_type=row.visit_type, taken=taken, lead_minutes=lead)
        return next((visit for visit in visits if visit.id not in row.refused), None)
    except InputError:
        # The practice has given this type of visit up.
        return None


def _offer(row: WaitingRow, visit: Visit, practice: Practice, now: dt.datetime) -> bool:
    until = now + dt.timedelta(minutes=practice.waiting_offer_minutes)
    contact = waiting_entry(row).contact
    request = VisitRequest(
        key="",
        conversation_id=row.conversation_id,
        visit=visit,
        contact=contact,
        reason=row.reason,
        patient=Patient(row.patient) if row.patient else None,
        urgency=Urgency(row.urgency),
    )
    try:
        with transaction.atomic():
            make_room(visit, now)
            held = insert_held(request, key_digest(row.reference, visit.id), until, row)
            occupy(held, visit)
    except IntegrityError:
        # Somebody was faster: the next round looks for another one.
        return False
    row.state, row.refused = WaitingState.OFFERED, [*row.refused, visit.id]
    row.save()
    announce(appointment(held), Change.OFFERED)
    _log.info("offered %s to %s", held.reference, row.reference)
    return True
