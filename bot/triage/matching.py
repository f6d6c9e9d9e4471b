"""Rank possible causes by Bayes' rule.

A cause starts at its share among visitors (by region when a place is known). Every finding reported now multiplies it
by how much more often people with the cause have the finding than people without a fitting cause; every denied one by
how much more often they lack it. What was not mentioned has no effect. Sums of logarithms keep small shares exact.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bot.case import Case
from bot.knowledge.model import Knowledge
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.evidence_sum import sum_absent, sum_present
from bot.triage.likelihood import OTHER, PLACE_WEIGHT, Floats, Likelihoods, likelihoods_of
from bot.triage.regions import name_regions
from bot.triage.result import Matching, RankedCause
from bot.triage.scope import is_in_scope

WORTH_TELLING = 0.06
"""Least probability at which a cause is worth a word."""

WORTH_BESIDE_FIRST = 0.12
"""Least share of the first cause's probability at which another cause is worth a word beside it."""

TOLD_CAUSES = 3
"""Most causes that are told."""

NAMED_SHARE = 0.6
"""Prior of the causes that the visitor names as the own ones: some were found by a clinician, others are guessed."""


def match_causes(case: Case, knowledge: Knowledge) -> Matching:
    """Return the causes ranked for the case; probabilities sum to 1.

    `in_scope` is False when nothing about feet, legs or the back was reported, see `is_in_scope`.
    """
    evidence = gather_evidence(case, knowledge)
    tables = likelihoods_of(knowledge)
    shares = posterior(evidence, knowledge)
    order = np.argsort(-shares, kind="stable")
    causes = tuple(RankedCause(tables.cause_ids[row], float(shares[row])) for row in order)
    return Matching(causes, is_in_scope(evidence, knowledge))


def leading_causes(matching: Matching) -> tuple[RankedCause, ...]:
    """Return the causes worth telling, best first: at most `TOLD_CAUSES`, none outside the scope, never `OTHER`."""
    if not matching.in_scope:
        return ()
    named = [cause for cause in matching.causes if cause.id != OTHER]
    least = max(WORTH_TELLING, WORTH_BESIDE_FIRST * named[0].probability) if named else 1.0
    return tuple(cause for cause in named[:TOLD_CAUSES] if cause.probability >= least)


def posterior(evidence: Evidence, knowledge: Knowledge) -> Floats:
    """Return the probability of each row of the knowledge base's `Likelihoods`; they sum to 1.

    What is only doubted in answer to a red-flag question raises the alarm, but speaks for no cause.
    """
    tables = likelihoods_of(knowledge)
    evidence = replace(evidence, present=evidence.reported)
    prior, counted = _prior(evidence, knowledge, tables)
    present = _columns(evidence.present, tables)
    in_prior = set(_columns(counted, tables))
    weights = [PLACE_WEIGHT if column in in_prior else 1.0 for column in present]
    scores = np.log(prior) + sum_present(present, weights, tables)
    scores += sum_absent(_columns(evidence.absent, tables), tables)
    odds = np.exp(scores - scores.max())
    shares: Floats = odds / odds.sum()
    return shares


def _prior(evidence: Evidence, knowledge: Knowledge, tables: Likelihoods) -> tuple[Floats, frozenset[str]]:
    """Return the prior and the location findings that it already counts in."""
    named = np.isin(tables.cause_ids, list(evidence.named))
    regions = {
        region: places for region, places in name_regions(evidence, knowledge).items() if region in tables.region_priors
    }
    prior: Floats = np.mean([tables.region_priors[region] for region in regions] or [tables.prior], axis=0)
    if regions:
        # What can be seen has a place of its own: a bump beside the big toe, although the small toe hurts.
        seen = tables.shown[:, _columns(evidence.present, tables)].any(axis=1)
        bound = np.max([tables.bounds[region] for region in regions], axis=0)
        prior = prior * np.where(seen, 1.0, bound)
    if named.any():
        prior = prior / prior.sum()
        prior = (1 - NAMED_SHARE) * prior + NAMED_SHARE * named / named.sum()
    return prior, frozenset[str]().union(*regions.values())


def _columns(finding_ids: frozenset[str], tables: Likelihoods) -> list[int]:
    return sorted(tables.column[finding_id] for finding_id in finding_ids if finding_id in tables.column)
