"""Store first, then think: conversations, messages, turns and their events. The one door of the inbox."""

from __future__ import annotations

from bot.inbox.bells import on_forgotten, on_published, on_received
from bot.inbox.opening import (
    OPENING_PAYLOAD,
    check_token,
    forget_conversation,
    idle_conversations,
    lock_idle,
    lock_to_forget,
    open_conversation,
    start_conversation,
)
from bot.inbox.receiving import is_key, receive_choices, receive_text
from bot.inbox.record import events_after, rasa_events, rasa_version, turn_pending
from bot.inbox.turns import MAX_TRIES, claim_turn, complete_turn, fail_turn, release_leases

__all__ = [
    "MAX_TRIES",
    "OPENING_PAYLOAD",
    "check_token",
    "claim_turn",
    "complete_turn",
    "events_after",
    "fail_turn",
    "forget_conversation",
    "idle_conversations",
    "is_key",
    "lock_idle",
    "lock_to_forget",
    "on_forgotten",
    "on_published",
    "on_received",
    "open_conversation",
    "rasa_events",
    "rasa_version",
    "receive_choices",
    "receive_text",
    "release_leases",
    "start_conversation",
    "turn_pending",
]
