"""Between the table of the waiting list and its frozen types."""

from __future__ import annotations

import datetime as dt
import logging

from bot.booking.models import AppointmentRow, WaitingRow
from bot.booking.requests import WaitingEntry, WaitingRequest, WaitingState
from bot.booking.storage.cells import give_up
from bot.booking.storage.records import appointment, contact_columns
from bot.booking.storage.references import WAITING, key_digest, new_reference
from bot.booking.visits import BOOKED_STATES, AppointmentState, Contact
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.case import Urgency

_log = logging.getLogger(__name__)


def insert_waiting(
    request: WaitingRequest, booked: AppointmentRow | None, digest: str, now: dt.datetime, visit_type: str
) -> WaitingRow:
    """Store a place on the waiting list.

    Raises:
        IntegrityError: the key or the reference exists already, or the appointment waits already.
    """
    row = WaitingRow.objects.create(
        reference=new_reference(WAITING),
        conversation_id=request.conversation_id,
        key_digest=digest,
        created_at=now,
        appointment=booked,
        visit_type=visit_type,
        patient=request.patient or "",
        urgency=request.urgency,
        reason=request.reason,
        wish=wish_to_json(request.wish),
        **contact_columns(request.contact),
    )
    _log.info("waiting %s", row.reference)
    return row


def waiting_entry(row: WaitingRow) -> WaitingEntry:
    """Return the row as a frozen type; the contact of its appointment counts where there is one."""
    booked = appointment(row.appointment) if row.appointment else None
    offer = offer_of(row)
    return WaitingEntry(
        reference=row.reference,
        state=WaitingState(row.state),
        conversation_id=row.conversation_id,
        contact=booked.contact if booked else Contact(row.name, row.phone, row.email),
        wish=wish_from_json(row.wish),
        visit_type=row.visit_type,
        created_at=row.created_at,
        urgency=Urgency(row.urgency),
        appointment=booked,
        offered=appointment(offer).visit if offer else None,
        offer_until=offer.held_until if offer else None,
    )


def offer_of(row: WaitingRow) -> AppointmentRow | None:
    """Return the held visit that is offered to the place at present, also when its time has just run out."""
    return row.offers.filter(state=AppointmentState.HELD).order_by("-pk").first()


def end_offer(row: WaitingRow) -> None:
    """Free the visit that is offered to the place at present."""
    for offer in row.offers.select_for_update().filter(state=AppointmentState.HELD):
        give_up(offer)
        offer.state = AppointmentState.EXPIRED
        offer.save()


def still_wanted(row: WaitingRow, now: dt.datetime) -> bool:
    """Tell whether an earlier visit is still of use: without an appointment always, else until it begins."""
    booked = row.appointment
    return booked is None or (booked.state in BOOKED_STATES and booked.start > now)


def close_waiting(row: WaitingRow, state: WaitingState) -> None:
    """Store that the place is not open any more, and give its key up: who joins again means a new place."""
    row.state, row.key_digest = state, key_digest("closed", row.reference)
    row.save()
