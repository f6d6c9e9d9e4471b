"""Choose the next question and take its answer.

Order: a suspicion of a red flag, the place, red-flag screening for it, then whatever is expected to tell most about the
causes. Findings of one theme are asked together where that tells more than any single one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.case import Case, Finding, Question, Reading, Status, Tense, Urgency, most_urgent
from bot.knowledge.model import FindingKind, Knowledge
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.interview_choice import Strategy, choose_question
from bot.triage.interview_questions import CHECK, WHERE, places_within, question_again, where_question
from bot.triage.likelihood import Floats, likelihoods_of
from bot.triage.matching import posterior
from bot.triage.red_flags import find_suspects, fired_levels, record_red_flags
from bot.triage.regions import named_places
from bot.triage.scope import is_in_scope
from bot.triage.screening import LISTS_BY, NO, NONE, UNSURE, YES, next_screening

MAX_QUESTIONS = 8
"""Questions in all after which no more is asked about causes."""

MAX_SCREENING = 10
"""Questions in all after which nothing is asked any more."""

SETTLED = 0.85
"""Probability of one advice at which no other question is worth the visitor's time."""

PATIENCE = 3
"""Questions in a row that the visitor cannot answer, after which no more is asked about causes."""

Advice = tuple[Urgency, tuple[str, ...]]
"""How soon to be seen, and the options that are described first."""


def next_question(case: Case, knowledge: Knowledge, strategy: Strategy = Strategy.GAIN_MINUS_JUMP) -> Question | None:
    """Return the question to put next, None when enough is known or the limit is reached.

    None as soon as an emergency is raised; after a red flag for the same day only screening goes on. Enough is known
    when urgency and first advice no longer depend on which of the likely causes is true.
    """
    fired = fired_levels(case, knowledge)
    level = most_urgent(fired.values())
    if level is Urgency.EMERGENCY or len(case.asked) >= MAX_SCREENING:
        return None
    evidence = gather_evidence(case, knowledge)
    vague = named_places(evidence, knowledge) <= set(knowledge.interview.vague_places)
    early = len(case.asked) < LISTS_BY
    if vague and early and not fired and not find_suspects(case, evidence, fired, knowledge):
        where = _ask_where(case, evidence, knowledge)
        if where:
            return where
    screening = next_screening(case, evidence, fired, knowledge)
    if screening or level is Urgency.SAME_DAY or len(case.asked) >= MAX_QUESTIONS:
        return screening
    if vague:
        where = _ask_where(case, evidence, knowledge)
        if where:
            return where
    if not is_in_scope(evidence, knowledge) or _knows_no_more(case, knowledge):
        return None
    shares = posterior(evidence, knowledge)
    return None if _is_settled(shares, knowledge) else choose_question(case, evidence, shares, knowledge, strategy)


def answer_question(case: Case, question: Question, choice_ids: Sequence[str], knowledge: Knowledge) -> Case:
    """Return the case with the pressed choices taken in and the question marked as asked.

    An empty `choice_ids` only marks it as asked (skipped, or answered in the visitor's own words by a reading). In a
    tick-many question only "none of these" denies: what was not ticked stays unknown, or unsure where "not sure" was
    pressed.
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
    if corrects:
        case = _without_open(case, question, choice_ids)
    answered = (item for item in question.findings if not _is_left_open(item, question, choice_ids))
    answers = ((finding_id, _status(finding_id, question, choice_ids, knowledge)) for finding_id in answered)
    reported = frozenset[str]() if corrects else case.having(Status.PRESENT)
    doubted = question.screening and UNSURE in choice_ids
    taken = tuple(
        Finding(finding_id, status, doubted=doubted and finding_id not in choice_ids and status is Status.PRESENT)
        for finding_id, status in answers
        if finding_id not in reported
    )
    return record_red_flags(case.with_reading(Reading(findings=taken)), knowledge)


def _is_left_open(finding_id: str, question: Question, choice_ids: Sequence[str]) -> bool:
    """Return whether a list was answered without a word about a finding: what is not ticked is not denied."""
    said = {YES, NO, NONE, UNSURE}.intersection(choice_ids)
    return question.many and finding_id not in choice_ids and not said


def _without_open(case: Case, question: Question, choice_ids: Sequence[str]) -> Case:
    """Return the case without what the earlier answer to a list said about findings that the new one leaves open."""
    left = {item for item in question.findings if _is_left_open(item, question, choice_ids)}
    kept = tuple(item for item in case.findings if item.id not in left or item.tense is not Tense.NOW)
    return replace(case, findings=kept)


def _status(finding_id: str, question: Question, choice_ids: Sequence[str], knowledge: Knowledge) -> Status:
    if finding_id in choice_ids or YES in choice_ids:
        return Status.PRESENT
    if question.id.startswith(CHECK):
        # What a layperson cannot find at home may be there all the same.
        return Status.UNSURE
    if UNSURE in choice_ids and NO not in choice_ids:
        # Only a warning sign counts where somebody is not sure: nobody is made a diabetic by a doubt.
        is_sign = finding_id not in knowledge.findings or knowledge.findings[finding_id].kind is not FindingKind.CONTEXT
        return Status.PRESENT if question.screening and is_sign else Status.UNSURE
    return Status.ABSENT


def _ask_where(case: Case, evidence: Evidence, knowledge: Knowledge) -> Question | None:
    places = tuple(place for place in places_within(evidence.present, knowledge) if place not in evidence.known)
    return where_question(places, knowledge) if places and WHERE not in case.asked else None


def _knows_no_more(case: Case, knowledge: Knowledge) -> bool:
    """Return whether the last questions, `PATIENCE` of them, were all skipped or answered with "not sure"."""
    last = [question_again(question_id, case, knowledge) for question_id in case.asked[-PATIENCE:]]
    told = case.having(Status.PRESENT) | case.having(Status.ABSENT)
    unanswered = [item for item in last if item and not item.screening and told.isdisjoint(item.findings)]
    return len(unanswered) == PATIENCE


def _is_settled(shares: Floats, knowledge: Knowledge) -> bool:
    """Return whether urgency and first advice are the same whichever of the likely causes is true."""
    weight: dict[Advice, float] = {}
    for cause_id, share in zip(likelihoods_of(knowledge).cause_ids, shares.tolist(), strict=True):
        advice = _advice(cause_id, knowledge)
        weight[advice] = weight.get(advice, 0.0) + share
    return max(weight.values()) >= SETTLED


def _advice(cause_id: str, knowledge: Knowledge) -> Advice:
    cause = knowledge.causes.get(cause_id)
    if cause is None:
        return Urgency.NONE, ()
    return cause.urgency, cause.treatments or cause.self_care
