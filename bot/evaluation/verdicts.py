"""Each figure beside its goal and the committed result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.evaluation.figures import TAILS, Figure, Statistic
from bot.evaluation.noise import Change, compare_rows
from bot.evaluation.record import Kept


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure, what was committed of it, and how its rows changed; None where there is nothing to compare with."""

    figure: Figure
    committed: float | None
    change: Change | None

    @property
    def worse(self) -> bool:
        """Whether it fell too far: a safety figure at all, another one beyond the noise."""
        if self.change is None or self.change.worse <= self.change.better:
            return False
        return self.figure.safety or self.change.beyond_noise

    @property
    def better(self) -> bool:
        """Whether it rose beyond the noise."""
        return self.change is not None and self.change.better > self.change.worse and self.change.beyond_noise

    @property
    def note(self) -> str:
        """What stands out, in a few words."""
        if self.worse:
            return "SAFETY FALLS" if self.figure.safety else "worse, beyond noise"
        if self.better:
            return "better, beyond noise"
        return "" if self.figure.reached is None else ("goal reached" if self.figure.reached else "short of goal")

    @property
    def rows_changed(self) -> str:
        """How many rows became better and worse."""
        if self.change is None or not (self.change.better or self.change.worse):
            return ""
        return f"+{self.change.better} -{self.change.worse}"

    @property
    def change_text(self) -> str:
        """The change in the figure's unit; of a share over the rows that both results have."""
        if self.committed is None:
            return ""
        if self.figure.statistic is not Statistic.SHARE:
            return _signed(self.figure.value - self.committed, 3)
        if self.change is None or not self.change.common:
            return ""
        return _signed(100 * (self.change.now - self.change.before), 1)

    def show(self, value: float | None) -> str:
        """Return a value in the figure's unit."""
        return "" if value is None else show_value(self.figure, value)

    @property
    def goal_text(self) -> str:
        """The goal with its direction."""
        if self.figure.goal is None:
            return ""
        sign = "≤" if self.figure.lower_is_better else "≥"
        return f"{sign} {self.show(self.figure.goal)}"


def show_value(figure: Figure, value: float) -> str:
    """Return a value in a figure's unit."""
    if figure.statistic is Statistic.SHARE:
        return f"{100 * value:.1f} %"
    return f"{value:.3f}".rstrip("0").rstrip(".")


def judge_figures(figures: Iterable[Figure], committed: Mapping[str, Kept]) -> list[Verdict]:
    """Return a verdict for each figure."""
    return [_verdict(figure, committed.get(figure.id)) for figure in figures]


def _verdict(figure: Figure, kept: Kept | None) -> Verdict:
    if kept is None:
        return Verdict(figure, None, None)
    if figure.statistic in TAILS:
        return Verdict(figure, kept.value, None)
    return Verdict(figure, kept.value, compare_rows(kept.rows, figure.rows, lower_is_better=figure.lower_is_better))


def _signed(value: float, digits: int) -> str:
    text = f"{value:+.{digits}f}"
    return "0" if float(text) == 0 else text
