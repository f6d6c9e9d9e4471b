"""What a practice knows, as frozen types: the records of `data/knowledge/` and `data/practice.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.knowledge.cause_types import (
    Cause,
    Caution,
    Confusion,
    Exercise,
    FootBackLink,
    Frequency,
    PriorModifier,
    Sign,
    Source,
    Treatment,
)
from bot.knowledge.fear_types import Fear, Mentions
from bot.knowledge.guidance_types import (
    USUAL,
    Advice,
    CauseGuidance,
    GuidanceTopic,
    NextOffer,
    Person,
    PersonAdvice,
)
from bot.knowledge.intent_types import Answering, IntentMeaning, Journey, Meanings, Reply
from bot.knowledge.interview_types import HomeCheck, Interview, QuestionGroup, RegionRole, RegionRule
from bot.knowledge.practice_types import Clinician, Practice, VisitType
from bot.knowledge.red_flag_types import AskedThing, Criterion, RedFlag, ScreenQuestion, SoonerRule
from bot.knowledge.symptom_types import Combination, Cues, DerivedFinding, FindingKind, FindingRecord, Site

__all__ = [
    "USUAL",
    "Advice",
    "Answering",
    "AskedThing",
    "Cause",
    "CauseGuidance",
    "Caution",
    "Clinician",
    "Combination",
    "Confusion",
    "Criterion",
    "Cues",
    "DerivedFinding",
    "Exercise",
    "Fear",
    "FindingKind",
    "FindingRecord",
    "FootBackLink",
    "Frequency",
    "GuidanceTopic",
    "HomeCheck",
    "IntentMeaning",
    "Interview",
    "Journey",
    "Knowledge",
    "Meanings",
    "Mentions",
    "NextOffer",
    "Person",
    "PersonAdvice",
    "Practice",
    "PriorModifier",
    "QuestionGroup",
    "RedFlag",
    "RegionRole",
    "RegionRule",
    "Reply",
    "ScreenQuestion",
    "Sign",
    "Site",
    "SoonerRule",
    "Source",
    "Treatment",
    "VisitType",
]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All records, by id, and the SHA-256 `fingerprint` of the files that they came from.

    Attributes:
        other_prior: share of visitors whose cause is none of those here; regions call it `other_or_unclear`.
        derived_findings: what age, duration and severity make present.
        correlated: groups of findings that come together, so that each further one proves less.
        fears: what visitors fear; `mentions` are the words around it.
        sooner: what makes a cause more urgent than it usually is.
        topics: what visitors ask once a likely cause is known; `dose_words` make a number before them a dose.
        persons: who needs other words, in the order in which their texts are told; `person_advice` is theirs.
        guidance: what is told about each cause then.
        child_finding: id of the finding that is present when the conversation is about a child.
    """

    findings: Mapping[str, FindingRecord]
    sites: Mapping[str, Site]
    causes: Mapping[str, Cause]
    treatments: Mapping[str, Treatment]
    red_flags: Mapping[str, RedFlag]
    screen: tuple[ScreenQuestion, ...]
    cues: Cues
    sources: Mapping[str, Source]
    probabilities: Mapping[Frequency, float]
    region_priors: Mapping[str, Mapping[str, float]]
    prior_modifiers: tuple[PriorModifier, ...]
    back_pointers: tuple[str, ...]
    foot_pointers: tuple[str, ...]
    foot_back_links: tuple[FootBackLink, ...]
    fingerprint: str
    interview: Interview = field(default_factory=Interview)
    other_prior: float = 0.02
    derived_findings: tuple[DerivedFinding, ...] = ()
    child_finding: str = ""
    correlated: tuple[tuple[str, ...], ...] = ()
    fears: Mapping[str, Fear] = field(default_factory=dict)
    mentions: Mentions = field(default_factory=Mentions)
    sooner: tuple[SoonerRule, ...] = ()
    topics: Mapping[str, GuidanceTopic] = field(default_factory=dict)
    dose_words: tuple[str, ...] = ()
    persons: Mapping[str, Person] = field(default_factory=dict)
    person_advice: tuple[PersonAdvice, ...] = ()
    guidance: Mapping[str, CauseGuidance] = field(default_factory=dict)

    def implied(self, finding_ids: Iterable[str]) -> frozenset[str]:
        """Return the findings with everything that they imply, directly or over several steps."""
        reached: set[str] = set()
        waiting = list(finding_ids)
        while waiting:
            finding_id = waiting.pop()
            if finding_id not in reached:
                reached.add(finding_id)
                record = self.findings.get(finding_id)
                waiting.extend(record.implies if record else ())
        return frozenset(reached)
