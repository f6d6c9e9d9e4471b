"""How soon somebody is told to be seen: exact, under and over, always together.

One of the three alone is easily bought with the others: whoever sends everybody to the emergency department is never
under. They leave out what lies between the right level and the least one that is still safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.case import Urgency
from bot.errors import InputError
from bot.evaluation.figures import Figure, Miss, Section, measured, share
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import choice_field, row_key, text_field
from bot.settings import ROOT

TEXTS = ROOT / "tests" / "triage" / "urgency_texts.yml"

HALVES = {"mend": "urgency texts, mended on", "measure": "urgency texts, measured on"}
"""The halves of the file with their names in the report."""


@dataclass(frozen=True, slots=True)
class Advised:
    """The level that somebody is told, the right one, and the least urgent one that is still safe."""

    told: Urgency
    right: Urgency
    least: Urgency

    @property
    def exact(self) -> bool:
        """Whether the right level is told."""
        return self.told is self.right

    @property
    def under(self) -> bool:
        """Whether somebody is told to wait longer than is safe; no advice yet is no less than self-care."""
        return self.told.rank > self.least.rank and self.least is not Urgency.SELF_CARE

    @property
    def over(self) -> bool:
        """Whether somebody is sent to care sooner than needed."""
        return self.told.rank < self.right.rank


def score_urgency(prefix: str, name: str, advised: Mapping[str, Advised]) -> list[Figure]:
    """Return exact, under and over of each row by its key."""
    return [
        share(
            f"{prefix}.urgency_exact",
            f"{name}: urgency exact",
            {key: each.exact for key, each in advised.items()},
            goal=0.90,
        ),
        share(
            f"{prefix}.urgency_under",
            f"{name}: urgency under (told to wait longer than is safe)",
            {key: each.under for key, each in advised.items()},
            goal=0.02,
            lower_is_better=True,
            safety=True,
        ),
        share(
            f"{prefix}.urgency_over",
            f"{name}: urgency over (sent to care sooner than needed)",
            {key: each.over for key, each in advised.items()},
            goal=0.10,
            lower_is_better=True,
        ),
    ]


@dataclass(frozen=True, slots=True)
class UrgencyText:
    """A message with how soon its writer should be seen."""

    key: str
    id: str
    text: str
    urgency: Urgency


def measure_urgency(judge: Judge, progress: Progress) -> Section:
    """Return exact, under and over of the texts made for urgency, each message alone. Raises InputError."""
    figures: list[Figure] = []
    wrong: list[Miss] = []
    for half, name in HALVES.items():
        rows = list(progress(list(read_urgency_texts(half)), f"urgency: {half}"))
        advised = {row.key: advise(row, judge) for row in rows}
        figures += score_urgency(f"urgency.{half}", name, advised)
        # The half to measure on is not shown: who has read a row mends that row.
        for row in rows if half == "mend" else ():
            if not (each := advised[row.key]).exact:
                weight = 2.0 if each.under else 1.0
                wrong.append(Miss(half, row.id, row.text, each.right, each.told, weight))
    return Section("urgency", "How soon to be seen", measured(figures), misses=tuple(wrong))


def advise(row: UrgencyText, judge: Judge) -> Advised:
    """Return what somebody is told who wrote just this."""
    return Advised(judge.judge(judge.case_of(row.text)).urgency, row.urgency, row.urgency)


def read_urgency_texts(half: str, path: Path = TEXTS) -> Iterator[UrgencyText]:
    """Yield the rows of one half, `mend` or `measure`; nothing for a file that is not there. Raises InputError."""
    if not path.is_file():
        return
    halves = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(halves, dict) or not isinstance(halves.get(half), list):
        raise InputError(f"{path.name}: {half} is not a list of rows.")
    for number, row in enumerate(halves[half], start=1):
        where = f"{path.name}, {half}, row {number}"
        if not isinstance(row, dict):
            raise InputError(f"{where}: not a row with a text and an urgency.")
        text = text_field(row, "text", where)
        yield UrgencyText(row_key(row), f"{half} {number}", text, choice_field(row, "urgency", where, Urgency))
