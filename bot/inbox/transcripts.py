"""What staff read (being written)."""

from __future__ import annotations

import datetime as dt

from bot.inbox.messages import ConversationSummary, TranscriptEntry


def list_conversations(before: dt.datetime | None = None, limit: int = 50) -> tuple[ConversationSummary, ...]:
    """Return conversations by last activity, newest first; `before` pages on."""
    raise NotImplementedError


def read_transcript(conversation_id: str) -> tuple[TranscriptEntry, ...]:
    """Return every line in order. Raises ConversationNotFoundError."""
    raise NotImplementedError
