"""Choose the question that is worth most to the visitor, out of all that could still be put about causes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from bot.case import Case, Question
from bot.knowledge.model import Cause, FindingKind, HomeCheck, Knowledge, QuestionGroup
from bot.triage.evidence import Evidence
from bot.triage.gain import expected_gains
from bot.triage.interview_questions import (
    check_id,
    check_question,
    closed_id,
    closed_question,
    contrast_id,
    contrast_question,
    group_id,
    group_question,
    offered_before,
)
from bot.triage.likelihood import OTHER, Floats, likelihoods_of

MIN_GAIN = 0.06
"""Least expected gain, in nats, that makes a question worth asking."""

JUMP_COST = 0.04
"""What leaving the subject of the last question costs the visitor, in nats."""

FADING = 0.25
"""How fast further findings of one question add less: the best counts 1, the next 1 / (1 + FADING) ..."""

MIN_MEMBER_GAIN = 0.005
"""Least expected gain, in nats, of a finding that is offered in a tick-many question."""

GROUP_SIZE = 6
"""Most findings offered in one tick-many question about causes."""

PAIR_SHARE = 0.7
"""Share of the two leading causes from which the question that tells the two apart goes first."""


class Strategy(StrEnum):
    """How the next question is chosen; compared in `benchmarks/triage.py`."""

    GAIN = "gain"
    GAIN_MINUS_JUMP = "gain_minus_jump"
    FIXED_ORDER = "fixed_order"


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that could be put: how it is made, its expected gain in nats, its subject (a group's id or a kind)."""

    make: Callable[[], Question]
    gain: float
    subject: str


def choose_question(
    case: Case, evidence: Evidence, shares: Floats, knowledge: Knowledge, strategy: Strategy
) -> Question | None:
    """Return the question to put next about causes, None when none is worth asking.

    Args:
        case: everything said so far.
        evidence: what `gather_evidence` makes of it.
        shares: probability of each row of the knowledge base's `Likelihoods`, sums to 1.
        knowledge: the practice's records.
        strategy: see `Strategy`.
    """
    why = _why_cause(shares, knowledge)
    groups = _fitting_groups(evidence, knowledge)
    gains = _asked_by(groups, _open_gains(case, evidence, shares, knowledge), knowledge)
    offers = [*_offers_of(groups, case, gains, why, knowledge), *_singles(case, evidence, gains, why, knowledge)]
    if strategy is Strategy.FIXED_ORDER:
        return next((offer.make() for offer in offers if offer.gain >= MIN_GAIN), None)
    own = list(_offers_of([group for group in groups if group.beside], case, gains, why, knowledge))
    pair = list(_contrasts(case, shares, gains, why, knowledge))
    jumps = strategy is Strategy.GAIN_MINUS_JUMP and bool(case.asked)
    last = subject_of(case.asked[-1], knowledge) if jumps else ""
    for choice in (own, pair, offers):
        worth = {offer: offer.gain - JUMP_COST * bool(last and offer.subject != last) for offer in choice}
        best = max(worth, key=lambda offer: worth[offer], default=None)
        if best is not None and best.gain >= MIN_GAIN:
            return best.make()
    return None


def _open_gains(case: Case, evidence: Evidence, shares: Floats, knowledge: Knowledge) -> dict[str, float]:
    """Return the expected gain of every finding that may still be asked for.

    Alarm findings are left to the red-flag questions, where "not sure" counts as yes.
    """
    known, tables = evidence.known | offered_before(case, knowledge), likelihoods_of(knowledge)
    telling = tables.present.any(axis=0)
    open_ids = [
        finding_id
        for finding_id, record in knowledge.findings.items()
        if record.question and record.kind is not FindingKind.ALARM
        if telling[tables.column[finding_id]]
        if finding_id not in known and closed_id(finding_id) not in case.asked
    ]
    return dict(zip(open_ids, expected_gains(shares, open_ids, tables).tolist(), strict=True))


def _fitting_groups(evidence: Evidence, knowledge: Knowledge) -> tuple[QuestionGroup, ...]:
    """Return the groups for what was reported, those of their own complaint first and without what these replace."""
    groups = knowledge.interview.groups
    own = [group for group in groups if not evidence.reported.isdisjoint(group.beside)]
    replaced = {group_id for group in own for group_id in group.instead_of}
    return (*own, *(group for group in groups if not group.beside and group.id not in replaced))


