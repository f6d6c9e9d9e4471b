"""Visitors who type freely: what they have, and what they write when the bot asks."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.conversations.wordings import Wordings
from bot.case import Case, Question, Status
from bot.evaluation.patients import Patient
from bot.triage.screening import NO, NONE, UNSURE, YES

_SIDE_QUESTION = 0.25
"""How often a message of a drawn visitor holds a question to the practice beside what it tells."""

_PRESSES = 0.3
"""How often a drawn visitor copies the words of a choice in place of own words."""

_TOLD_AT_ONCE = 2
"""Most findings that a drawn visitor names in one answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a visitor.

    Attributes:
        told: findings that the message tells, with the status that the visitor means.
        asks: topics of `data/practice.yml` that it asks about.
    """

    text: str
    told: Mapping[str, Status] = field(default_factory=dict)
    asks: tuple[str, ...] = ()


class Visitor(Protocol):
    """Somebody who begins a conversation and answers."""

    key: str
    causes: frozenset[str]

    def opening(self) -> Said:
        """Return the first message."""

    def answer(self, question: Question | None) -> Said | None:
        """Return the answer to what the bot asks, or what is said where it asks nothing; None ends the conversation."""

    def after_result(self) -> Iterable[Said]:
        """Yield what is said after causes or an alarm were told."""


class DrawnVisitor:
    """A patient drawn from the knowledge, who tells each finding in the words of a statement of the corpus."""

    def __init__(self, key: str, cause: str, patient: Patient, opening: Case, words: Wordings, seed: str) -> None:
        self.key = key
        self.causes = frozenset({cause})
        self._patient = patient
        self._words = words
        self._chance = random.Random(seed)
        self._opening = [finding.id for finding in opening.findings]
        self._left = [item for item in sorted(patient.present) if item not in self._opening and words.tells(item)]

    def opening(self) -> Said:
        """Return the place and one or two findings."""
        return self._beside(self._telling(self._opening))

    def answer(self, question: Question | None) -> Said | None:
        """Answer as one who has what was drawn; where nothing is asked, tell a finding that was not told."""
        if question is None:
            return self._telling([self._left[0]]) if self._left else None
        has = [item for item in question.findings if item in self._patient.present]
        return self._beside(self._having(has, question) if has else self._lacking(question))

    def after_result(self) -> Iterable[Said]:
        """Yield a question to the practice."""
        yield self._asking(Said(""))

    def _having(self, has: list[str], question: Question) -> Said:
        labels = {choice.id: choice.label for choice in question.choices}
        if YES not in labels or self._chance.random() >= _PRESSES:
            told = [item for item in has if self._words.tells(item)][:_TOLD_AT_ONCE]
            if told:
                return self._telling(told)
        if YES in labels:
            # Of several findings a bare yes tells none: the list of them comes next.
            one = {} if len(question.findings) > 1 else dict.fromkeys(has, Status.PRESENT)
            return Said(labels[YES] if len(question.findings) > 1 else self._words.short(YES, self._chance), one)
        return Said(", ".join(labels[item] for item in has), dict.fromkeys(has, Status.PRESENT))

    def _lacking(self, question: Question) -> Said:
        labels = {choice.id: choice.label for choice in question.choices}
        if not self._patient.absent.issuperset(question.findings):
            return Said(labels.get(UNSURE) or self._words.short(UNSURE, self._chance))
        denied = dict.fromkeys(question.findings, Status.ABSENT)
        choice = NONE if NONE in labels else NO
        if choice in labels and self._chance.random() < _PRESSES:
            return Said(labels[choice], denied)
        return Said(self._words.short(choice, self._chance), denied)

    def _telling(self, findings: Iterable[str]) -> Said:
        told = [item for item in findings if self._words.tells(item)]
        self._left = [item for item in self._left if item not in told]
        text = ". ".join(self._words.statement(item, self._chance).rstrip(". ") for item in told)
        return Said(text, dict.fromkeys(told, Status.PRESENT))

    def _beside(self, said: Said) -> Said:
        return self._asking(said) if self._chance.random() < _SIDE_QUESTION else said

    def _asking(self, said: Said) -> Said:
        topic, question = self._words.practice_question(self._chance)
        return Said(f"{said.text}. {question}" if said.text else question, said.told, (topic,))
