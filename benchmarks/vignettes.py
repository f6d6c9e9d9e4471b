"""Rank the causes of the scenarios, in findings and in the visitor's words, also with blurred numbers."""

from __future__ import annotations

import random
import statistics
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.case import Case, Finding, Reading, Status, Who
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader
from bot.triage import match_causes
from bot.triage.likelihood import OTHER

FOLDER = Path("tests/triage/scenarios")
BLURS = 20
"""Times that the numbers are blurred."""

SPREAD = 0.3
"""Standard deviation of the blur, on the scale of logarithms: two of three numbers stay within a third."""

Row = Mapping[str, Any]
Vignette = tuple[Case, frozenset[str]]


def rank_vignettes(knowledge: Knowledge) -> None:
    """Print how often the expected cause leads and is among three."""
    rows = _rows()
    reader = SymptomReader(knowledge)
    read = [(Case().with_reading(reader.read(row["words"])), _expected(row)) for row in rows]
    told = [(_told(row), _expected(row)) for row in rows]
    for name, vignettes in (("as a clinician reads them", told), ("read from the visitor's words", read)):
        first, three = _shares(vignettes, knowledge)
        print(f"{len(vignettes)} vignettes, {name}: first {first:.1%}, among three {three:.1%}")


def blur_numbers(knowledge: Knowledge) -> None:
    """Print the spread of the shares when every frequency, background and prior is blurred, seeds 1 to `BLURS`."""
    vignettes = [(_told(row), _expected(row)) for row in _rows()]
    shares = [_shares(vignettes, _blurred(knowledge, random.Random(seed))) for seed in range(1, BLURS + 1)]
    for name, values in zip(("first", "among three"), zip(*shares, strict=True), strict=True):
        print(f"{name}: mean {statistics.fmean(values):.1%}, least {min(values):.1%}, most {max(values):.1%}")


def _rows() -> list[Row]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yml")))
    return [row for text in texts for row in yaml.safe_load(text) if "words" in row]


def _expected(row: Row) -> frozenset[str]:
    return frozenset(row.get("first") or row["among"])


def _told(row: Row) -> Case:
    said = [Finding(name) for name in row.get("said", [])]
    denied = [Finding(name, Status.ABSENT) for name in row.get("denied", [])]
    case = Case(age_years=row.get("age"), who=Who.CHILD if row.get("child") else Who.SELF)
    return case.with_reading(Reading(findings=(*said, *denied)))


def _shares(vignettes: list[Vignette], knowledge: Knowledge) -> tuple[float, float]:
    ranks = []
    for case, expected in vignettes:
        ranked = [item.id for item in match_causes(case, knowledge).causes if item.id != OTHER]
        ranks.append(min(ranked.index(cause) + 1 for cause in expected))
    return sum(rank == 1 for rank in ranks) / len(ranks), sum(rank <= 3 for rank in ranks) / len(ranks)


def _blurred(knowledge: Knowledge, chance: random.Random) -> Knowledge:
    def blur(share: float) -> float:
        return min(0.97, share * chance.lognormvariate(0.0, SPREAD))

    regions = {
        region: {cause: blur(share) for cause, share in shares.items()}
        for region, shares in knowledge.region_priors.items()
    }
    return replace(
        knowledge,
        probabilities={frequency: blur(share) for frequency, share in knowledge.probabilities.items()},
        findings={id_: replace(item, background=blur(item.background)) for id_, item in knowledge.findings.items()},
        causes={id_: replace(cause, prior=blur(cause.prior)) for id_, cause in knowledge.causes.items()},
        region_priors=regions,
    )
