"""Translation between Rasa's slots and messages and the types of `bot.case`: the one place that turns them back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa_sdk import Tracker

from actions import wiring
from bot.case import Case, Question, Reading, Urgency
from bot.knowledge.model import IntentMeaning


@dataclass(frozen=True, slots=True)
class Heard:
    """The visitor's latest message.

    Attributes:
        meaning: of its intent; that of a message not understood where the intent is no more than a guess.
        confidence: of the intent, 0 to 1.
        text: as typed, or the labels of the pressed choices.
        reading: everything that was read in it; empty for pressed choices.
        entities: what pressed choices carry, as Rasa holds it.
    """

    meaning: IntentMeaning
    confidence: float
    text: str
    reading: Reading
    entities: tuple[Mapping[str, Any], ...]

    def values(self, entity: str) -> list[Any]:
        """Return the values that pressed choices carry under a name, in order."""
        return [item.get("value") for item in self.entities if item.get("entity") == entity]


def heard_from(tracker: Tracker) -> Heard:
    """Return the latest message."""
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    confidence = float(intent.get("confidence") or 0.0)
    return Heard(
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
