"""Intents from the vectors of sentences: logistic regression and nearest examples, averaged.

Logistic regression draws the lines between intents; the nearest examples know the odd wording that lies on the wrong
side of a line. What each finds alone and both together is measured in `DECISIONS.md`. scikit-learn is imported while
learning only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
# Kept from zero, so that neither of the two can rule an intent out alone.
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Rates:
    """How the model learns and ranks.

    Attributes:
        strength: inverse of the regularisation of logistic regression.
        neighbours: how many examples count, from 1.
        sharpness: how much more a nearer example counts: weights are exp(sharpness x cosine).
    """

    strength: float = 10.0
    neighbours: int = 20
    sharpness: float = 20.0


@dataclass(frozen=True, slots=True)
class IntentModel:
    """What was learnt.

    Attributes:
        intents: names, in alphabetical order.
        weights: shape (width of a vector, number of intents).
        biases: shape (number of intents,).
        examples: unit vectors of the examples, shape (number of examples, width).
        labels: place in `intents` of each example.
        rates: as the model was made with.
    """

    intents: tuple[str, ...]
    weights: Array
    biases: Array
    examples: Array
    labels: npt.NDArray[np.int32]
    rates: Rates

    def probabilities(self, vectors: Array) -> npt.NDArray[np.float64]:
        """Return the probability of every intent for unit vectors: shape (number of vectors, number of intents)."""
        lines = _softmax(vectors.astype(np.float64) @ self.weights + self.biases)
        near = np.stack([self._near(row) for row in vectors @ self.examples.T]) if len(vectors) else lines
        return _softmax((np.log(lines + _LEAST) + np.log(near + _LEAST)) / 2)

    def _near(self, cosines: Array) -> npt.NDArray[np.float64]:
        best = np.argsort(-cosines, kind="stable")[: self.rates.neighbours]
        shares = np.exp(self.rates.sharpness * (cosines[best] - cosines[best[0]]))
        found = np.bincount(self.labels[best], weights=shares, minlength=len(self.intents))
        shares_of_all: npt.NDArray[np.float64] = found / found.sum()
        return shares_of_all

    def save(self, path: Path) -> None:
        """Write the arrays; the same model gives the same bytes."""
        with path.open("wb") as file:
            np.savez(
                file, weights=self.weights, biases=self.biases, examples=self.examples, labels=self.labels,
                intents=np.array(self.intents),
            )  # fmt: skip


def load_model(path: Path, rates: Rates) -> IntentModel:
    """Return a saved model. Raises OSError, and ValueError or KeyError where the file holds something else."""
    with np.load(path, allow_pickle=False) as arrays:
        parts = {name: arrays[name] for name in ("weights", "biases", "examples", "labels")}
        return IntentModel(intents=tuple(arrays["intents"].tolist()), rates=rates, **parts)


def learn_intents(vectors: Array, intents: Sequence[str], rates: Rates) -> IntentModel:
    """Return the model of examples: their unit vectors, one row each, and their intents, of two kinds at least.

    Raises:
        ValueError: there are fewer than two intents.
    """
    from sklearn.linear_model import LogisticRegression

    names = tuple(sorted(set(intents)))
    labels = np.array([names.index(intent) for intent in intents], np.int32)
    learner = LogisticRegression(C=rates.strength, max_iter=1000, random_state=42)
    learner.fit(vectors.astype(np.float64), labels)
    weights, biases = learner.coef_, learner.intercept_
    if len(names) == 2:
        # Two classes have one row of weights: that of the second.
        weights, biases = np.vstack([-weights, weights]) / 2, np.concatenate([-biases, biases]) / 2
    return IntentModel(
        intents=names,
        weights=np.ascontiguousarray(weights.T, np.float32),
        biases=biases.astype(np.float32),
        examples=vectors,
        labels=labels,
        rates=rates,
    )


def _softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    likelihoods = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = likelihoods / likelihoods.sum(axis=1, keepdims=True)
    return shares
