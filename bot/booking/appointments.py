"""Find and forget appointments; and everything else about them under one name."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bot.booking.call_backs import request_call_back
from bot.booking.changes import cancel_visit, change_visit, decline_visit
from bot.booking.confirming import book_visit, confirm_visit
from bot.booking.encryption import blind_index
from bot.booking.freed_visits import offer_freed_visits
from bot.booking.holds import expire_holds, hold_visit, release_holds
from bot.booking.links import link_hash, link_token
from bot.booking.models import AppointmentRow, CallBackRow, PracticeMessageRow, WaitingRow
from bot.booking.offers import find_offers, offer_visits, offered_visit
from bot.booking.storage.locking import lock_appointments
from bot.booking.storage.records import appointment, appointments
from bot.booking.storage.references import tidy_reference
from bot.booking.visits import Appointment
from bot.booking.waiting import (
    accept_offer,
    join_waiting_list,
    leave_waiting_list,
    refuse_offer,
    waiting_list,
)

__all__ = [
    "accept_offer",
    "appointments_of",
    "book_visit",
    "cancel_visit",
    "change_visit",
    "confirm_visit",
    "decline_visit",
    "expire_holds",
    "find_appointments",
    "find_by_link",
    "find_by_reference",
    "find_by_reference_and_phone",
    "find_offers",
    "forget_appointments",
    "has_coming_appointment",
    "hold_visit",
    "join_waiting_list",
    "leave_waiting_list",
    "link_token",
    "lock_appointments",
    "offer_freed_visits",
    "offer_visits",
    "offered_visit",
    "refuse_offer",
    "release_holds",
    "request_call_back",
    "upcoming_appointments",
    "waiting_list",
]


def find_by_link(token: str) -> Appointment | None:
    """Return the appointment whose private link holds that token, in any state, else None."""
    return _one(AppointmentRow.objects.filter(link_hash=link_hash(token)).first())


def find_by_reference(reference: str) -> Appointment | None:
    """Return the appointment with that reference as typed, in any state, else None; for staff and the calendar."""
    return _one(AppointmentRow.objects.filter(reference=tidy_reference(reference)).first())


def find_by_reference_and_phone(reference: str, phone: str) -> Appointment | None:
    """Return the appointment if both its reference (as typed) and its phone number (E.164) match, else None."""
    index = blind_index("phone", phone)
    row = AppointmentRow.objects.filter(reference=tidy_reference(reference), phone_index=index).first()
    return _one(row if index else None)


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
    """Tell whether a booked visit of the conversation has not ended."""
    rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
    return rows.coming(timezone.now()).exists()


def upcoming_appointments(limit: int = 200, offset: int = 0) -> tuple[Appointment, ...]:
    """Return booked visits that have not ended, soonest first, for staff."""
    rows = AppointmentRow.objects.coming(timezone.now()).order_by("start", "id")
    return appointments(rows[offset : offset + limit])


def forget_appointments(conversation_id: str) -> int:
    """Delete what a conversation booked, waits for and asked for; return how many. A coming visit is cancelled."""
    with transaction.atomic():
        # Locked first: an offer that is accepted meanwhile is a coming visit, and has to be cancelled.
        lock_appointments(conversation_id)
        rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
        for reference in rows.coming(timezone.now()).values_list("reference", flat=True):
            cancel_visit(reference)
        others = (CallBackRow, PracticeMessageRow, WaitingRow)
        tables = (rows, *(table.objects.filter(conversation_id=conversation_id) for table in others))
        count = sum(table.count() for table in tables)
        for table in tables:
            table.delete()
        return count


def _one(row: AppointmentRow | None) -> Appointment | None:
    return appointment(row) if row else None
