"""Add up the log likelihood ratios of several findings without counting one fact twice.

Two kinds of findings are not independent. A finding that another one implies (pain under the heel is pain in the heel)
adds nothing for a cause that knows the more precise one. Findings that come together (`correlated` in `scales.yml`)
count less one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.triage.likelihood import Floats, Likelihoods

FADING = 0.5
"""How fast correlated findings fade: the clearest one counts 1, the next 1 / (1 + FADING), 1 / (1 + 2 FADING) ..."""


def sum_present(columns: Sequence[int], weights: Sequence[float], tables: Likelihoods) -> Floats:
    """Return for each row of `tables` the sum over the reported findings.

    Args:
        columns: columns of the reported findings, each once.
        weights: share at which each column counts, 0 to 1.
        tables: see `Likelihoods`.
    """
    ratios = tables.present[:, columns] * np.asarray(weights)
    _drop(ratios, columns, tables.implied, ratios != 0)
    return _sum_fading(ratios, columns, tables)


def sum_absent(columns: Sequence[int], tables: Likelihoods) -> Floats:
    """Return for each row of `tables` the sum over the denied findings; a denied kind denies what implies it."""
    ratios = tables.absent[:, columns]
    backwards = tuple((general, precise) for precise, general in tables.implied)
    _drop(ratios, columns, backwards, ratios != 0)
    return _sum_fading(ratios, columns, tables)


def _drop(
    ratios: Floats, columns: Sequence[int], pairs: Sequence[tuple[int, int]], telling: np.typing.NDArray[np.bool_]
) -> None:
    """Zero the second of each pair in every row where the first says something."""
    place = {column: index for index, column in enumerate(columns)}
    for first, second in pairs:
        if first in place and second in place:
            ratios[telling[:, place[first]], place[second]] = 0.0


def _sum_fading(ratios: Floats, columns: Sequence[int], tables: Likelihoods) -> Floats:
    groups = tables.correlated[list(columns)]
    total: Floats = ratios[:, groups < 0].sum(axis=1)
    for group in np.unique(groups[groups >= 0]):
        block = ratios[:, groups == group]
        if block.shape[1] == 1:
            total += block[:, 0]
            continue
        fading = 1.0 / (1.0 + FADING * np.arange(block.shape[1]))
        total += np.sort(block.clip(min=0.0), axis=1)[:, ::-1] @ fading
        total += np.sort(block.clip(max=0.0), axis=1) @ fading
    return total
