"""The waiting list: who wants an earlier visit, and what is answered to an offer."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from bot.booking.changes import change_visit, locked_row
from bot.booking.confirming import confirm_visit
from bot.booking.models import OPEN_WAITING, AppointmentRow, WaitingRow
from bot.booking.offers import visit_type_for
from bot.booking.requests import WaitingEntry, WaitingRequest, WaitingState
from bot.booking.storage.locking import locked_keys, stored_once
from bot.booking.storage.records import appointment
from bot.booking.storage.references import key_digest, tidy_reference
from bot.booking.storage.waiting_records import (
    close_waiting,
    end_offer,
    insert_waiting,
    offer_of,
    still_wanted,
    waiting_entry,
)
from bot.booking.visits import BOOKED_STATES, Appointment, Contact, Party, Visit
from bot.errors import AppointmentClosedError, AppointmentNotFoundError, SlotTakenError
from bot.knowledge.model import Practice

_log = logging.getLogger(__name__)


def join_waiting_list(request: WaitingRequest, *, now: dt.datetime, practice: Practice) -> WaitingEntry:
    """Store the wish for an earlier visit within the caller's transaction, last in the row, and return it.

    The same key, the same appointment or, without one, the same conversation keeps its place in the row.

    Raises:
        AppointmentNotFoundError: there is no appointment with the request's reference.
        AppointmentClosedError: that appointment is not booked any more, or has begun.
    """
    with transaction.atomic():
        booked = locked_row(request.reference) if request.reference else None
        if booked is not None and (booked.state not in BOOKED_STATES or booked.start <= now):
            raise AppointmentClosedError("The appointment is cancelled, declined or over: book a new one.")
        visit_type = request.visit_type or (
            booked.visit_type if booked else visit_type_for(practice, request.patient).id
        )
        digest = key_digest(request.conversation_id, f"waiting {request.key}")
        row = stored_once(
            lambda: _waiting_already(request, booked, digest),
            lambda: insert_waiting(request, booked, digest, now, visit_type),
        )
        return waiting_entry(row)


def leave_waiting_list(reference: str) -> WaitingEntry:
    """Give the place up, and with it a visit that is offered; one that is not open any more is returned as it is.

    Raises:
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        row = _locked(reference)
        if row.state in OPEN_WAITING:
            end_offer(row)
            close_waiting(row, WaitingState.LEFT)
        return waiting_entry(row)


def accept_offer(reference: str, visit: Visit, *, now: dt.datetime) -> Appointment:
    """Take the visit that is offered within the caller's transaction, announce the change, and return the appointment.

    An appointment that the visitor has is moved and keeps its reference and uid; without one the offer is confirmed.
    Accepting twice changes nothing.

    Args:
        reference: of the place on the waiting list (`Appointment.offered_to` of the offer).
        visit: that the visitor was offered; an offer that came after it is not taken.
        now: aware.

    Raises:
        SlotTakenError: the offer has ended, or there is none.
        AppointmentClosedError: the appointment was cancelled meanwhile.
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        row = _locked(reference)
        if row.state == WaitingState.ACCEPTED and row.appointment and appointment(row.appointment).visit == visit:
            return appointment(row.appointment)
        offer = offer_of(row)
        if offer is None or offer.start <= now or appointment(offer).visit != visit:
            raise SlotTakenError("The offer has ended: the place on the waiting list is kept.")
        if not still_wanted(row, now):
            raise AppointmentClosedError("The appointment is cancelled, declined or over: book a new one.")
        booked = _take(row, offer, now)
        row.appointment = AppointmentRow.objects.get(reference=booked.reference)
        close_waiting(row, WaitingState.ACCEPTED)
    _log.info("accepted %s", row.reference)
    return booked


def refuse_offer(reference: str, visit: Visit) -> WaitingEntry:
    """Give the offered visit back, where it is still offered, and keep the place; it is not offered to it again.

    Raises:
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        row = _locked(reference)
        offer = offer_of(row)
        if offer is not None and appointment(offer).visit == visit:
            end_offer(row)
            row.state = WaitingState.WAITING
            row.save()
        return waiting_entry(row)


def has_accepted(reference: str) -> bool:
    """Tell whether the appointment with that reference was made or moved by accepting an offer."""
    return WaitingRow.objects.filter(appointment__reference=reference, state=WaitingState.ACCEPTED).exists()


def waiting_list(limit: int = 200) -> tuple[WaitingEntry, ...]:
    """Return the open places in the order in which they are served, for staff."""
    rows = WaitingRow.objects.filter(state__in=OPEN_WAITING).select_related("appointment")
    return tuple(waiting_entry(row) for row in rows.order_by("created_at", "pk")[:limit])


def _waiting_already(request: WaitingRequest, booked: AppointmentRow | None, digest: str) -> WaitingRow | None:
    rows = WaitingRow.objects.filter(state__in=OPEN_WAITING, appointment=booked)
    same = rows if booked else rows.filter(conversation_id=request.conversation_id)
    return WaitingRow.objects.filter(key_digest=digest).first() or same.first()


def _locked(reference: str) -> WaitingRow:
    rows = WaitingRow.objects.filter(reference=tidy_reference(reference))
    locked_keys(AppointmentRow.objects.filter(waiting__in=rows))
    row = rows.select_for_update().first()
    if row is None:
        raise AppointmentNotFoundError("There is no place on the waiting list with that reference.")
    return row


def _take(row: WaitingRow, offer: AppointmentRow, now: dt.datetime) -> Appointment:
    if row.appointment is None:
        return confirm_visit(offer.reference, Contact(row.name, row.phone, row.email), now=now, another=True)
    visit = appointment(offer).visit
    end_offer(row)
    return change_visit(row.appointment.reference, visit, by=Party.VISITOR, now=now)
