"""Turns: claimed under a lease in the database, so that of all processes one works on a conversation at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bot.case import Urgency, most_urgent
from bot.errors import TurnLostError
from bot.inbox.bells import published, received
from bot.inbox.messages import Author, Bubble, OfferedChoice, Turn, TurnOutcome, Understanding
from bot.inbox.models import Conversation, Entry, Message, RasaEvent, Understood
from bot.inbox.opening import parse_id

MAX_TRIES = 3


def claim_turn(owner: str, lease_seconds: float = 30.0) -> Turn | None:
    """Claim the oldest unanswered message whose conversation no live process works on; None when there is none.

    Args:
        owner: names the process, at most 150 characters without `/`.
        lease_seconds: after this time others may claim the turn.
    """
    if not _claimable().exists():
        return None
    with transaction.atomic():
        # Both rows are locked: PostgreSQL then checks the newest version of both, not those of its snapshot.
        locked = _claimable().select_for_update(skip_locked=True, of=("self", "conversation"))
        message = locked.select_related("conversation").order_by("pk").first()
        if message is None:
            return None
        conversation = message.conversation
        conversation.lease = f"{owner}/{uuid.uuid4().hex}"
        conversation.lease_until = _until(lease_seconds)
        conversation.save(update_fields=["lease", "lease_until"])
        message.tries += 1
        message.save(update_fields=["tries"])
        text = Entry.objects.filter(conversation=conversation, seq=message.seq).values_list("text", flat=True).first()
    return Turn(
        conversation_id=str(conversation.pk),
        seq=message.seq,
        text=text or "",
        payloads=tuple(message.payloads),
        tries=message.tries,
        lease=conversation.lease,
    )


def release_leases(is_dead: Callable[[str], bool]) -> int:
    """End the leases of owners that are known to be dead, so that nobody waits for their time; return how many."""
    held = Conversation.objects.exclude(lease="")
    dead = [lease for lease in held.values_list("lease", flat=True) if is_dead(lease.rpartition("/")[0])]
    return held.filter(lease__in=dead).update(lease="", lease_until=None) if dead else 0


def complete_turn(turn: Turn, outcome: TurnOutcome) -> None:
    """Write Rasa's events, bubbles, what was understood and "answered" in the caller's transaction.

    The caller rolls everything back when this raises, so that nothing is done twice.

    Raises:
        TurnLostError: the lease ended and another process has the turn, or the visitor deleted the conversation.
    """
    with transaction.atomic():
        conversation = _held(turn)
        _write_rasa_events(conversation, outcome)
        _write_understanding(conversation, turn.seq, outcome.understanding)
        if outcome.outcome != "open":
            conversation.outcome = outcome.outcome
        if outcome.brief is not None:
            conversation.brief = dict(outcome.brief)
        _answer(conversation, turn, outcome.bubbles)


def fail_turn(turn: Turn, bubble_text: str) -> None:
    """Give the turn back for another try, or after the third answer it with `bubble_text` (the phone number).

    Raises:
        TurnLostError: as `complete_turn`.
    """
    with transaction.atomic():
        conversation = _held(turn)
        if turn.tries < MAX_TRIES:
            _release(conversation)
            return
        conversation.outcome = "failed"
        _answer(conversation, turn, [Bubble(text=bubble_text)])


def _claimable() -> QuerySet[Message]:
    free = Q(conversation__lease_until__isnull=True) | Q(conversation__lease_until__lt=timezone.now())
    return Message.objects.filter(free, answered_at__isnull=True)


def _until(lease_seconds: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=lease_seconds)


def _held(turn: Turn) -> Conversation:
    rows = Conversation.objects.select_for_update().filter(pk=parse_id(turn.conversation_id), lease=turn.lease)
    conversation = rows.exclude(lease="").first()
    if conversation is None:
        raise _lost()
    return conversation


def _lost() -> TurnLostError:
    return TurnLostError("Another process has taken the turn over, or the conversation was deleted: roll back.")


def _release(conversation: Conversation) -> None:
    conversation.lease, conversation.lease_until = "", None
    conversation.save(update_fields=["lease", "lease_until"])
    received.ring_on_commit(str(conversation.pk))


def _write_rasa_events(conversation: Conversation, outcome: TurnOutcome) -> None:
    first = conversation.rasa_version
    RasaEvent.objects.bulk_create(
        RasaEvent(conversation=conversation, index=first + place, event=dict(event))
        for place, event in enumerate(outcome.rasa_events)
    )
    conversation.rasa_version += len(outcome.rasa_events)


def _write_understanding(conversation: Conversation, seq: int, understanding: Understanding) -> None:
    Understood.objects.create(
        conversation=conversation,
        seq=seq,
        intent=understanding.intent,
        confidence=understanding.confidence,
        findings=[dict(finding) for finding in understanding.findings],
        causes=list(understanding.causes),
        urgency=understanding.urgency,
        red_flags=list(understanding.red_flags),
    )
    conversation.urgency = most_urgent([Urgency(conversation.urgency), Urgency(understanding.urgency)])


def _answer(conversation: Conversation, turn: Turn, bubbles: Sequence[Bubble]) -> None:
    now = timezone.now()
    waiting = Message.objects.filter(conversation=conversation, seq=turn.seq, answered_at__isnull=True)
    if not waiting.update(answered_at=now):
        raise _lost()
    for seq, bubble in enumerate(bubbles, start=conversation.last_seq + 1):
        _write_bubble(conversation, seq, bubble, now)
    conversation.last_seq += len(bubbles)
    conversation.last_at = now
    conversation.lease, conversation.lease_until = "", None
    conversation.save()
    published.ring_on_commit(str(conversation.pk))


def _write_bubble(conversation: Conversation, seq: int, bubble: Bubble, now: dt.datetime) -> None:
    if bubble.choices:
        conversation.offer_seq = seq
    Entry.objects.create(
        conversation=conversation,
        seq=seq,
        author=Author.BOT,
        text=bubble.text,
        kind=bubble.kind,
        many=bubble.many,
        choices=[_stored_choice(seq, place, choice) for place, choice in enumerate(bubble.choices, start=1)],
        created_at=now,
    )


def _stored_choice(seq: int, place: int, choice: OfferedChoice) -> dict[str, str | bool]:
    # The id names the bubble: a "yes" pressed late can never answer the question after it.
    return {"id": f"{seq}-{place}", "label": choice.label, "payload": choice.payload, "alone": choice.alone}
