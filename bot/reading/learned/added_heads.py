"""Heads for findings that were added after the encoder was tuned: learnt from their statements by `make train`.

The encoder stays as it is; only what reads its vectors is learnt, by logistic regression, in a second or two. The next
`make encoder` learns such a finding like every other one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.reading.learned.corpus import Said, Statement

FILE = "heads.npz"
FEWEST_ROWS = 10
"""Statements that a finding is there from which a head is learnt."""
_OTHERS = 1500
"""Statements of other findings that the head learns to leave alone."""
_STRENGTH = 10.0

Numbers = npt.NDArray[np.float32]
VectorsOf = Callable[[Sequence[str]], Numbers]


@dataclass(frozen=True, slots=True)
class AddedHeads:
    """Linear heads over unit vectors: `weights` (findings x 3, 384) and `biases`, in the order of `findings`."""

    findings: tuple[str, ...]
    weights: Numbers
    biases: Numbers

    @classmethod
    def load(cls, path: Path | None) -> AddedHeads:
        """Return the heads of a file, none where there is no file."""
        if path is None or not path.is_file():
            return cls((), np.zeros((0, 384), np.float32), np.zeros(0, np.float32))
        with np.load(path) as arrays:
            return cls(tuple(str(name) for name in arrays["findings"]), arrays["weights"], arrays["biases"])

    def save(self, path: Path) -> None:
        """Write the heads."""
        np.savez(path, findings=np.array(self.findings), weights=self.weights, biases=self.biases)


def rows_of_added(statements: Sequence[Statement], tuned: Collection[str]) -> dict[str, list[Statement]]:
    """Return the statements of each finding that the encoder was not tuned for, where there are enough of them."""
    rows: dict[str, list[Statement]] = {}
    for row in statements:
        if row.finding not in tuned:
            rows.setdefault(row.finding, []).append(row)
    return {name: of for name, of in rows.items() if sum(row.said is Said.THERE for row in of) >= FEWEST_ROWS}


def fingerprint(rows: dict[str, list[Statement]]) -> str:
    """Return the SHA-256 of the statements of added findings."""
    lines = sorted(f"{row.finding} {row.said} {row.text}" for of in rows.values() for row in of)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def learn_heads(vectors_of: VectorsOf, rows: dict[str, list[Statement]], statements: Sequence[Statement]) -> AddedHeads:
    """Return a head for each added finding.

    Args:
        vectors_of: returns one unit vector for each text: shape (texts, 384).
        rows: statements of the added findings.
        statements: all statements; some of those of other findings are learnt to be none of these.
    """
    others = [row.text for row in statements if row.finding not in rows]
    others = others[:: max(1, len(others) // _OTHERS)]
    background = vectors_of(others)
    weights, biases = [], []
    for name in sorted(rows):
        own = vectors_of([row.text for row in rows[name]])
        for wanted in _ways(rows[name]):
            weight, bias = _fit(np.concatenate([own, background]), [*wanted, *(False for _ in others)])
            weights.append(weight)
            biases.append(bias)
    return AddedHeads(tuple(sorted(rows)), np.array(weights, np.float32).reshape(-1, 384), np.array(biases, np.float32))


def _ways(rows: Sequence[Statement]) -> Iterator[list[bool]]:
    yield [row.said is Said.THERE for row in rows]
    yield [row.said is Said.DENIED for row in rows]
    yield [row.said not in (Said.THERE, Said.DENIED, Said.UNLIKE) for row in rows]


def _fit(vectors: Numbers, wanted: Sequence[bool]) -> tuple[Numbers, float]:
    # Imported here: serving does without scikit-learn.
    from sklearn.linear_model import LogisticRegression

    if not any(wanted):
        return np.zeros(vectors.shape[1], np.float32), -10.0
    learner = LogisticRegression(C=_STRENGTH, class_weight={True: 6.0, False: 1.0}, max_iter=1000, random_state=42)
    learner.fit(vectors.astype(np.float64), np.array(wanted))
    return learner.coef_[0].astype(np.float32), float(learner.intercept_[0])
