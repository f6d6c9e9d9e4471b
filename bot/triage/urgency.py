"""How soon the visitor needs care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.case import Case, Urgency, most_urgent
from bot.knowledge.model import Knowledge
from bot.triage.interview_questions import check_id
from bot.triage.matching import leading_causes, match_causes
from bot.triage.result import Matching, RaisedFlag

CLOSE_SHARE = 0.3
"""A cause at least this likely, relative to the first one, has a say in the urgency."""


def judge_urgency(case: Case, flags: Sequence[RaisedFlag], matching: Matching, knowledge: Knowledge) -> Urgency:
    """Return the most urgent of the raised flags, else what the leading causes ask for, else `Urgency.NONE`.

    The leading causes are those of `leading_causes` that are close to the first one; of two close ones, the more
    urgent decides. What a home check found may raise the urgency and never lowers it.
    """
    if flags:
        return most_urgent(flag.level for flag in flags)
    before_checks = without_checks(case, knowledge)
    matchings = [matching] if before_checks == case else [matching, match_causes(before_checks, knowledge)]
    return most_urgent(_level(item, knowledge) for item in matchings)


def without_checks(case: Case, knowledge: Knowledge) -> Case:
    """Return the case without what home checks found."""
    found = {check.finding for check in knowledge.interview.checks if check_id(check) in case.asked}
    return replace(case, findings=tuple(item for item in case.findings if item.id not in found))


def _level(matching: Matching, knowledge: Knowledge) -> Urgency:
    leading = leading_causes(matching)
    close = [cause for cause in leading if cause.probability >= CLOSE_SHARE * leading[0].probability]
    return most_urgent(knowledge.causes[cause.id].urgency for cause in close)
