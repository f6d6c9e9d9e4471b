"""Choose the next question and take its answer.

Order: red-flag screening, then the place, then whatever is expected to tell most about the causes. Findings of one
theme are asked together where that tells more than any single one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.case import Case, Finding, Question, Reading, Status, Urgency, most_urgent
from bot.knowledge.model import Knowledge, QuestionGroup
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.gain import expected_gains
from bot.triage.interview_questions import WHERE, closed_id, closed_question, group_id, group_question, where_question
from bot.triage.likelihood import OTHER, Floats, likelihoods_of
from bot.triage.matching import posterior
from bot.triage.red_flags import fired_levels, record_red_flags
from bot.triage.regions import is_in_scope, named_places
from bot.triage.screening import NO, UNSURE, YES, next_screening

MAX_QUESTIONS = 8
"""Questions in all after which no more is asked about causes."""

MAX_SCREENING = 10
"""Questions in all after which nothing is asked any more."""

SETTLED = 0.8
"""Probability of the first cause at which no other question is worth the visitor's time."""

MIN_GAIN = 0.08
"""Least expected gain, in nats, that makes a question worth asking."""

GROUP_DISCOUNT = 0.9
"""Findings of one group overlap, so together they tell less than the sum of their gains."""

MIN_MEMBER_GAIN = 0.005
"""Least expected gain, in nats, of a finding that is offered in a tick-many question."""

GROUP_SIZE = 6
"""Most findings offered in one tick-many question about causes."""


def next_question(case: Case, knowledge: Knowledge) -> Question | None:
    """Return the question to put next, None when enough is known or the limit is reached.

    None as soon as an emergency is raised; after a red flag for the same day only screening goes on.
    """
    fired = fired_levels(case, knowledge)
    level = most_urgent(fired.values())
    if level is Urgency.EMERGENCY or len(case.asked) >= MAX_SCREENING:
        return None
    evidence = gather_evidence(case, knowledge)
    screening = next_screening(case, evidence, fired, knowledge)
    if screening or level is Urgency.SAME_DAY or len(case.asked) >= MAX_QUESTIONS:
        return screening
    if named_places(evidence, knowledge) <= set(knowledge.interview.vague_places):
        where = _ask_where(case, evidence, knowledge)
        if where:
            return where
    return _ask_cause(case, evidence, knowledge) if is_in_scope(evidence, knowledge) else None


def answer_question(case: Case, question: Question, choice_ids: Sequence[str], knowledge: Knowledge) -> Case:
    """Return the case with the pressed choices taken in and the question marked as asked.

    An empty `choice_ids` only marks it as asked (skipped, or answered in the visitor's own words by a reading). In a
    tick-many question the findings that were not ticked count as denied, or as unsure when "not sure" was pressed.
    To a screening question "not sure" counts as yes. What was reported before is never denied by a closed answer,
    except by a new answer to a question that was answered before (see `interview_reopening`), which replaces the
    earlier one. Red flags that now hold are recorded in the case; none is taken back.

    Raises:
        ValueError: a choice that the question does not offer.
    """
    if unknown := set(choice_ids) - {choice.id for choice in question.choices}:
        raise ValueError(f"question {question.id} does not offer {sorted(unknown)}")
    corrects = question.id in case.asked
    if not corrects:
        case = replace(case, asked=(*case.asked, question.id))
    if not choice_ids:
        return case
    answers = ((finding_id, _status(finding_id, question, choice_ids)) for finding_id in question.findings)
    reported = frozenset[str]() if corrects else case.having(Status.PRESENT)
    taken = tuple(Finding(finding_id, status) for finding_id, status in answers if finding_id not in reported)
    return record_red_flags(case.with_reading(Reading(findings=taken)), knowledge)


def _status(finding_id: str, question: Question, choice_ids: Sequence[str]) -> Status:
    if finding_id in choice_ids or YES in choice_ids:
        return Status.PRESENT
    if UNSURE in choice_ids and NO not in choice_ids:
        return Status.PRESENT if question.screening else Status.UNSURE
    return Status.ABSENT


def _ask_where(case: Case, evidence: Evidence, knowledge: Knowledge) -> Question | None:
    places = tuple(place for place in knowledge.interview.places if place not in evidence.known)
    return where_question(places, knowledge) if places and WHERE not in case.asked else None


def _ask_cause(case: Case, evidence: Evidence, knowledge: Knowledge) -> Question | None:
    shares = posterior(evidence, knowledge)
    if shares.max() >= SETTLED:
        return None
    gains = _open_gains(case, evidence, shares, knowledge)
    finding_id = max(gains, key=lambda item: gains[item], default=None)
    together, chosen = _best_group(case, gains, knowledge)
    group_gain = GROUP_DISCOUNT * sum(gains[item] for item in chosen)
    if finding_id is None or max(gains[finding_id], group_gain) < MIN_GAIN:
        return None
    why = _why_cause(shares, knowledge)
    if together and group_gain > gains[finding_id]:
        return group_question(together, chosen, why, knowledge)
    return closed_question(finding_id, why, knowledge)


def _best_group(
    case: Case, gains: dict[str, float], knowledge: Knowledge
) -> tuple[QuestionGroup | None, tuple[str, ...]]:
    """Return the group that tells most with the findings to offer; (None, ()) when no group offers two."""
    offers = [
        (group, chosen)
        for group in knowledge.interview.groups
        if group_id(group) not in case.asked and len(chosen := _chosen(group, gains)) > 1
    ]
    return max(offers, key=lambda offer: sum(gains[item] for item in offer[1]), default=(None, ()))


def _open_gains(case: Case, evidence: Evidence, shares: Floats, knowledge: Knowledge) -> dict[str, float]:
    known = evidence.known
    open_ids = [
        finding_id
        for finding_id, record in knowledge.findings.items()
        if record.question and finding_id not in known and closed_id(finding_id) not in case.asked
    ]
    return dict(zip(open_ids, expected_gains(shares, open_ids, likelihoods_of(knowledge)).tolist(), strict=True))


def _chosen(group: QuestionGroup, gains: dict[str, float]) -> tuple[str, ...]:
    """Return the open members of the group that tell most, in the group's order."""
    members = [finding_id for finding_id in group.findings if gains.get(finding_id, 0.0) >= MIN_MEMBER_GAIN]
    best = sorted(members, key=lambda finding_id: -gains[finding_id])[:GROUP_SIZE]
    return tuple(finding_id for finding_id in members if finding_id in best)


def _why_cause(shares: Floats, knowledge: Knowledge) -> str:
    ids = [likelihoods_of(knowledge).cause_ids[row] for row in np.argsort(-shares, kind="stable")]
    names = [knowledge.causes[cause_id].name for cause_id in ids if cause_id != OTHER][:2]
    return knowledge.interview.why_cause.format(first=names[0], second=names[-1]) if names else ""
