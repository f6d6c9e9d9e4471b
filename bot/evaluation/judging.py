"""What reading and triage make of a text or a case, as the commands `read` and `match` do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.case import Case, Question, Reading, Scope, Urgency
from bot.knowledge import load_knowledge, load_practice
from bot.knowledge.model import Knowledge, Practice
from bot.reading import SymptomReader
from bot.reading.learned.added_heads import FILE as HEADS
from bot.settings import settings
from bot.triage import (
    judge_urgency,
    leading_causes,
    match_causes,
    next_question,
    screen_red_flags,
    suspect_red_flags,
)
from bot.triage.explanation import FITS_WELL
from bot.triage.likelihood import OTHER
from bot.triage.result import Matching, RankedCause

ALARMS = (Urgency.EMERGENCY, Urgency.SAME_DAY)
"""Levels that send a visitor to care today; raised without need they are a false alarm."""


UNRANKED = 1000
"""Place of what is not ranked at all, such as every cause of a message that was read as out of scope."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a case comes to.

    Attributes:
        causes: most likely first, without "other or unclear"; none outside the scope.
        flags: level of each raised red flag.
        question: what would be asked next.
        suspects: red flags under suspicion whose question is still open, most urgent first.
        scope: what the case was read to be about; None where reading cannot tell.
    """

    causes: tuple[RankedCause, ...]
    flags: Mapping[str, Urgency]
    urgency: Urgency
    question: Question | None
    in_scope: bool
    suspects: tuple[str, ...] = ()
    scope: Scope | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The causes that would be told, best first."""
        return tuple(cause.id for cause in leading_causes(Matching(self.causes, self.in_scope)))

    @property
    def alarm(self) -> bool:
        """Whether an emergency or a same-day flag is raised."""
        return any(level in ALARMS for level in self.flags.values())

    @property
    def fits_well(self) -> bool:
        """Whether the first cause would be said to fit well."""
        return bool(self.causes) and self.causes[0].probability >= FITS_WELL

    def rank(self, accepted: Collection[str]) -> int:
        """Return the place of the first accepted cause, from 1; `UNRANKED` where none is ranked."""
        places = (place for place, cause in enumerate(self.causes, start=1) if cause.id in accepted)
        return next(places, UNRANKED)


class Judge:
    """The knowledge and the reader of `settings().data`, made once; a text is read once."""

    def __init__(self) -> None:
        """Load knowledge and practice. Raises KnowledgeError."""
        data = settings().data
        self.knowledge: Knowledge = load_knowledge(data / "knowledge")
        self.practice: Practice = load_practice(data / "practice.yml")
        self._readings: dict[str, Reading] = {}

    @cached_property
    def reader(self) -> SymptomReader:
        """The reader of symptoms."""
        return SymptomReader.learned(self.knowledge, settings().data / "reading", settings().models / HEADS)

    @cached_property
    def rules(self) -> SymptomReader:
        """The reader by rules alone."""
        return SymptomReader(self.knowledge)

    def read(self, text: str) -> Reading:
        """Return what a text says, without a question before it."""
        if text not in self._readings:
            self._readings[text] = self.reader.read(text)
        return self._readings[text]

    def case_of(self, text: str) -> Case:
        """Return the case of somebody who wrote just this."""
        return Case().with_reading(self.read(text))

    def judge(self, case: Case) -> Judgement:
        """Return what a case comes to."""
        flags = screen_red_flags(case, self.knowledge, self.practice)
        matching = match_causes(case, self.knowledge)
        named = tuple(cause for cause in matching.causes if cause.id != OTHER)
        return Judgement(
            causes=named if matching.in_scope else (),
            flags={flag.id: flag.level for flag in flags},
            urgency=judge_urgency(case, flags, matching, self.knowledge),
            question=next_question(case, self.knowledge),
            in_scope=matching.in_scope,
            suspects=tuple(record.id for record in suspect_red_flags(case, self.knowledge)),
            scope=case.scope,
        )
