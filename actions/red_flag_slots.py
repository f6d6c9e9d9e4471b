"""Takes an emergency back after the visitor's explicit confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from actions import wiring
from bot.case import Case, Finding, Reading, Status, Tense, Urgency
from bot.knowledge.model import Criterion
from bot.triage import screen_red_flags
from bot.triage.result import RaisedFlag

CLEARING = "clear_red_flag"
"""Value of the slot `offer` while the visitor is asked to confirm that nothing of the emergency is happening."""


def flag_mark(flag: RaisedFlag) -> str:
    """Return what the slot `told_red_flags` keeps of a flag; one that becomes an emergency has to be told again."""
    return f"{flag.id}:{flag.level.value}"


def without_emergencies(case: Case) -> Case:
    """Return the case with every emergency taken back: what made it one is denied, so that it cannot fire again."""
    knowledge = wiring.knowledge()
    flags = screen_red_flags(case, knowledge, wiring.practice())
    cleared = {flag.id for flag in flags if flag.level is Urgency.EMERGENCY}
    records = [knowledge.red_flags[flag_id] for flag_id in cleared]
    leaves = {leaf for record in records for leaf in (*_leaves(record.criteria), *_leaves(record.escalate))}
    present = case.having(Status.PRESENT)
    denied = {
        finding_id
        for finding_id in present
        if finding_id in leaves or leaves.intersection(knowledge.findings[finding_id].implies)
    }
    reading = Reading(findings=tuple(Finding(finding_id, Status.ABSENT, tense=Tense.NOW) for finding_id in denied))
    return replace(
        case.with_reading(reading),
        raised=tuple(flag_id for flag_id in case.raised if flag_id not in cleared),
        escalated=tuple(flag_id for flag_id in case.escalated if flag_id not in cleared),
    )


def _leaves(criterion: Criterion | None) -> Iterator[str]:
    if criterion is None or criterion.negated:
        return
    if criterion.finding is not None:
        yield criterion.finding
    for part in criterion.parts:
        yield from _leaves(part)
