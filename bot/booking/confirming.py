"""Confirm a held visit."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.booking.announcements import Change, announce
from bot.booking.changes import locked_row
from bot.booking.encryption import blind_index
from bot.booking.holds import hold_visit
from bot.booking.models import AppointmentRow, AppointmentRows
from bot.booking.offers import check_offered, next_best
from bot.booking.storage.cells import give_up, make_room, occupy
from bot.booking.storage.locking import locked_keys
from bot.booking.storage.records import appointment, contact_columns
from bot.booking.visits import BOOKED_STATES, Appointment, AppointmentState, Attention, Contact, VisitRequest
from bot.errors import AlreadyBookedError, BookingLimitError, SlotTakenError
from bot.knowledge.model import Practice

_log = logging.getLogger(__name__)


def confirm_visit(
    reference: str,
    contact: Contact,
    *,
    now: dt.datetime,
    practice: Practice | None = None,
    another: bool = False,
) -> Appointment:
    """Confirm a held visit within the caller's transaction, announce it, and return it.

    One that was confirmed already is returned as it is, so a retry is harmless. A hold that ended meanwhile is
    confirmed all the same if nobody else took its time.

    Args:
        reference: of the appointment that `hold_visit` returned.
        contact: checked; a phone number or an address is needed.
        now: aware.
        practice: whose schedule must still have the visit; None checks only that it has not begun,
            and sets no limit for a phone number.
        another: True where the visitor knows of the coming visit of the conversation and wants a second one.

    Raises:
        SlotTakenError: the hold ended and somebody else has the visit, or it is not in the schedule any more.
        VisitTooLateError: the case is too urgent for this visit.
        AlreadyBookedError: the conversation has a coming visit.
        BookingLimitError: so many coming visits as the practice allows are booked under the phone number.
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        # Locked before they are counted, so that of two at once the later one counts the other.
        locked_keys(_with_contact(contact, now))
        row = locked_row(reference)
        if row.state not in BOOKED_STATES:
            _confirm(row, contact, now, practice, another=another)
        return appointment(row)


def book_visit(request: VisitRequest, *, practice: Practice | None = None) -> Appointment:
    """Hold and confirm a visit at once within the caller's transaction, and return it.

    The same key in the same conversation returns the same appointment until it is cancelled.

    Args:
        request: what the visitor confirmed, which may be long after it was offered.
        practice: whose schedule must still have the visit; None checks only that it has not begun.

    Raises:
        SlotTakenError: somebody else has the visit, it has begun, or it is not in the schedule any more.
        VisitTooLateError: the request is too urgent for this visit.
    """
    now = timezone.now()
    with transaction.atomic():
        held = hold_visit(request, now=now, practice=practice)
        return confirm_visit(held.reference, request.contact, now=now, another=True)


def _confirm(
    row: AppointmentRow, contact: Contact, now: dt.datetime, practice: Practice | None, *, another: bool
) -> None:
    _check_conversation(row, now, another=another)
    _check_phone(contact, now, practice)
    _check_still_offered(row, now, practice)
    if row.state != AppointmentState.HELD:
        _take_again(row, now, practice)
    for name, value in contact_columns(contact).items():
        setattr(row, name, value)
    row.state, row.held_until, row.attention = AppointmentState.CONFIRMED, None, Attention.NEW
    row.offered_to = None
    row.save()
    announce(appointment(row), Change.BOOKED)
    _log.info("booked %s", row.reference)


def _with_contact(contact: Contact, now: dt.datetime) -> AppointmentRows:
    """Return the coming visits that are booked under the phone number; under the address where there is no number."""
    phone, email = blind_index("phone", contact.phone), blind_index("email", contact.email)
    coming = AppointmentRow.objects.coming(now)
    if phone:
        return coming.filter(phone_index=phone)
    return coming.filter(phone_index="", email_index=email) if email else coming.none()


def _check_conversation(row: AppointmentRow, now: dt.datetime, *, another: bool) -> None:
    coming = AppointmentRow.objects.coming(now).order_by("start")
    first = coming.filter(conversation_id=row.conversation_id).first()
    if first is not None and not another:
        raise AlreadyBookedError(first.reference)


def _check_phone(contact: Contact, now: dt.datetime, practice: Practice | None) -> None:
    # Who types somebody else's number must not learn what is booked under it: only the number of visits counts.
    if practice is not None and _with_contact(contact, now).count() >= practice.visits_per_phone:
        raise BookingLimitError("Too many visits are booked under this phone number: say the practice's number.")


def _check_still_offered(row: AppointmentRow, now: dt.datetime, practice: Practice | None) -> None:
    held = appointment(row)
    if row.state not in (AppointmentState.HELD, AppointmentState.EXPIRED):
        raise SlotTakenError("The visit was given up: offer others.", next_best(held.visit, now, practice))
    request = VisitRequest("", row.conversation_id, held.visit, urgency=held.urgency)
    check_offered(request, now, practice)


def _take_again(row: AppointmentRow, now: dt.datetime, practice: Practice | None) -> None:
    visit = appointment(row).visit
    try:
        with transaction.atomic():
            give_up(row)
            make_room(visit, now)
            row.state, row.held_until = AppointmentState.HELD, now
            row.save()
            occupy(row, visit)
    except IntegrityError:
        raise SlotTakenError(
            "The hold ended and somebody else has the visit: offer others.", next_best(visit, now, practice)
        ) from None
