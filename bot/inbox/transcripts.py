"""What staff read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from bot.errors import ConversationNotFoundError
from bot.inbox.messages import ConversationSummary, TranscriptEntry, Understanding
from bot.inbox.models import Conversation, Understood
from bot.inbox.opening import parse_id
from bot.inbox.record import events_after


def list_conversations(
    before: dt.datetime | None = None, limit: int = 50, before_id: str = ""
) -> tuple[ConversationSummary, ...]:
    """Return conversations by last activity, newest first.

    Args:
        before: pages on: `last_at` of the last row of the page before.
        limit: rows of a page.
        before_id: `id` of that row, so that others of the same moment are not passed over.

    Raises:
        ConversationNotFoundError: `before_id` is no id.
    """
    rows = Conversation.objects.order_by("-last_at", "-pk")
    if before is not None:
        older = Q(last_at__lt=before)
        rows = rows.filter(older | Q(last_at=before, pk__lt=parse_id(before_id)) if before_id else older)
    return tuple(_summary(row) for row in rows[:limit])


def read_transcript(conversation_id: str) -> tuple[TranscriptEntry, ...]:
    """Return every line in order, with what was understood where the visitor spoke.

    Raises:
        ConversationNotFoundError: there is no such conversation.
    """
    events = events_after(conversation_id, 0, limit=None)
    rows = Understood.objects.filter(conversation_id=parse_id(conversation_id))
    understood = {row.seq: _understanding(row) for row in rows}
    return tuple(TranscriptEntry(event, understood.get(event.seq)) for event in events)


def read_brief(conversation_id: str) -> Mapping[str, Any]:
    """Return the clinician brief of a conversation as plain values, empty until a symptom was told.

    Raises:
        ConversationNotFoundError: there is no such conversation.
    """
    stored = Conversation.objects.filter(pk=parse_id(conversation_id)).values_list("brief", flat=True).first()
    if stored is None:
        raise ConversationNotFoundError("There is no such conversation.")
    brief: Mapping[str, Any] = stored
    return brief


def _summary(row: Conversation) -> ConversationSummary:
    return ConversationSummary(
        id=str(row.pk),
        started_at=row.started_at,
        last_at=row.last_at,
        first_line=row.first_line,
        messages=row.message_count,
        urgency=row.urgency,
        outcome=row.outcome,
    )


def _understanding(row: Understood) -> Understanding:
    return Understanding(
        intent=row.intent,
        confidence=row.confidence,
        findings=tuple(row.findings),
        causes=tuple(row.causes),
        urgency=row.urgency,
        red_flags=tuple(row.red_flags),
    )
