"""Translation between Rasa's slots and entities and the types of `bot.case`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa_sdk import Tracker

from bot.case import Case, Choice, Finding, Question, Reading, Side, Status, Tense, Urgency, Who

SURE_REPLY = 0.4
"""Confidence below which a bare yes, no or "not sure" is a guess and answers nothing."""

_REPLIES = frozenset({"affirm", "deny", "unsure", "skip", "cancel"})
_UNREAD = "nlu_fallback"


@dataclass(frozen=True, slots=True)
class Heard:
    """The visitor's latest message.

    Attributes:
        intent: name of the intent, empty when there is none.
        confidence: 0 to 1.
        text: as typed, or the labels of the pressed choices.
        entities: as Rasa holds them.
    """

    intent: str
    confidence: float
    text: str
    entities: tuple[Mapping[str, Any], ...]

    def values(self, entity: str) -> list[Any]:
        """Return the values of an entity, in order."""
        return [item.get("value") for item in self.entities if item.get("entity") == entity]


def heard_from(tracker: Tracker) -> Heard:
    """Return the latest message."""
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    name, confidence = intent.get("name") or "", float(intent.get("confidence") or 0.0)
    return Heard(
        intent=_UNREAD if name in _REPLIES and confidence < SURE_REPLY else name,
        confidence=confidence,
        text=message.get("text") or "",
        entities=tuple(message.get("entities") or ()),
    )


def case_from(tracker: Tracker) -> Case:
    """Return everything said so far."""
    return Case.from_json(tracker.get_slot("case"))


def urgency_from(tracker: Tracker) -> Urgency:
    """Return the urgency noted so far."""
    return Urgency(tracker.get_slot("urgency") or Urgency.NONE)


def question_from(tracker: Tracker) -> Question | None:
    """Return the question that waits for an answer."""
    value = tracker.get_slot("question")
    if not value:
        return None
    fields = dict(value)
    fields["choices"] = tuple(Choice(**choice) for choice in fields["choices"])
    fields["findings"] = tuple(fields["findings"])
    return Question(**fields)


def question_slot(question: Question | None) -> dict[str, Any] | None:
    """Return the value of the slot `question`."""
    return None if question is None else json.loads(json.dumps(asdict(question)))


def reading_from(heard: Heard) -> Reading:
    """Return what the component FindingReader read in the message."""
    findings = tuple(_finding(item) for item in heard.entities if item.get("entity") == "finding")
    who = _first(heard, "who")
    return Reading(
        findings=findings,
        age_years=_first(heard, "age_years"),
        duration_days=_first(heard, "duration_days"),
        severity_0_10=_first(heard, "severity_0_10"),
        who=Who(who) if who else None,
        named_causes=tuple(heard.values("named_cause")),
        sites=tuple(heard.values("site")),
    )


def is_empty(reading: Reading) -> bool:
    """Return whether nothing was read."""
    return reading == Reading()


def _first(heard: Heard, entity: str) -> Any:
    return next(iter(heard.values(entity)), None)


def _finding(entity: Mapping[str, Any]) -> Finding:
    side = entity.get("side")
    return Finding(
        id=str(entity["value"]),
        status=Status(entity.get("status") or Status.PRESENT),
        side=Side(side) if side else None,
        start=int(entity.get("start") or 0),
        end=int(entity.get("end") or 0),
        tense=Tense(entity.get("tense") or Tense.NOW),
    )
