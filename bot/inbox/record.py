"""Read back what is stored: entries, Rasa's events, and whether an answer is owed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import ConversationNotFoundError
from bot.inbox.messages import Author, Event, OfferedChoice
from bot.inbox.models import Conversation, Entry, Message, RasaEvent
from bot.inbox.opening import parse_id


def rasa_events(conversation_id: str) -> tuple[Mapping[str, Any], ...]:
    """Return Rasa's events of a conversation as stored, oldest first."""
    events = RasaEvent.objects.filter(conversation_id=parse_id(conversation_id)).order_by("index")
    return tuple(events.values_list("event", flat=True))


def rasa_version(conversation_id: str) -> int:
    """Return how many of Rasa's events are stored, 0 for an unknown conversation.

    A cached tracker with another count is stale.
    """
    stored = Conversation.objects.filter(pk=parse_id(conversation_id)).values_list("rasa_version", flat=True)
    return stored.first() or 0


def events_after(conversation_id: str, seq: int, limit: int | None = 200) -> tuple[Event, ...]:
    """Return the entries after `seq`, in order, at most `limit`; None for all.

    Raises:
        ConversationNotFoundError: there is no such conversation.
    """
    conversation = Conversation.objects.filter(pk=parse_id(conversation_id))
    entries = Entry.objects.filter(conversation__in=conversation, seq__gt=seq).order_by("seq")[:limit]
    # One statement: where a turn ended between two, the choices that it offers would be told as closed.
    events = tuple(_event(entry, entry.conversation.offer_seq) for entry in entries.select_related("conversation"))
    if not events and not conversation.exists():
        raise ConversationNotFoundError("There is no such conversation.")
    return events


def turn_pending(conversation_id: str) -> bool:
    """Return True while a message, or the opening of the conversation, waits for its answer."""
    return Message.objects.filter(conversation_id=parse_id(conversation_id), answered_at__isnull=True).exists()


def _event(entry: Entry, offer_seq: int) -> Event:
    """Return the row as the type that leaves this room; `offer_seq` is the bubble whose choices are open."""
    return Event(
        seq=entry.seq,
        author=Author(entry.author),
        text=entry.text,
        created_at=entry.created_at,
        choices=tuple(OfferedChoice(**choice) for choice in entry.choices),
        many=entry.many,
        kind=entry.kind,
        key=entry.key,
        answers=entry.answers,
        open=entry.seq == offer_seq,
    )
