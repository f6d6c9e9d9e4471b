"""What corrections change in the case: the other side, and statements that contradict an earlier one."""

from __future__ import annotations

from dataclasses import replace

from actions import wiring
from actions.wiring import phrase
from bot.case import Case, Question, Reading, Side, Status, Tense
from bot.knowledge.model import FindingKind
from bot.triage import contradictions
from bot.triage.screening import closed_choices

AGAIN = "ask_again_"
"""Beginning of the id of the question about a statement that contradicts an earlier one."""


def with_side(case: Case, side: Side) -> Case:
    """Return the case with every place that hurts on that side."""
    records = wiring.knowledge().findings
    places = (
        item
        for item in case.findings
        if item.status is Status.PRESENT and item.tense is Tense.NOW
        if item.id in records and records[item.id].kind is FindingKind.LOCATION
    )
    return case.with_reading(Reading(findings=tuple(replace(place, side=side) for place in places)))


def contradicted(case: Case, reading: Reading) -> str | None:
    """Return the finding that was reported and is now denied without a word of correction; None once it was asked."""
    if reading.corrects:
        return None
    found = (item for item in contradictions(case, reading) if case.status_of(item) is Status.PRESENT)
    return next((item for item in found if f"{AGAIN}{item}" not in case.asked), None)


def contradiction_question(finding_id: str) -> Question:
    """Return the question that settles it. "Not sure" counts as yes, like the earlier statement."""
    knowledge = wiring.knowledge()
    name = knowledge.findings[finding_id].name
    return Question(
        id=f"{AGAIN}{finding_id}",
        text=phrase("utter_part_contradiction", name=name),
        choices=closed_choices(knowledge),
        findings=(finding_id,),
        screening=True,
        why=phrase("utter_part_contradiction_why"),
    )


def without(reading: Reading, finding_id: str) -> Reading:
    """Return the reading without what it says about one finding."""
    return replace(reading, findings=tuple(item for item in reading.findings if item.id != finding_id))
