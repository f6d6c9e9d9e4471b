"""Answer what the visitor fears: why it is probably not that, and what would change the answer."""

from __future__ import annotations

from collections.abc import Collection

from bot.case import Case, Urgency
from bot.knowledge.model import Fear, Knowledge
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.red_flags import fired_levels
from bot.triage.result import AnsweredFear

_TODAY = frozenset({Urgency.EMERGENCY, Urgency.SAME_DAY})

MOST_SIGNS = 3
"""Most findings named that go with a fear, or that were denied of it."""


def answer_fears(case: Case, told: Collection[str], knowledge: Knowledge) -> tuple[AnsweredFear, ...]:
    """Return an answer for each fear in the case, in the order in which they were named.

    Left out are a fear whose red flag is raised, because what to do about it was said, and one that is among the told
    causes, because its reasons stand there. While anything has to be seen today, no fear is called unlikely.

    Args:
        case: everything said so far.
        told: ids of the causes that are told.
        knowledge: the practice's records.
    """
    fired = fired_levels(case, knowledge)
    evidence = gather_evidence(case, knowledge)
    urgent = not _TODAY.isdisjoint(fired.values())
    return tuple(
        _answer(fear, evidence, knowledge, urgent=urgent)
        for fear in (knowledge.fears[fear_id] for fear_id in case.feared if fear_id in knowledge.fears)
        if fired.keys().isdisjoint(fear.red_flags) and set(told).isdisjoint(fear.causes)
    )


def _answer(fear: Fear, evidence: Evidence, knowledge: Knowledge, *, urgent: bool) -> AnsweredFear:
    doubtful = evidence.present | evidence.unsure
    speaking = [knowledge.findings[sign].name for sign in fear.signs if sign in doubtful]
    denied = [knowledge.findings[sign].name for sign in fear.signs if sign in evidence.absent]
    return AnsweredFear(
        id=fear.id,
        name=fear.name,
        usual=fear.usual,
        change=fear.change,
        unlikely=not speaking and not urgent,
        speaking=tuple(speaking[:MOST_SIGNS]),
        denied=tuple(denied[:MOST_SIGNS]),
    )
