"""Tell causes and treatments with their reasons."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bot.case import Case, Urgency, most_urgent
from bot.knowledge.model import Cause, Frequency, Knowledge
from bot.triage.evidence import Evidence, expand_implied, gather_evidence
from bot.triage.likelihood import OTHER, Floats, likelihoods_of
from bot.triage.matching import leading_causes
from bot.triage.red_flags import fired_levels
from bot.triage.result import ExplainedCause, Matching, RankedCause

FITS_WELL = 0.6
"""Probability from which a cause fits well.

From 0.6 to 0.8 the first cause of real texts is right 3 times of 4, below that every second time (`instep evaluate`).
"""

CLEAR_RATIO = 1.5
"""A present finding is a reason when it multiplies (or divides) the odds of a cause by at least this."""

REASONS_FOR = 4
REASONS_AGAINST = 2
"""Most findings told for and against a cause."""


def explain_causes(case: Case, matching: Matching, knowledge: Knowledge) -> tuple[ExplainedCause, ...]:
    """Return at most three causes worth telling, best first; none when nothing fits or an emergency is raised.

    A cause is told only when at least one reported finding speaks for it.
    """
    if most_urgent(fired_levels(case, knowledge).values()) is Urgency.EMERGENCY:
        return ()
    evidence = gather_evidence(case, knowledge)
    told = (_explain(ranked, evidence, knowledge) for ranked in leading_causes(matching))
    return tuple(cause for cause in told if cause.reasons_for)


def is_unclear(matching: Matching) -> bool:
    """Return whether no cause of the knowledge base fits better than "something else"."""
    return bool(matching.causes) and matching.causes[0].id == OTHER


def cite(source_ids: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Return each source as "title (url)"."""
    sources = (knowledge.sources[source_id] for source_id in source_ids)
    return tuple(f"{source.title} ({source.url})" for source in sources)


def _explain(ranked: RankedCause, evidence: Evidence, knowledge: Knowledge) -> ExplainedCause:
    cause, records = knowledge.causes[ranked.id], knowledge.findings
    words = knowledge.interview
    fits_well = ranked.probability >= FITS_WELL
    speaking = _speaking_for(cause, evidence, knowledge)
    against, denied = _speaking_against(cause, evidence)
    named = (words.named,) if cause.id in evidence.named else ()
    # Said once for all of them.
    missing = '", "'.join(records[item].name for item in denied)
    return ExplainedCause(
        id=cause.id,
        name=cause.name,
        summary=cause.summary,
        fit=words.fits_well if fits_well else words.possible,
        reasons_for=(*named, *(records[item].name for item in speaking))[:REASONS_FOR],
        reasons_against=(
            *(records[item].name for item in against),
            *([words.denied.format(finding=missing)] if denied else ()),
        ),
        foot_back=cause.foot_back,
        sources=cite(cause.sources, knowledge),
        fit_id="fits_well" if fits_well else "possible",
        speaks_for=(*(records[item].said for item in speaking), *named)[:REASONS_FOR],
        speaks_against=(*(records[item].said for item in against), *(records[item].said_not for item in denied)),
    )


def _speaking_for(cause: Cause, evidence: Evidence, knowledge: Knowledge) -> list[str]:
    """Return the findings that speak for a cause, the clearest first, without what another one implies."""
    ratios = _ratios(cause, knowledge)
    column = likelihoods_of(knowledge).column
    signs = [sign.finding for sign in cause.signs if sign.finding in evidence.reported]
    modifiers = [modifier.finding for modifier in knowledge.prior_modifiers if modifier.finding in evidence.reported]
    raising = [found for found in dict.fromkeys((*signs, *modifiers)) if ratios[column[found]] >= np.log(CLEAR_RATIO)]
    raising.sort(key=lambda finding_id: -ratios[column[finding_id]])
    implied = {item for found in raising for item in expand_implied([found], knowledge) if item != found}
    return [finding_id for finding_id in raising if finding_id not in implied]


def _speaking_against(cause: Cause, evidence: Evidence) -> tuple[list[str], list[str]]:
    """Return the findings that speak against a cause, and the expected ones that were denied."""
    expected = (Frequency.ALMOST_ALWAYS, Frequency.OFTEN)
    against = [found for found in cause.against if found in evidence.reported][:REASONS_AGAINST]
    denied = [
        sign.finding
        for frequency in expected
        for sign in cause.signs
        if sign.frequency is frequency and sign.finding in evidence.absent
    ]
    return against, denied[: REASONS_AGAINST - len(against)]


def _ratios(cause: Cause, knowledge: Knowledge) -> Floats:
    tables = likelihoods_of(knowledge)
    row: Floats = tables.present[tables.cause_ids.index(cause.id)]
    return row
