"""Translation between Rasa's slots and messages and the types of `bot.case`: the one place that turns them back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rasa_sdk import Tracker

from actions import wiring
from bot.booking.words.visit_words import declines_visit
from bot.case import Case, Question, Reading, Urgency
from bot.conversation.latest_message import LatestMessage


def heard_from(tracker: Tracker) -> LatestMessage:
    """Return the latest message."""
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    confidence = float(intent.get("confidence") or 0.0)
    return LatestMessage(
        meaning=wiring.meanings().sure(intent.get("name") or "", confidence),
        confidence=confidence,
        text=message.get("text") or "",
        reading=Reading.from_json(message.get("reading")),
        entities=tuple(message.get("entities") or ()),
    )


def heard_at(tracker: Tracker) -> float:
    """Return the time of the latest message, which tells it from an equal one."""
    return next((event["timestamp"] for event in reversed(tracker.events) if event.get("event") == "user"), 0.0)


def case_from(tracker: Tracker) -> Case:
    """Return everything said so far."""
    return Case.from_json(tracker.get_slot("case"))


def urgency_from(tracker: Tracker) -> Urgency:
    """Return the urgency noted so far."""
    return Urgency(tracker.get_slot("urgency") or Urgency.NONE)


def question_from(tracker: Tracker) -> Question | None:
    """Return the question that waits for an answer."""
    return Question.from_json(tracker.get_slot("question"))


def question_slot(question: Question | None) -> dict[str, Any] | None:
    """Return the value of the slot `question`."""
    return None if question is None else json.loads(json.dumps(asdict(question)))


def refuses_more(tracker: Tracker) -> bool:
    """Return whether the message, to no open form or question, says nothing but that all is to stay as it is."""
    heard = heard_from(tracker)
    is_open = tracker.active_loop_name or question_from(tracker) is not None
    return not is_open and not heard.entities and declines_visit(heard.text)