def _asked_by(groups: Sequence[QuestionGroup], gains: Mapping[str, float], knowledge: Knowledge) -> Mapping[str, float]:
    """Return the gains without those of findings that only a replaced group asks for."""
    kept = {finding_id for group in groups for finding_id in group.findings}
    usual = {finding_id for group in knowledge.interview.groups if not group.beside for finding_id in group.findings}
    return {finding_id: gain for finding_id, gain in gains.items() if finding_id in kept or finding_id not in usual}


def _offers_of(
    groups: Sequence[QuestionGroup], case: Case, gains: Mapping[str, float], why: str, knowledge: Knowledge
) -> Iterator[Offer]:
    for group in groups:
        chosen = _telling(group.findings, gains)
        if group_id(group) not in case.asked and len(chosen) > 1:
            yield Offer(partial(group_question, group, chosen, why, knowledge), _joint(chosen, gains), group.id)


def _singles(
    case: Case, evidence: Evidence, gains: Mapping[str, float], why: str, knowledge: Knowledge
) -> Iterator[Offer]:
    """Yield the closed questions that tell most; a safe home check stands in for the question about its finding."""
    checks = {item.finding: item for item in knowledge.interview.checks if _is_safe(item, evidence)}
    for finding_id, gain in gains.items():
        if gain < MIN_GAIN:
            continue
        check = checks.get(finding_id)
        if check is not None and check_id(check) not in case.asked:
            yield Offer(partial(check_question, check, knowledge), gain, _subject(finding_id, knowledge))
        elif check is None:
            yield Offer(partial(closed_question, finding_id, why, knowledge), gain, _subject(finding_id, knowledge))


def _is_safe(check: HomeCheck, evidence: Evidence) -> bool:
    return (evidence.present | evidence.unsure).isdisjoint(check.unless)


def _contrasts(
    case: Case, shares: Floats, gains: Mapping[str, float], why: str, knowledge: Knowledge
) -> Iterator[Offer]:
    """Yield the questions that tell the two leading causes apart, where these two hold most of the probability."""
    leading = [likelihoods_of(knowledge).cause_ids[row] for row in np.argsort(-shares, kind="stable")[:2]]
    if OTHER in leading or np.sort(shares)[-2:].sum() < PAIR_SHARE:
        return
    first, second = (knowledge.causes[cause_id] for cause_id in leading)
    for cause, other in ((first, second), (second, first)):
        for item in cause.confused_with:
            open_ids = tuple(finding_id for finding_id in item.findings if finding_id in gains)
            fits = item.cause == other.id and len(open_ids) > 1
            if fits and not _was_contrasted(case, cause, other):
                make = partial(contrast_question, cause, item, open_ids, why, knowledge)
                yield Offer(make, _joint(open_ids, gains), "")


def _was_contrasted(case: Case, cause: Cause, other: Cause) -> bool:
    return contrast_id(cause.id, other.id) in case.asked or contrast_id(other.id, cause.id) in case.asked


def _telling(finding_ids: Sequence[str], gains: Mapping[str, float]) -> tuple[str, ...]:
    """Return the open findings that tell most, in their order."""
    members = [finding_id for finding_id in finding_ids if gains.get(finding_id, 0.0) >= MIN_MEMBER_GAIN]
    best = sorted(members, key=lambda finding_id: -gains[finding_id])[:GROUP_SIZE]
    return tuple(finding_id for finding_id in members if finding_id in best)


def _joint(finding_ids: Sequence[str], gains: Mapping[str, float]) -> float:
    ordered = sorted((gains[finding_id] for finding_id in finding_ids), reverse=True)
    return sum(gain / (1 + FADING * index) for index, gain in enumerate(ordered))


def _subject(finding_id: str, knowledge: Knowledge) -> str:
    groups = (group.id for group in knowledge.interview.groups if finding_id in group.findings)
    return next(groups, knowledge.findings[finding_id].kind.value)


def subject_of(question_id: str, knowledge: Knowledge) -> str:
    """Return the subject of a question about causes; empty for one that has none, as a red-flag question."""
    finding_id = question_id.removeprefix("ask_")
    if finding_id in knowledge.findings:
        return _subject(finding_id, knowledge)
    return next((group.id for group in knowledge.interview.groups if group_id(group) == question_id), "")


def _why_cause(shares: Floats, knowledge: Knowledge) -> str:
    ids = [likelihoods_of(knowledge).cause_ids[row] for row in np.argsort(-shares, kind="stable")]
    names = [knowledge.causes[cause_id].name for cause_id in ids if cause_id != OTHER][:2]
    return knowledge.interview.why_cause.format(first=names[0], second=names[-1]) if names else ""
