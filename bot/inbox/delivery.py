"""Store first, then think: conversations, messages, turns and their events (being written)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.inbox.messages import Event, Receipt, Turn, TurnOutcome


def start_conversation(page: str = "") -> tuple[str, str]:
    """Store a new conversation; return its id and its secret token (256 bit, shown once, stored hashed)."""
    raise NotImplementedError


def open_conversation(conversation_id: str, token: str) -> None:
    """Check the token. Raises ConversationNotFoundError for an unknown id, a wrong token or an expired one alike."""
    raise NotImplementedError


def receive_text(conversation_id: str, key: str, text: str) -> Receipt:
    """Commit a typed message before anybody thinks about it. Raises ConversationLimitError, InputError."""
    raise NotImplementedError


def receive_choices(conversation_id: str, key: str, choice_ids: Sequence[str]) -> Receipt:
    """Commit pressed choices of the newest bubble that has any. Raises ConversationLimitError, InputError."""
    raise NotImplementedError


def claim_turn(owner: str, lease_seconds: float = 30.0) -> Turn | None:
    """Claim the oldest unanswered message whose conversation no live process works on; None when there is none."""
    raise NotImplementedError


def complete_turn(turn: Turn, outcome: TurnOutcome) -> None:
    """Write Rasa's events, bubbles, what was understood and "answered" in the caller's transaction."""
    raise NotImplementedError


def fail_turn(turn: Turn, bubble_text: str) -> None:
    """Give the turn back for another try, or after the third answer it with `bubble_text` (the phone number)."""
    raise NotImplementedError


def rasa_events(conversation_id: str) -> tuple[Mapping[str, Any], ...]:
    """Return Rasa's events of a conversation as stored, oldest first."""
    raise NotImplementedError


def rasa_version(conversation_id: str) -> int:
    """Return how many of Rasa's events are stored: a cached tracker with another count is stale."""
    raise NotImplementedError


def events_after(conversation_id: str, seq: int, limit: int = 200) -> tuple[Event, ...]:
    """Return the entries after `seq`, in order."""
    raise NotImplementedError


def turn_pending(conversation_id: str) -> bool:
    """Return True while a message waits for its answer."""
    raise NotImplementedError


def forget_conversation(conversation_id: str) -> None:
    """Delete everything that was said in it."""
    raise NotImplementedError
