"""Store and find appointments and call-back requests (being written)."""

from __future__ import annotations

import datetime as dt

from bot.booking.visits import Appointment, Contact, Visit, VisitRequest, When
from bot.knowledge.model import Practice


def offer_visits(
    practice: Practice, now: dt.datetime, *, when: When | None = None, limit: int = 3
) -> tuple[Visit, ...]:
    """Return free visits with the stored appointments taken out."""
    raise NotImplementedError


def book_visit(request: VisitRequest) -> Appointment:
    """Store a confirmed appointment within the caller's transaction and return it; the same key returns the same.

    Raises:
        SlotTakenError: somebody else has the visit.
    """
    raise NotImplementedError


def request_call_back(conversation_id: str, contact: Contact, reason: str, key: str) -> str:
    """Store a call-back request and return its reference; the same key returns the same."""
    raise NotImplementedError


def appointments_of(conversation_id: str) -> tuple[Appointment, ...]:
    """Return the appointments of a conversation, newest first."""
    raise NotImplementedError


def upcoming_appointments(limit: int = 200, offset: int = 0) -> tuple[Appointment, ...]:
    """Return live appointments by start, soonest first, for staff."""
    raise NotImplementedError


def forget_appointments(conversation_id: str) -> int:
    """Delete a conversation's appointments and call-back requests; return how many."""
    raise NotImplementedError
