"""What of a message counts for the case: a general question is no complaint, unless it would raise a red flag."""

from __future__ import annotations

from collections.abc import Iterable

from bot.case import Case, Finding, Reading, Status, Tense
from bot.knowledge.model import Knowledge, Practice
from bot.triage.red_flags import screen_red_flags


def counted(reading: Reading, case: Case, knowledge: Knowledge, practice: Practice) -> Reading:
    """Return what the message adds to the case.

    "Does reflexology help with foot pain?" tells nothing, unless what it names would raise a red flag: then it counts.
    Fears, treatments that were tried and what makes one think of a red flag count always.
    """
    if not reading.general or _raises(reading, case, knowledge, practice):
        return reading
    return Reading(feared=reading.feared, tried=reading.tried, suspected=reading.suspected)


def tells_complaint(findings: Iterable[Finding], knowledge: Knowledge) -> bool:
    """Return whether something is there now that is more than a circumstance ("are you open on Saturday?" is none)."""
    records = knowledge.findings
    return any(
        item.status is not Status.ABSENT and item.tense is Tense.NOW
        for item in findings
        if item.id not in records or not records[item.id].circumstance
    )


def _raises(reading: Reading, case: Case, knowledge: Knowledge, practice: Practice) -> bool:
    before = screen_red_flags(case, knowledge, practice)
    return screen_red_flags(case.with_reading(reading), knowledge, practice) != before
