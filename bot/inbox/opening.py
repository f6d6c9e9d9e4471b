"""Start, open and forget a conversation."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
import secrets
import uuid
from typing import TypeGuard
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from bot.errors import ConversationLimitError, ConversationNotFoundError
from bot.inbox.bells import forgotten, received
from bot.inbox.models import Conversation, Message, Visitor
from bot.settings import settings

OPENING_PAYLOAD = "/start_conversation"
TOKEN_BYTES = 32


def start_conversation(page: str = "", *, address: str = "") -> tuple[str, str]:
    """Store a new conversation and its hidden opening turn; return its id and its secret token.

    The token has 256 bits, is shown once and stored hashed. The opening turn has seq 0, no text and the payload
    `/start_conversation`: its answer is the bot's greeting.

    Args:
        page: address of the page with the widget; only its path is kept.
        address: network address of the visitor, counted by its hash; empty for callers that are not counted.

    Raises:
        ConversationLimitError: the address started too many conversations within the hour.
    """
    now = timezone.now()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        if address:
            _count_visitor(address, now)
        conversation = Conversation.objects.create(
            token_hash=_hash(token), page=_path(page), started_at=now, last_at=now
        )
        Message.objects.create(conversation=conversation, seq=0, payloads=[OPENING_PAYLOAD], received_at=now)
        received.ring_on_commit(str(conversation.pk))
    return str(conversation.pk), token


def open_conversation(conversation_id: str, token: str) -> None:
    """Check the token.

    Raises:
        ConversationNotFoundError: for an unknown id, a wrong token or an expired one alike.
    """
    conversation = _with_token(conversation_id)
    idle = dt.timedelta(hours=settings().conversation_idle_hours)
    if not _matches(conversation, token) or conversation.last_at + idle < timezone.now():
        raise _not_found()


def check_token(conversation_id: str, token: str) -> None:
    """Check the token, also an expired one: it still lets its owner delete the conversation.

    Raises:
        ConversationNotFoundError: for an unknown id or a wrong token alike.
    """
    if not _matches(_with_token(conversation_id), token):
        raise _not_found()


def lock_to_forget(conversation_id: str) -> None:
    """Lock the conversation until the caller's transaction ends.

    A turn that is being committed ends first; one that has only booked so far finds no conversation when it completes,
    and rolls back.

    Raises:
        ConversationNotFoundError: it is gone already.
    """
    lock_conversation(conversation_id)


def idle_conversations(before: dt.datetime) -> tuple[str, ...]:
    """Return the ids of conversations in which nothing happened since `before`, oldest first."""
    rows = Conversation.objects.filter(last_at__lt=before).order_by("last_at")
    return tuple(str(identifier) for identifier in rows.values_list("pk", flat=True))


def lock_idle(conversation_id: str, before: dt.datetime) -> bool:
    """Lock the conversation until the caller's transaction ends, if it is there and still idle since `before`."""
    rows = Conversation.objects.select_for_update().filter(pk=parse_id(conversation_id), last_at__lt=before)
    return rows.first() is not None


def forget_conversation(conversation_id: str) -> None:
    """Delete everything that was said in it; an unknown conversation is forgotten already."""
    with transaction.atomic():
        Conversation.objects.filter(pk=parse_id(conversation_id)).delete()
        forgotten.ring_on_commit(conversation_id)


def parse_id(conversation_id: str) -> uuid.UUID:
    """Return the id as a UUID.

    Raises:
        ConversationNotFoundError: it is none.
    """
    try:
        return uuid.UUID(conversation_id)
    except ValueError:
        raise ConversationNotFoundError("There is no such conversation.") from None


def lock_conversation(conversation_id: str) -> Conversation:
    """Return the conversation, locked until the transaction around this call ends.

    Raises:
        ConversationNotFoundError: there is none.
    """
    conversation = Conversation.objects.select_for_update().filter(pk=parse_id(conversation_id)).first()
    if conversation is None:
        raise ConversationNotFoundError("There is no such conversation.")
    return conversation


def _count_visitor(address: str, now: dt.datetime) -> None:
    allowed = settings().new_conversations_per_hour
    step = dt.timedelta(hours=1) / allowed
    key = settings().secret_key.encode()
    address_hash = hmac.new(key, address.encode(), hashlib.sha256).hexdigest()
    # Locked as it is read, because between two statements another process might delete it; and locked before others
    # are deleted, without waiting for theirs, so that two processes never wait for each other.
    visitor, _ = Visitor.objects.select_for_update().get_or_create(pk=address_hash, defaults={"paid_until": now})
    expired = Visitor.objects.select_for_update(skip_locked=True).filter(paid_until__lt=now).exclude(pk=address_hash)
    Visitor.objects.filter(pk__in=list(expired.values_list("pk", flat=True))).delete()
    paid_until = max(visitor.paid_until, now) + step
    excess = paid_until - now - dt.timedelta(hours=1)
    if excess > dt.timedelta(0):
        raise ConversationLimitError("Too many new conversations.", retry_after=math.ceil(excess.total_seconds()))
    Visitor.objects.filter(pk=address_hash).update(paid_until=paid_until)


def _with_token(conversation_id: str) -> Conversation | None:
    return Conversation.objects.filter(pk=parse_id(conversation_id)).only("token_hash", "last_at").first()


def _matches(conversation: Conversation | None, token: str) -> TypeGuard[Conversation]:
    # The comparison is made for an unknown id too, so that its answer takes no less time.
    matches = hmac.compare_digest(conversation.token_hash if conversation else "", _hash(token))
    return conversation is not None and matches


def _not_found() -> ConversationNotFoundError:
    return ConversationNotFoundError("There is no such conversation, or its token is wrong or expired.")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _path(page: str) -> str:
    # Query and fragment may hold what a visitor searched for.
    try:
        path = urlsplit(page).path
    except ValueError:
        return ""
    return "".join(character for character in path if character.isprintable())[:300]
