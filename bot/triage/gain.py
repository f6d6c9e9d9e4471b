"""How much the answer to a question is expected to tell about the causes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.triage.likelihood import Floats, Likelihoods

NEGLIGIBLE = 0.001
"""Probability below which a cause no longer decides what is asked."""


def entropy(shares: Floats) -> float:
    """Return the uncertainty of a distribution in nats, 0 when one cause is certain."""
    return float(-(shares * np.log(shares)).sum())


def expected_gains(shares: Floats, finding_ids: Sequence[str], tables: Likelihoods) -> Floats:
    """Return for each finding the expected fall of the uncertainty, in nats, when it is asked for.

    Args:
        shares: current probability of each row of `tables`, shape (causes,), sums to 1.
        finding_ids: findings to rate; each has a column in `tables`.
        tables: see `Likelihoods`.
    """
    columns = [tables.column[finding_id] for finding_id in finding_ids]
    likely = np.flatnonzero(shares >= NEGLIGIBLE)
    shares = shares[likely] / shares[likely].sum()
    chosen = np.ix_(likely, np.array(columns, dtype=np.intp))
    chance = shares @ tables.chance[chosen]
    after_yes = _entropies(shares[:, None] * np.exp(tables.present[chosen]))
    after_no = _entropies(shares[:, None] * np.exp(tables.absent[chosen]))
    gains: Floats = entropy(shares) - chance * after_yes - (1 - chance) * after_no
    return gains


def _entropies(weights: Floats) -> Floats:
    shares = weights / weights.sum(axis=0)
    entropies: Floats = -(shares * np.log(shares)).sum(axis=0)
    return entropies
