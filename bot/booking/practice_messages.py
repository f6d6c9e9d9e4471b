"""Store what visitors want to tell the practice, and what staff do with it. Nothing of it is published."""

from __future__ import annotations

import datetime as dt
import logging

from bot.booking.models import PracticeMessageRow
from bot.booking.requests import MessageKind, MessageState, PracticeMessage
from bot.booking.storage.locking import stored_once
from bot.booking.storage.records import contact_columns
from bot.booking.storage.references import MESSAGE, key_digest, new_reference, tidy_reference
from bot.booking.visits import Contact
from bot.errors import AlreadyHandledError, AppointmentNotFoundError

WORDS_MAX = 2000
"""Characters of one message that are kept; a visitor's line has 1,000 at most, and a few lines may be joined."""

_log = logging.getLogger(__name__)


def leave_message(conversation_id: str, kind: MessageKind, words: str, contact: Contact, *, key: str = "") -> str:
    """Store a message within the caller's transaction and return its reference.

    The same key in the same conversation is the same message: it gets the contact that is told later, and further words
    are put behind the first ones.

    Args:
        conversation_id: where it was written.
        kind: what it is.
        words: as the visitor wrote them, 1 to `WORDS_MAX` characters are kept.
        contact: for the answer; empty where none is wanted.
        key: of the message; empty for its words.
    """
    digest = key_digest(conversation_id, f"{kind}\n{key or words}")
    row = stored_once(
        lambda: PracticeMessageRow.objects.filter(key_digest=digest).first(),
        lambda: _insert(conversation_id, kind, words, contact, digest),
    )
    _add(row, words, contact)
    return row.reference


def open_messages(limit: int = 200) -> tuple[PracticeMessage, ...]:
    """Return the messages that nobody has dealt with, those in another language first, then the oldest."""
    rows = PracticeMessageRow.objects.filter(state=MessageState.OPEN).order_by("created_at", "pk")
    foreign, others = rows.filter(kind=MessageKind.OTHER_LANGUAGE), rows.exclude(kind=MessageKind.OTHER_LANGUAGE)
    return tuple(_message(row) for row in [*foreign[:limit], *others[:limit]][:limit])


def closed_messages(limit: int = 200) -> tuple[PracticeMessage, ...]:
    """Return the messages that were dealt with, the last one first."""
    rows = PracticeMessageRow.objects.exclude(state=MessageState.OPEN).order_by("-handled_at", "-pk")
    return tuple(_message(row) for row in rows[:limit])


def messages_of(conversation_id: str) -> tuple[PracticeMessage, ...]:
    """Return the messages of a conversation, newest first."""
    rows = PracticeMessageRow.objects.filter(conversation_id=conversation_id).order_by("-created_at", "-pk")
    return tuple(_message(row) for row in rows)


def close_message(
    reference: str, state: MessageState, *, staff: str, now: dt.datetime, note: str = ""
) -> PracticeMessage:
    """Take an open message out of the queue, or with OPEN put a closed one back, and return it.

    Raises:
        AlreadyHandledError: somebody else was faster.
        AppointmentNotFoundError: there is no such reference.
    """
    rows = PracticeMessageRow.objects.filter(reference=tidy_reference(reference))
    won = rows.exclude(state=state).update(state=state, note=note, handled_by=staff, handled_at=now)
    row = rows.first()
    if row is None:
        raise AppointmentNotFoundError("There is no message with that reference.")
    if not won and row.handled_by != staff:
        raise AlreadyHandledError("Somebody else was faster: look at it again.", row.handled_by)
    return _message(row)


def _insert(conversation_id: str, kind: MessageKind, words: str, contact: Contact, digest: str) -> PracticeMessageRow:
    row = PracticeMessageRow.objects.create(
        reference=new_reference(MESSAGE),
        conversation_id=conversation_id,
        key_digest=digest,
        kind=kind,
        reason=words[:WORDS_MAX],
        **contact_columns(contact),
    )
    _log.info("message %s", row.reference)
    return row


def _add(row: PracticeMessageRow, words: str, contact: Contact) -> None:
    """Store what is told later: more words, a contact. A message that staff have closed is open again then."""
    known = Contact(name=row.name, phone=row.phone, email=row.email)
    whole = Contact(contact.name or known.name, contact.phone or known.phone, contact.email or known.email)
    longer = row.reason if words in row.reason else f"{row.reason}\n{words}"[:WORDS_MAX]
    if (whole, longer) == (known, row.reason):
        return
    row.reason, row.state, row.handled_by, row.handled_at = longer, MessageState.OPEN, "", None
    for name, value in contact_columns(whole).items():
        setattr(row, name, value)
    row.save()


def _message(row: PracticeMessageRow) -> PracticeMessage:
    return PracticeMessage(
        reference=row.reference,
        kind=MessageKind(row.kind),
        contact=Contact(name=row.name, phone=row.phone, email=row.email),
        words=row.reason,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        state=MessageState(row.state),
        note=row.note,
        handled_by=row.handled_by,
        handled_at=row.handled_at,
    )
