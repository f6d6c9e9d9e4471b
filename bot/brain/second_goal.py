"""Two goals in one message: its clauses, and which of them wants something else than the message as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Sentences end at these marks; within one, a comma, a dash or "and" may begin another goal.
_SENTENCE_END = re.compile(r"[.?!;\n]+|\s[-\u2013\u2014]+\s|\u2026")
_JOINT = re.compile(r",|\b(?:and|but|also|so|plus|or)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2
# The first and the last clauses hold a visitor's wishes; a copied page has no more of them.
_MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message and where it lies in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What a clause is for: an intent, how sure it is (0 to 1), and where the clause lies."""

    intent: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoalRules:
    """Which intents are goals.

    Attributes:
        groups: number of its group for each intent that can be a goal.
        courtesies: intents that any goal outranks.
        least_confidence: of a clause's intent, 0 to 1.
    """

    groups: Mapping[str, int]
    courtesies: frozenset[str]
    least_confidence: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> GoalRules:
        """Return the rules of the component's configuration."""
        groups = {intent: number for number, group in enumerate(config["goals"]) for intent in group}
        return cls(groups, frozenset(config["courtesies"]), float(config["least_confidence"]))


def clauses(text: str) -> list[Clause]:
    """Return the sentences of a text and the clauses within them; nothing where it has only one clause."""
    found = list(_clauses(text))
    if len(found) > _MOST_CLAUSES:
        found = found[: _MOST_CLAUSES // 2] + found[-_MOST_CLAUSES // 2 :]
    return found if len(found) > 1 else []


def goals_of(main: tuple[str, float], goals: Sequence[Goal], rules: GoalRules) -> tuple[tuple[str, float], Goal | None]:
    """Return the intent of a message with its confidence, and its second goal if it has one.

    Args:
        main: intent of the message as a whole, and its confidence.
        goals: intents of its clauses.
        rules: which of them can be goals.
    """
    sure = [goal for goal in goals if goal.intent in rules.groups and goal.confidence >= rules.least_confidence]
    if main[0] in rules.courtesies and sure:
        first = max(sure, key=lambda goal: goal.confidence)
        main = (first.intent, first.confidence)
    group = rules.groups.get(main[0])
    others = [goal for goal in sure if rules.groups[goal.intent] != group] if group is not None else []
    return main, max(others, key=lambda goal: goal.confidence, default=None)


def _clauses(text: str) -> Iterator[Clause]:
    for start, end in _between(_SENTENCE_END, text, 0, len(text)):
        parts = [span for span in _between(_JOINT, text, start, end) if _counts(text, *span)]
        spans = parts if len(parts) > 1 else [(start, end)]
        yield from (Clause(text[first:last], first, last) for first, last in spans if _counts(text, first, last))


def _between(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in mark.finditer(text, start, end):
        yield _stripped(text, start, found.start())
        start = found.end()
    yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    kept = part.strip()
    first = start + len(part) - len(part.lstrip()) if kept else start
    return first, first + len(kept)


def _counts(text: str, start: int, end: int) -> bool:
    return len(_WORD.findall(text[start:end])) >= _FEWEST_WORDS
