"""The knowledge base as tables of log likelihoods, made once for each knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Cause, FindingKind, Frequency, Knowledge
from bot.triage.evidence import expand_implied

OTHER = "other_or_unclear"
"""The bucket for everything that the knowledge base does not list."""

STRONGEST_RATIO: Mapping[str, float] = {"high": 20.0, "moderate": 5.0, "low": 2.0}
"""Upper bound of a sign's likelihood ratio by its specificity.

Signs of one cause come together (a travelling leg pain is also below the knee and one-sided). The bound keeps such a
bundle from being counted as that many independent proofs, and keeps unspecific signs from ever deciding.
"""

AGAINST_FACTOR = 0.25
"""A finding that speaks against a cause is this much rarer with it than without any fitting cause."""

REGION_WEIGHT = 0.85
"""Trust in the region's priors; the rest is the overall prior, because visitors name places loosely."""

PLACE_WEIGHT = 0.5
"""Share of a place's own evidence that counts beside the prior of its region, which holds most of it already."""

OUTSIDE_WEIGHT = 0.1
"""Share of its prior that a cause of another place keeps where a place was stated: the place bounds the ranking."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Likelihoods:
    """Tables with one row a cause (`OTHER` last) and one column a finding.

    Attributes:
        cause_ids: id of each row.
        column: finding id -> column.
        chance: probability of the finding with the cause, 0 to 1.
        present: log likelihood ratio against the background when the finding is present.
        absent: the same when it is denied.
        prior: overall prior of each row; sums to 1.
        region_priors: region -> prior of each row, mixed with `prior`; each sums to 1.
        bounds: region -> 1 for a cause that belongs there (by its prior, or a sign at a place of it), else
            `OUTSIDE_WEIGHT`.
        shown: True for a finding of the kind `sign` that the cause has among its signs.
        correlated: group of correlated findings of each column, -1 for a finding that stands alone.
        implied: columns of a finding and of one that it implies, directly or over several steps.
    """

    cause_ids: tuple[str, ...]
    column: Mapping[str, int]
    chance: Floats
    present: Floats
    absent: Floats
    prior: Floats
    region_priors: Mapping[str, Floats]
    bounds: Mapping[str, Floats]
    shown: NDArray[np.bool_]
    correlated: NDArray[np.int64]
    implied: tuple[tuple[int, int], ...]


class _Identity:
    """Makes a knowledge base hashable by identity: its mappings are not, and it never changes."""

    __slots__ = ("knowledge",)

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __hash__(self) -> int:
        return id(self.knowledge)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.knowledge is self.knowledge


def likelihoods_of(knowledge: Knowledge) -> Likelihoods:
    """Return the tables of the knowledge base; made on the first call, remembered for the next ones."""
    return _tables(_Identity(knowledge))


@lru_cache(maxsize=4)
def _tables(key: _Identity) -> Likelihoods:
    knowledge = key.knowledge
    causes = list(knowledge.causes.values())
    cause_ids = (*(cause.id for cause in causes), OTHER)
    column = {finding_id: index for index, finding_id in enumerate(knowledge.findings)}
    background = np.array([record.background for record in knowledge.findings.values()]).clip(0.001, 0.95)
    chance = np.tile(background, (len(cause_ids), 1))
    present = np.zeros_like(chance)
    for row, cause in enumerate(causes):
        _fill_row(chance[row], present[row], background, cause, knowledge, column)
    absent = np.log1p(-chance) - np.log1p(-background)
    # Whoever has no warning sign may have any common cause: a denied one ranks nothing.
    absent[:, [column[item.id] for item in knowledge.findings.values() if item.kind is FindingKind.ALARM]] = 0.0
    _apply_modifiers(present, cause_ids, column, knowledge)
    prior = _prior(causes, knowledge)
    region_priors = {
        region: _mixed(np.array([shares.get(cause_id, 0.0) for cause_id in cause_ids]), prior)
        for region, shares in knowledge.region_priors.items()
    }
    shown = np.zeros(chance.shape, bool)
    for row, cause in enumerate(causes):
        for sign in cause.signs:
            shown[row, column[sign.finding]] = knowledge.findings[sign.finding].kind is FindingKind.SIGN
    bounds = {region: _bound(region, cause_ids, knowledge) for region in knowledge.region_priors}
    correlated = np.full(len(column), -1)
    for group, finding_ids in enumerate(knowledge.correlated):
        correlated[[column[finding_id] for finding_id in finding_ids]] = group
    implied = tuple(
        (column[precise], column[general])
        for precise in column
        for general in sorted(expand_implied([precise], knowledge) - {precise})
        if general in column
    )
    return Likelihoods(
        cause_ids, column, chance, present, absent, prior, region_priors, bounds, shown, correlated, implied
    )


def _fill_row(
    chance: Floats, present: Floats, background: Floats, cause: Cause, knowledge: Knowledge, column: Mapping[str, int]
) -> None:
    rarest = knowledge.probabilities[Frequency.NEVER]
    for finding_id in cause.against:
        index = column[finding_id]
        chance[index] = max(background[index] * AGAINST_FACTOR, rarest)
        present[index] = min(0.0, float(np.log(chance[index] / background[index])))
    for sign in cause.signs:
        index = column[sign.finding]
        chance[index] = knowledge.probabilities[sign.frequency]
        ratio = min(chance[index] / background[index], STRONGEST_RATIO[sign.specificity])
        present[index] = np.log(ratio)


def _apply_modifiers(
    present: Floats, cause_ids: tuple[str, ...], column: Mapping[str, int], knowledge: Knowledge
) -> None:
    # A circumstance that is a modifier and a sign of the same cause is one fact: the modifier replaces the sign.
    row = {cause_id: index for index, cause_id in enumerate(cause_ids)}
    for modifier in knowledge.prior_modifiers:
        for cause_id, factor in modifier.factors.items():
            if cause_id in row:
                present[row[cause_id], column[modifier.finding]] = np.log(factor)


def _prior(causes: list[Cause], knowledge: Knowledge) -> Floats:
    shares = np.array([*(cause.prior for cause in causes), knowledge.other_prior])
    total: Floats = shares / shares.sum()
    return total


def _bound(region: str, cause_ids: tuple[str, ...], knowledge: Knowledge) -> Floats:
    places = {site.finding for site in knowledge.sites.values() if site.region == region}
    rules = [rule for rule in knowledge.interview.regions if rule.region == region]
    places.update(finding for rule in rules for need in rule.needs for finding in need)
    at_home = {
        cause.id
        for cause in knowledge.causes.values()
        if cause.id in knowledge.region_priors[region] or not places.isdisjoint(sign.finding for sign in cause.signs)
    }
    return np.array([1.0 if cause_id in at_home or cause_id == OTHER else OUTSIDE_WEIGHT for cause_id in cause_ids])


def _mixed(shares: Floats, prior: Floats) -> Floats:
    known = shares.sum()
    mixed: Floats = REGION_WEIGHT * shares / known + (1 - REGION_WEIGHT) * prior if known > 0 else prior
    return mixed
