"""Store and find appointments."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from bot.booking.call_backs import call_backs, request_call_back
from bot.booking.encryption import blind_index
from bot.booking.models import LIVE_STATES, AppointmentCell, AppointmentRow, CallBackRow
from bot.booking.records import appointment, appointments, insert_appointment, is_taken
from bot.booking.references import key_digest, tidy_reference
from bot.booking.schedule import free_visit_at, free_visits
from bot.booking.visits import Appointment, AppointmentState, Visit, VisitRequest, When
from bot.errors import AppointmentNotFoundError, SlotTakenError
from bot.knowledge.model import Practice

__all__ = [
    "appointments_of",
    "book_visit",
    "call_backs",
    "cancel_appointment",
    "find_appointment",
    "find_appointments",
    "forget_appointments",
    "has_coming_appointment",
    "offer_visits",
    "offered_visit",
    "request_call_back",
    "upcoming_appointments",
]

_log = logging.getLogger(__name__)

_TRIES = 5


def offer_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    when: When | None = None,
    limit: int = 3,
    visit_type: str | None = None,
) -> tuple[Visit, ...]:
    """Return free visits with the stored appointments taken out; arguments as for `free_visits`."""
    return free_visits(practice, now, when=when, visit_type=visit_type, taken=_taken(practice, now), limit=limit)


def offered_visit(practice: Practice, now: dt.datetime, visit_id: str) -> Visit | None:
    """Return the visit with that `Visit.id` if it is in the schedule and still free, else None."""
    try:
        clinician_id, visit_type, written = visit_id.split("/")
        naive = dt.datetime.fromisoformat(written).utcoffset() is None
        start = dt.datetime.fromisoformat(written).astimezone(practice.time_zone)
    except (ValueError, OverflowError):
        return None
    if naive or all(kind.id != visit_type for kind in practice.visit_types):
        return None
    taken = _taken(practice, now)
    return free_visit_at(practice, now, start, visit_type=visit_type, clinician_id=clinician_id, taken=taken)


def book_visit(request: VisitRequest, *, practice: Practice | None = None) -> Appointment:
    """Store a confirmed appointment within the caller's transaction and return it.

    The same key in the same conversation returns the same appointment until it is cancelled. That no two live
    appointments of a clinician overlap is kept by unique constraints, so it holds for any number of processes.

    Args:
        request: what the visitor confirmed, which may be long after it was offered.
        practice: whose schedule must still have the visit; None checks only that it has not begun.

    Raises:
        SlotTakenError: somebody else has the visit, it has begun, or it is not in the schedule any more.
    """
    digest = key_digest(request.conversation_id, request.key)
    for _ in range(_TRIES):
        if row := AppointmentRow.objects.filter(key_digest=digest).first():
            return appointment(row)
        _check_still_offered(request.visit, practice)
        try:
            with transaction.atomic():
                row = insert_appointment(request, digest)
        except IntegrityError:
            # The savepoint is rolled back, so the database can tell which constraint it was: the key, the time or,
            # when neither is there, the reference or an appointment that was cancelled meanwhile.
            if not AppointmentRow.objects.filter(key_digest=digest).exists() and is_taken(request.visit):
                raise SlotTakenError("The visit is not free any more: offer others.") from None
            continue
        _log.info("booked %s", row.reference)
        return appointment(row)
    raise SlotTakenError("The visit could not be booked: offer others.")


def cancel_appointment(reference: str) -> Appointment:
    """Cancel a live appointment, free its time and its key, and return it; one not live any more is returned as it is.

    Raises:
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        rows = AppointmentRow.objects.filter(reference=tidy_reference(reference))
        # One statement decides, so that a cancellation and another change cannot both win.
        live = rows.filter(state__in=LIVE_STATES)
        # The key is given up too: who books the same again afterwards means a new appointment.
        if live.update(state=AppointmentState.CANCELLED, key_digest=key_digest("cancelled", tidy_reference(reference))):
            AppointmentCell.objects.filter(appointment__in=rows).delete()
        if (row := rows.first()) is None:
            raise AppointmentNotFoundError("There is no appointment with that reference: check it letter by letter.")
    return appointment(row)


def find_appointment(reference: str, phone: str) -> Appointment | None:
    """Return the appointment if both its reference (as typed) and its phone number (E.164) match, else None."""
    row = AppointmentRow.objects.filter(
        reference=tidy_reference(reference), phone_index=blind_index("phone", phone)
    ).first()
    return appointment(row) if row else None


def find_appointments(*, phone: str = "", email: str = "") -> tuple[Appointment, ...]:
    """Return the appointments booked with that phone number (E.164) or that normalised address, newest first."""
    matches = Q()
    if phone:
        matches |= Q(phone_index=blind_index("phone", phone))
    if email:
        matches |= Q(email_index=blind_index("email", email))
    return appointments(AppointmentRow.objects.filter(matches).order_by("-created_at", "-id")) if matches else ()


def appointments_of(conversation_id: str) -> tuple[Appointment, ...]:
    """Return the appointments of a conversation, newest first."""
    return appointments(AppointmentRow.objects.filter(conversation_id=conversation_id).order_by("-created_at", "-id"))


def has_coming_appointment(conversation_id: str) -> bool:
    """Tell whether a live appointment of the conversation has not ended."""
    rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
    return rows.filter(state__in=LIVE_STATES, end__gt=timezone.now()).exists()


def upcoming_appointments(limit: int = 200, offset: int = 0) -> tuple[Appointment, ...]:
    """Return live appointments that have not ended, soonest first, for staff."""
    rows = AppointmentRow.objects.filter(state__in=LIVE_STATES, end__gt=timezone.now()).order_by("start", "id")
    return appointments(rows[offset : offset + limit])


def forget_appointments(conversation_id: str) -> int:
    """Delete a conversation's appointments and call-back requests; return how many."""
    with transaction.atomic():
        rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
        AppointmentCell.objects.filter(appointment__in=rows).delete()
        count = rows.delete()[0]
        return count + CallBackRow.objects.filter(conversation_id=conversation_id).delete()[0]


def _check_still_offered(visit: Visit, practice: Practice | None) -> None:
    now = timezone.now()
    if visit.start <= now or (practice is not None and offered_visit(practice, now, visit.id) is None):
        raise SlotTakenError("The visit is not offered any more: offer others.")


def _taken(practice: Practice, now: dt.datetime) -> tuple[Visit, ...]:
    last = now + dt.timedelta(days=practice.horizon_days + 2)
    earliest = now - dt.timedelta(days=1)
    rows = AppointmentRow.objects.filter(state__in=LIVE_STATES, start__gt=earliest, start__lt=last)
    columns = rows.values_list("start", "end", "clinician_id", "visit_type", "buffer_minutes")
    return tuple(Visit(*row) for row in columns)
