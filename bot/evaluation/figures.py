"""Figures: what was measured, row by row, so that two results can be compared row by row."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Statistic(StrEnum):
    """How the values of the rows become one value."""

    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"
    P95 = "p95"
    MOST = "most"


TAILS = (Statistic.P95, Statistic.MOST)
"""What few rows decide: told beside the median, whose rows they share, and not compared row by row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    Attributes:
        id: `section.set.what`; stable, the committed result is keyed by it.
        name: as the report shows it, `group: what`; figures of one group stand together.
        rows: value of each row by its key; 1 or 0 for a share.
        goal: of DESIGN.md section 6, in the figure's unit (a share is 0 to 1); None where there is none.
        lower_is_better: True where the rows count something unwanted.
        safety: True where no fall at all is accepted.
    """

    id: str
    name: str
    rows: Mapping[str, float]
    statistic: Statistic = Statistic.SHARE
    goal: float | None = None
    lower_is_better: bool = False
    safety: bool = False

    @property
    def value(self) -> float:
        """The statistic over all rows; there is at least one."""
        return _OF[self.statistic](list(self.rows.values()))

    @property
    def group(self) -> str:
        """What is measured on: the first half of the name, empty where it has one part."""
        return self.name.rpartition(": ")[0]

    @property
    def what(self) -> str:
        """What is measured: the last part of the name."""
        return self.name.rpartition(": ")[2]

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.lower_is_better else self.value >= self.goal


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that came out wrong, for the local page only: it holds the text.

    Attributes:
        weight: how bad it is; the page shows the heaviest first.
        way: how it came about: what was read or asked.
    """

    set: str
    id: str
    text: str
    expected: str
    found: str
    weight: float = 0.0
    way: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report: a line of cells for each row, the first cell names the row.

    Attributes:
        marked: (row, column) of the cells to stand out, counted from 0 without the heading.
        in_terminal: False for a table that only the page has room for.
    """

    title: str
    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    marked: frozenset[tuple[int, int]] = frozenset()
    in_terminal: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """What one part of the evaluation gave; `shown` are lines for somebody who judges every row."""

    id: str
    title: str
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()
    misses: tuple[Miss, ...] = ()
    shown: tuple[str, ...] = ()


def share(id_: str, name: str, hits: Mapping[str, bool], **more: float | bool | None) -> Figure:
    """Return the share of rows that hit; `more` are further fields of `Figure`."""
    return Figure(id_, name, {key: float(hit) for key, hit in hits.items()}, **more)  # type: ignore[arg-type]  # each caller names a field and its type


def measured(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that have rows."""
    return tuple(figure for figure in figures if figure.rows)


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


_OF: Mapping[Statistic, Callable[[Sequence[float]], float]] = {
    Statistic.SHARE: statistics.fmean,
    Statistic.MEAN: statistics.fmean,
    Statistic.MEDIAN: statistics.median,
    Statistic.P95: _p95,
    Statistic.MOST: max,
}
