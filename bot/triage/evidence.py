"""What a case says once implications and measures (age, duration, severity) are counted in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.case import Case, Scope, Status, Tense, Who
from bot.knowledge.model import DerivedFinding, Knowledge


@dataclass(frozen=True, slots=True)
class Evidence:
    """Finding ids reported now, disjoint: a present finding is neither absent nor unsure; `named` are ids of causes.

    `feared` are findings that the visitor only supposes, fears or asks about, and that are not present. `sites` are ids
    of body sites, the earliest named first. `doubted` are the present findings that only a "not sure" to a red-flag
    question made present.
    """

    present: frozenset[str]
    absent: frozenset[str]
    unsure: frozenset[str]
    named: frozenset[str] = frozenset()
    feared: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    doubted: frozenset[str] = frozenset()
    scope: Scope | None = None

    @property
    def reported(self) -> frozenset[str]:
        """Every finding that the visitor reports: what speaks for or against a cause."""
        return self.present - self.doubted

    @property
    def known(self) -> frozenset[str]:
        """Every finding that was answered in any way."""
        return self.present | self.absent | self.unsure


def gather_evidence(case: Case, knowledge: Knowledge) -> Evidence:
    """Return what holds for the case: said, measured or implied.

    What was said outranks what was measured; who denies a finding also denies every finding that implies it.
    """
    said_absent = case.having(Status.ABSENT)
    measured_present, measured_absent = _measured(case, knowledge.derived_findings)
    present = case.having(Status.PRESENT) | (measured_present - said_absent)
    if case.who is Who.CHILD and knowledge.child_finding:
        # A grown son or daughter is no child.
        present |= {knowledge.child_finding} - said_absent - measured_absent
    doubted = frozenset(item.id for item in case.findings if item.doubted)
    reported, present = expand_implied(present - doubted, knowledge), expand_implied(present, knowledge)
    absent = _expand_denied(said_absent | measured_absent, knowledge) - present
    unsure = case.having(Status.UNSURE) - present - absent
    feared = frozenset(item.id for item in case.findings if item.tense is Tense.HYPOTHETICAL) - present
    return Evidence(
        present, absent, unsure, frozenset(case.named_causes), feared, case.sites, present - reported, case.scope
    )


def expand_implied(finding_ids: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Return the findings with everything that they imply, directly or over several steps."""
    return knowledge.implied(finding_ids)


def _expand_denied(finding_ids: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    denied = set(finding_ids)
    implying = [record for record in knowledge.findings.values() if record.implies] if denied else []
    grown = True
    while grown:
        more = {record.id for record in implying if record.id not in denied and not denied.isdisjoint(record.implies)}
        denied |= more
        grown = bool(more)
    return frozenset(denied)


def _measured(case: Case, derived: Iterable[DerivedFinding]) -> tuple[frozenset[str], frozenset[str]]:
    measures = {
        "age_years": case.age_years,
        "duration_days": case.duration_days,
        "severity_0_10": case.severity_0_10,
    }
    known = [(item, value) for item in derived if (value := measures[item.measure]) is not None]
    present = frozenset(item.finding for item, value in known if item.least <= value < item.below)
    return present, frozenset(item.finding for item, _ in known) - present
