"""What cannot wait, as frozen types: criteria, red flags and the universal screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.case import Urgency


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition over findings reported now: a tree of `all`, `any`, `at_least`, `not` and finding ids.

    Exactly one form: a leaf has `finding`; a branch has `parts`, of which at least `count` must hold; a branch that is
    `negated` has one part, which must not hold.
    """

    finding: str | None = None
    parts: tuple[Criterion, ...] = ()
    count: int = 0
    negated: bool = False


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign of something that cannot wait.

    Attributes:
        name: plain name for staff.
        level: `EMERGENCY`, `SAME_DAY` or `SOON`.
        criteria: when it fires.
        escalate: when it becomes an emergency; None when it never does.
        suspicion: when the screening question has to be asked; None when it is not.
        question: closed screening question; "not sure" counts as yes.
        raises: ids of the findings that a "yes" to the question makes present.
        advice: what to do now, shown first; may hold {emergency_number}, {practice_phone} and {crisis_line}.
        escalated_advice: the same when escalated; empty when it never is.
        delicate: True where its question hurts out of place; then the encoder has to be surer to bring it.
        regions: complaint regions for which the screening question belongs to the required set.
        sources: ids of sources.
    """

    id: str
    name: str
    level: Urgency
    criteria: Criterion
    escalate: Criterion | None
    suspicion: Criterion | None
    question: str
    raises: tuple[str, ...]
    advice: str
    escalated_advice: str
    regions: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed_on: dt.date | None
    reviewed_by: str
    delicate: bool = False


@dataclass(frozen=True, slots=True)
class AskedThing:
    """One thing of a spoken list: its words, and the findings that they ask for."""

    words: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """A list of the short screen: a tick-many question that comes before any cause is shown.

    Attributes:
        asked: what is asked for in one sentence, at most five things.
        regions: complaint regions that it is for; empty: asked where no list of a named region fits.
        why: why these findings belong to the regions, one sentence.
        sources: ids of sources.
    """

    id: str
    asked: tuple[AskedThing, ...]
    regions: tuple[str, ...]
    why: str = ""
    sources: tuple[str, ...] = ()
    reviewed_on: dt.date | None = None
    reviewed_by: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """Everything that can be ticked, in order."""
        return tuple(finding for thing in self.asked for finding in thing.findings)


@dataclass(frozen=True, slots=True)
class SoonerRule:
    """What makes a cause more urgent than it usually is, without being a red flag.

    Attributes:
        level: the least urgent level that is still right.
        criteria: when it applies.
        causes: ids of the causes for which it applies; empty: for every one.
        why: the reason in one sentence, for the clinician who signs.
        sources: ids of sources.
    """

    id: str
    level: Urgency
    criteria: Criterion
    causes: tuple[str, ...]
    why: str
    sources: tuple[str, ...]
    reviewed_on: dt.date | None = None
    reviewed_by: str = ""
