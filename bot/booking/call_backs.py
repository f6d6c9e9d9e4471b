"""Store requests to be called by the practice."""

from __future__ import annotations

import logging

from bot.booking.models import CallBackRow
from bot.booking.requests import CallBack, CallBackState
from bot.booking.storage.locking import stored_once
from bot.booking.storage.records import contact_columns
from bot.booking.storage.references import CALL_BACK, key_digest, new_reference
from bot.booking.visits import Contact
from bot.case import Urgency

_log = logging.getLogger(__name__)


def request_call_back(
    conversation_id: str, contact: Contact, reason: str, key: str, *, urgency: Urgency = Urgency.NONE
) -> str:
    """Store a call-back request within the caller's transaction and return its reference.

    The same key in the same conversation returns the same reference.
    """
    digest = key_digest(conversation_id, key)
    row = stored_once(
        lambda: CallBackRow.objects.filter(key_digest=digest).first(),
        lambda: _insert(conversation_id, contact, reason, digest, urgency),
    )
    return row.reference


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
    )


def _insert(conversation_id: str, contact: Contact, reason: str, digest: str, urgency: Urgency) -> CallBackRow:
    row = CallBackRow.objects.create(
        reference=new_reference(CALL_BACK),
        conversation_id=conversation_id,
        key_digest=digest,
        reason=reason,
        urgency=urgency,
        **contact_columns(contact),
    )
    _log.info("call back %s", row.reference)
    return row
