"""Store requests to be called by the practice."""

from __future__ import annotations

import logging
from typing import Any

from bot.booking.models import CallBackRow
from bot.booking.requests import CallBack, CallBackState, CallTime
from bot.booking.storage.locking import stored_once
from bot.booking.storage.records import contact_columns
from bot.booking.storage.references import CALL_BACK, key_digest, new_reference
from bot.booking.visits import Contact, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.case import Urgency

_log = logging.getLogger(__name__)


def request_call_back(
    conversation_id: str,
    contact: Contact,
    reason: str,
    key: str,
    *,
    urgency: Urgency = Urgency.NONE,
    time: CallTime | None = None,
) -> str:
    """Store a call-back request within the caller's transaction and return its reference.

    The same key in the same conversation returns the same reference. What is told anew about reason or time replaces
    what was stored, and a request that staff have closed is open again: the visitor asks once more.
    """
    digest = key_digest(conversation_id, key)
    told = _told(contact, reason, urgency, time or CallTime())
    row = stored_once(
        lambda: CallBackRow.objects.filter(key_digest=digest).first(),
        lambda: _insert(conversation_id, digest, told),
    )
    if row.state != CallBackState.OPEN or any(value != getattr(row, name) for name, value in told.items() if value):
        _renew(row, told)
    return row.reference


def call_backs_of(conversation_id: str) -> tuple[CallBack, ...]:
    """Return the call-back requests of a conversation, newest first."""
    rows = CallBackRow.objects.filter(conversation_id=conversation_id).order_by("-created_at", "-pk")
    return tuple(call_back(row) for row in rows)


def call_back(row: CallBackRow) -> CallBack:
    """Return the row as a frozen type."""
    return CallBack(
        reference=row.reference,
        contact=Contact(name=row.name, phone=row.phone, email=row.email),
        reason=row.reason,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        urgency=Urgency(row.urgency),
        state=CallBackState(row.state),
        note=row.note,
        handled_by=row.handled_by,
        handled_at=row.handled_at,
        time=CallTime(wish_from_json(row.wish) if row.wish else Wish(), row.wish_words),
    )


def _told(contact: Contact, reason: str, urgency: Urgency, time: CallTime) -> dict[str, Any]:
    return {
        **contact_columns(contact),
        "reason": reason,
        "urgency": urgency.value,
        "wish": wish_to_json(time.wish) if time.wish != Wish() else {},
        "wish_words": time.words,
    }


def _insert(conversation_id: str, digest: str, told: dict[str, Any]) -> CallBackRow:
    reference = new_reference(CALL_BACK)
    row = CallBackRow.objects.create(reference=reference, conversation_id=conversation_id, key_digest=digest, **told)
    _log.info("call back %s", row.reference)
    return row


def _renew(row: CallBackRow, told: dict[str, Any]) -> None:
    for name, value in told.items():
        if value:
            setattr(row, name, value)
    row.state, row.handled_by, row.handled_at = CallBackState.OPEN, "", None
    row.save()
