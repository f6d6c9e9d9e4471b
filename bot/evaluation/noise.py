"""Whether a change of a figure is more than noise.

The same rows were measured before and now, so they are compared in pairs: only rows that came out differently tell
anything. If the change were noise, each of them would as likely have become better as worse. The chance of a split at
least as uneven under that assumption is the exact sign test; for rows that are right or wrong it is McNemar's exact
test (McNemar 1947, Psychometrika 12:153).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

LEVEL = 0.05
"""A change is beyond noise when its two-sided chance is below this: six rows against none, nine against one."""


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that both results have, and how many of them became better and worse.

    Attributes:
        before: mean of the common rows in the committed result.
        now: mean of the same rows in this one.
    """

    common: int
    better: int
    worse: int
    before: float
    now: float

    @property
    def chance(self) -> float:
        """Two-sided chance of a split at least as uneven, if better and worse were equally likely; 0 to 1."""
        return sign_test(self.better, self.worse)

    @property
    def beyond_noise(self) -> bool:
        """Whether the chance is below `LEVEL`."""
        return self.chance < LEVEL


def compare_rows(before: Mapping[str, float], now: Mapping[str, float], *, lower_is_better: bool) -> Change:
    """Return how the rows that both have changed; new, changed and removed rows are compared with nothing."""
    common = sorted(before.keys() & now.keys())
    gains = [(before[key] - now[key]) if lower_is_better else (now[key] - before[key]) for key in common]
    count = len(common)
    return Change(
        common=count,
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        before=sum(before[key] for key in common) / count if count else 0.0,
        now=sum(now[key] for key in common) / count if count else 0.0,
    )


def sign_test(better: int, worse: int) -> float:
    """Return the two-sided exact chance, 0 to 1, of a split at least as uneven as `better` to `worse`."""
    count, fewer = better + worse, min(better, worse)
    tail = sum(math.comb(count, number) for number in range(fewer + 1))
    return min(1.0, 2 * tail / (1 << count))
