"""Build the numbers that triage works with: frequencies, priors and what is derived from age, duration and severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.knowledge.fields import Record, checked_choice, checked_number
from bot.knowledge.files import read_yaml
from bot.knowledge.model import DerivedFinding, FindingKind, Frequency, PriorModifier

_Kind = TypeVar("_Kind", bound=StrEnum)

_MEASURES = ("age_years", "duration_days", "severity_0_10")


@dataclass(frozen=True, slots=True)
class Scales:
    """The content of `scales.yml`; see the fields of the same name in `Knowledge`."""

    probabilities: Mapping[Frequency, float]
    backgrounds: Mapping[FindingKind, float]
    priors: Mapping[str, float]
    other_prior: float
    region_priors: Mapping[str, Mapping[str, float]]
    prior_modifiers: tuple[PriorModifier, ...]
    correlated: tuple[tuple[str, ...], ...]
    back_pointers: tuple[str, ...]
    foot_pointers: tuple[str, ...]
    derived_findings: tuple[DerivedFinding, ...]
    child_finding: str


_ROUNDING = 0.005
"""How far shares that add up to 1 may be off: they are written with two to four digits."""


def load_scales(path: Path) -> Scales:
    """Return the scales: every probability more than 0 and at most 1, every factor more than 0; shares add up to 1."""
    file = Record(path, read_yaml(path))
    scales = Scales(
        probabilities=_by_member(file, "frequencies", Frequency),
        backgrounds=_by_member(file, "background", FindingKind),
        priors=_probabilities(file, "priors", file.mapping("priors")),
        other_prior=file.number("other_prior", 0.001, 0.5),
        region_priors=_region_priors(file),
        prior_modifiers=file.records("prior_modifiers", _modifier),
        correlated=_correlated(file),
        back_pointers=file.texts("back_pointers", least=1),
        foot_pointers=file.texts("foot_pointers", least=1),
        derived_findings=file.records("derived_findings", _derived),
        child_finding=file.text("child_finding"),
    )
    file.end()
    _check_total(file, "priors", [*scales.priors.values(), scales.other_prior], "with other_prior ")
    return scales


def _check_total(file: Record, field: str, shares: Iterable[float], whole: str = "") -> None:
    if abs((total := sum(shares)) - 1) > _ROUNDING:
        raise file.error(field, f"adds up to {total:.3f}. Make the shares {whole}add up to 1.")


def _by_member(file: Record, field: str, kind: type[_Kind]) -> Mapping[_Kind, float]:
    values = _probabilities(file, field, file.mapping(field))
    numbers = {checked_choice(file, field, name, kind): value for name, value in values.items()}
    if missing := [member.value for member in kind if member not in numbers]:
        raise file.error(field, f"{', '.join(missing)} is missing. Give every one a number.")
    return numbers


def _probabilities(file: Record, field: str, values: Mapping[str, object]) -> Mapping[str, float]:
    return {name: checked_number(file, f"{field}.{name}", value, 1e-6, 1.0) for name, value in values.items()}


def _region_priors(file: Record) -> Mapping[str, Mapping[str, float]]:
    regions = {}
    for region, priors in file.mapping("region_priors").items():
        field = f"region_priors.{region}"
        if not isinstance(priors, dict) or not priors:
            raise file.error(field, "must give causes with their shares.")
        regions[region] = _probabilities(file, field, priors)
        _check_total(file, field, regions[region].values())
    return regions


def _correlated(file: Record) -> tuple[tuple[str, ...], ...]:
    groups = []
    seen: set[str] = set()
    for group in file.items("correlated"):
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(item, str) for item in group):
            raise file.error("correlated", f"{group!r} is not a list of findings. Write at least two ids a line.")
        if twice := seen.intersection(group):
            raise file.error("correlated", f"{sorted(twice)} stands in two lines. Keep each finding in one.")
        seen.update(group)
        groups.append(tuple(group))
    return tuple(groups)


def _modifier(record: Record) -> PriorModifier:
    finding = record.text("finding")
    factors = {
        cause: checked_number(record, f"factors.{cause}", factor, 0.001, 1000.0)
        for cause, factor in record.mapping("factors").items()
    }
    return PriorModifier(finding=finding, factors=factors, sources=record.texts("sources"))


def _derived(record: Record) -> DerivedFinding:
    measure = record.text("measure")
    if measure not in _MEASURES:
        raise record.error("measure", f"{measure!r} is not allowed. Use one of: {', '.join(_MEASURES)}.")
    return DerivedFinding(
        measure=measure,
        least=int(record.number("least", 0, 100_000, default=0)),
        below=int(record.number("below", 1, 100_000, default=100_000)),
        finding=record.text("finding"),
    )
