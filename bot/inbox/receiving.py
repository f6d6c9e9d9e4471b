"""Receive what a visitor writes or presses: check it, then commit it before anybody thinks about it."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from bot.errors import ConversationLimitError, InputError
from bot.inbox.bells import published, received
from bot.inbox.messages import Author, Receipt
from bot.inbox.models import Conversation, Entry, Message
from bot.inbox.opening import lock_conversation
from bot.settings import settings

TEXT_LENGTH = 1_000
FIRST_LINE_LENGTH = 80
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MINUTE = dt.timedelta(minutes=1)


def is_key(text: str) -> bool:
    """Tell whether a client may use the text as the key of a message: 8 to 64 of `A-Za-z0-9_-`."""
    return _KEY.fullmatch(text) is not None


def receive_text(conversation_id: str, key: str, text: str) -> Receipt:
    """Commit a typed message before anybody thinks about it.

    Args:
        conversation_id: of a conversation whose token was checked.
        key: made by the client, 8 to 64 of `A-Za-z0-9_-`; the same key stores nothing new, whatever the text is.
        text: 1 to 1,000 characters after Unicode normalisation; of the control characters only line end and tab.

    Raises:
        ConversationLimitError: too many messages in a minute or in the conversation.
        InputError: the key or the text cannot be used.
        ConversationNotFoundError: there is no such conversation.
    """
    _check_key(key)
    cleaned = clean_text(text)
    with transaction.atomic(durable=True):
        conversation = lock_conversation(conversation_id)
        return _earlier(conversation, key) or _store(conversation, Entry(key=key, text=cleaned), ())


def receive_choices(conversation_id: str, key: str, choice_ids: Sequence[str]) -> Receipt:
    """Commit pressed choices of the newest bubble that has any; its choices can be used once.

    Raises:
        ConversationLimitError: too many messages in a minute or in the conversation.
        InputError: a choice is unknown, used or not allowed together with the others; or the key cannot be used.
        ConversationNotFoundError: there is no such conversation.
    """
    _check_key(key)
    with transaction.atomic(durable=True):
        conversation = lock_conversation(conversation_id)
        if earlier := _earlier(conversation, key):
            return earlier
        pressed = _pressed(conversation, choice_ids)
        label = ", ".join(choice["label"] for choice in pressed)
        entry = Entry(key=key, text=label, answers=conversation.offer_seq)
        return _store(conversation, entry, [choice["payload"] for choice in pressed])


def clean_text(text: str) -> str:
    """Return the text as it is stored: in normal form C, with plain line ends, without space around it.

    Raises:
        InputError: it is empty, longer than 1,000 characters, or holds characters that nobody types.
    """
    typed = text.replace("\r\n", "\n").replace("\r", "\n")
    # Cc: control characters, Cs: halves of a surrogate pair, which no database can store.
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in typed):
        raise InputError("The text holds control characters.")
    cleaned = unicodedata.normalize("NFC", typed).strip()
    if not 1 <= len(cleaned) <= TEXT_LENGTH:
        raise InputError(f"The text must have 1 to {TEXT_LENGTH} characters, it has {len(cleaned)}.")
    return cleaned


def _check_key(key: str) -> None:
    if not is_key(key):
        raise InputError("The key must be 8 to 64 letters, digits, hyphens or underscores.")


def _earlier(conversation: Conversation, key: str) -> Receipt | None:
    seq = Entry.objects.filter(conversation=conversation, key=key).values_list("seq", flat=True).first()
    return None if seq is None else Receipt(seq=seq, duplicate=True)


def _pressed(conversation: Conversation, choice_ids: Sequence[str]) -> list[dict[str, str]]:
    offer = Entry.objects.filter(conversation=conversation, seq=conversation.offer_seq).first()
    offered = {choice["id"]: choice for choice in offer.choices} if offer else {}
    if not choice_ids or len(set(choice_ids)) < len(choice_ids) or not set(choice_ids) <= offered.keys():
        raise InputError("unknown choice")
    if offer is not None and len(choice_ids) > 1 and not offer.many:
        raise InputError("one choice only")
    return [choice for choice_id, choice in offered.items() if choice_id in choice_ids]


def _check_limits(conversation: Conversation, now: dt.datetime) -> None:
    if conversation.message_count >= settings().messages_per_conversation:
        raise ConversationLimitError("The conversation has as many messages as it can have.")
    allowed = settings().messages_per_minute
    newest = Message.objects.filter(conversation=conversation, seq__gt=0).order_by("-seq")
    oldest_counted = newest.values_list("received_at", flat=True)[allowed - 1 : allowed].first()
    if oldest_counted is not None and now - oldest_counted < _MINUTE:
        wait = (oldest_counted + _MINUTE - now).total_seconds()
        raise ConversationLimitError("Too many messages within a minute.", retry_after=max(1, math.ceil(wait)))


def _store(conversation: Conversation, entry: Entry, payloads: Sequence[str]) -> Receipt:
    now = timezone.now()
    _check_limits(conversation, now)
    conversation.last_seq += 1
    conversation.message_count += 1
    conversation.last_at = now
    conversation.first_line = conversation.first_line or " ".join(entry.text.split())[:FIRST_LINE_LENGTH]
    conversation.offer_seq = 0 if entry.answers else conversation.offer_seq
    conversation.save(update_fields=["last_seq", "message_count", "last_at", "first_line", "offer_seq"])
    entry.conversation, entry.seq = conversation, conversation.last_seq
    entry.author, entry.created_at = Author.VISITOR, now
    entry.save(force_insert=True)
    Message.objects.create(conversation=conversation, seq=entry.seq, payloads=list(payloads), received_at=now)
    received.ring_on_commit(str(conversation.pk))
    published.ring_on_commit(str(conversation.pk))
    return Receipt(seq=entry.seq, duplicate=False)
