"""Delete conversations, with what was booked in them: when a visitor asks for it, and when they are old."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from bot.booking.appointments import forget_appointments, has_coming_appointment, lock_appointments
from bot.inbox.delivery import check_token, forget_conversation, idle_conversations, lock_idle, lock_to_forget
from bot.settings import settings

_log = logging.getLogger(__name__)


def forget_everything(conversation_id: str, token: str) -> None:
    """Delete everything that was said and booked in the conversation.

    Raises:
        ConversationNotFoundError: for an unknown id or a wrong token alike; an expired token will do.
    """
    check_token(conversation_id, token)
    with transaction.atomic():
        # In the order in which a turn locks them, so that the two cannot wait for each other.
        lock_appointments(conversation_id)
        lock_to_forget(conversation_id)
        _forget(conversation_id)


def forget_old() -> int:
    """Delete conversations without a word for `retention_days`, except those with a coming visit; return how many.

    Safe in several processes at once: each conversation is locked and looked at again before it is deleted.
    """
    before = timezone.now() - dt.timedelta(days=settings().retention_days)
    count = sum(_forget_if_old(conversation_id, before) for conversation_id in idle_conversations(before))
    if count:
        _log.info("deleted %s conversations that were %s days old", count, settings().retention_days)
    return count


def _forget_if_old(conversation_id: str, before: dt.datetime) -> bool:
    with transaction.atomic():
        lock_appointments(conversation_id)
        if not lock_idle(conversation_id, before) or has_coming_appointment(conversation_id):
            return False
        _forget(conversation_id)
    return True


def _forget(conversation_id: str) -> None:
    forget_appointments(conversation_id)
    forget_conversation(conversation_id)
