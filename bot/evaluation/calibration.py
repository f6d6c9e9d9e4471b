"""Whether what is said to fit well is right more often than what is said to be possible, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.evaluation.figures import Figure, Statistic, Table, share
from bot.evaluation.judging import Judgement

_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A first cause with its probability, and whether it is right."""

    key: str
    probability: float
    fits_well: bool
    right: bool


def claims(judged: Iterable[tuple[str, Iterable[str], Judgement]]) -> list[Claim]:
    """Return the first cause of each judgement.

    Args:
        judged: key of the row, ids of the causes that are right, and the judgement; one without causes claims nothing.
    """
    return [
        Claim(key, judgement.causes[0].probability, judgement.fits_well, judgement.causes[0].id in accepted)
        for key, accepted, judgement in judged
        if accepted and judgement.causes
    ]


def calibration(prefix: str, name: str, made: Sequence[Claim]) -> tuple[list[Figure], Table]:
    """Return the figures and the reliability table of the claims."""
    well = {claim.key: claim.right for claim in made if claim.fits_well}
    possible = {claim.key: claim.right for claim in made if not claim.fits_well}
    # Rounded, so that a hair's breadth is no change.
    errors = {claim.key: round((claim.probability - claim.right) ** 2, 2) for claim in made}
    figures = [
        share(f"{prefix}.fits_well", f"{name}: right where the first cause fits well", well),
        share(f"{prefix}.possible", f"{name}: right where it is only possible", possible),
        Figure(
            f"{prefix}.brier",
            f"{name}: Brier score of the first cause",
            errors,
            Statistic.MEAN,
            lower_is_better=True,
        ),
    ]
    return figures, _reliability(name, made)


def _reliability(name: str, made: Sequence[Claim]) -> Table:
    lines = []
    for low, high in pairwise(_EDGES):
        inside = [claim for claim in made if low < claim.probability <= high]
        if inside:
            predicted = sum(claim.probability for claim in inside) / len(inside)
            right = sum(claim.right for claim in inside) / len(inside)
            lines.append((f"{low:.1f} to {high:.1f}", str(len(inside)), f"{predicted:.2f}", f"{right:.2f}"))
    heading = ("predicted", "n", "mean predicted", "share right")
    return Table(f"Reliability of the first cause, {name}", heading, tuple(lines))
