"""How soon the visitor needs care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.case import Case, Urgency, most_urgent
from bot.knowledge.model import Knowledge
from bot.triage.evidence import gather_evidence
from bot.triage.interview_questions import check_id
from bot.triage.matching import leading_causes, match_causes
from bot.triage.red_flags import criterion_holds
from bot.triage.result import Matching, RaisedFlag

CLOSE_SHARE = 0.3
"""A cause at least this likely, relative to the first one, has a say in the urgency."""


def judge_urgency(case: Case, flags: Sequence[RaisedFlag], matching: Matching, knowledge: Knowledge) -> Urgency:
    """Return the most urgent of the raised flags, else what the leading causes ask for, else `Urgency.NONE`.

    The leading causes are those of `leading_causes` that are close to the first one; of two close ones, the more
    urgent decides. A rule of `urgency.yml` that holds makes them more urgent, never less. What a home check found may
    raise the urgency and never lowers it.
    """
    if flags:
        return most_urgent(flag.level for flag in flags)
    before_checks = without_checks(case, knowledge)
    views = [(case, matching)]
    if before_checks != case:
        views.append((before_checks, match_causes(before_checks, knowledge)))
    return most_urgent(_level(view, item, knowledge) for view, item in views)


def without_checks(case: Case, knowledge: Knowledge) -> Case:
    """Return the case without what home checks found."""
    found = {check.finding for check in knowledge.interview.checks if check_id(check) in case.asked}
    return replace(case, findings=tuple(item for item in case.findings if item.id not in found))


def _level(case: Case, matching: Matching, knowledge: Knowledge) -> Urgency:
    leading = leading_causes(matching)
    close = [cause.id for cause in leading if cause.probability >= CLOSE_SHARE * leading[0].probability]
    levels = [knowledge.causes[cause_id].urgency for cause_id in close]
    return most_urgent((*levels, *_sooner(case, close, knowledge)))


def _sooner(case: Case, cause_ids: Sequence[str], knowledge: Knowledge) -> Iterator[Urgency]:
    """Yield the levels of the rules that make one of the causes more urgent than it usually is."""
    present = gather_evidence(case, knowledge).present
    for rule in knowledge.sooner if cause_ids else ():
        if (not rule.causes or not set(rule.causes).isdisjoint(cause_ids)) and criterion_holds(rule.criteria, present):
            yield rule.level
