"""What corrections change in the case: the other side, a statement against an earlier one, an alarm that was none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.case import Case, Question, Reading, Side, Status, Tense, Urgency
from bot.conversation.say import Phrase
from bot.knowledge.model import Criterion, FindingKind, Knowledge, Practice
from bot.triage import contradictions, screen_red_flags
from bot.triage.red_flags import holding_red_flags
from bot.triage.screening import closed_choices, is_told_back, warning_signs

AGAIN = "ask_again_"
"""Beginning of the id of the question about a statement that contradicts an earlier one."""

CLEARING = "clear_red_flag"
"""Value of the slot `offer` while the visitor is asked to confirm that nothing of an alarm is happening."""


def with_side(case: Case, side: Side, knowledge: Knowledge) -> Case:
    """Return the case with every place that hurts on that side."""
    records = knowledge.findings
    places = (
        item
        for item in case.findings
        if item.status is Status.PRESENT and item.tense is Tense.NOW
        if item.id in records and records[item.id].kind is FindingKind.LOCATION
    )
    return case.with_reading(Reading(findings=tuple(replace(place, side=side) for place in places)))


def contradicted(case: Case, reading: Reading, knowledge: Knowledge) -> str | None:
    """Return the alarm that was reported and is now denied without a word of correction; None once it was asked.

    Of anything else the newer statement counts, without a word.
    """
    if reading.corrects:
        return None
    alarms = warning_signs(knowledge)
    told = (item for item in contradictions(case, reading) if case.status_of(item) is Status.PRESENT)
    found = (item for item in told if item in alarms and is_told_back(item, knowledge))
    return next((item for item in found if f"{AGAIN}{item}" not in case.asked), None)


def contradiction_question(finding_id: str, knowledge: Knowledge, phrase: Phrase) -> Question:
    """Return the question that settles it. "Not sure" counts as yes, like the earlier statement."""
    record = knowledge.findings[finding_id]
    return Question(
        id=f"{AGAIN}{finding_id}",
        text=phrase("utter_part_contradiction", said=record.said),
        choices=closed_choices(knowledge),
        findings=(finding_id,),
        screening=True,
        why=phrase("utter_part_contradiction_why"),
    )


def without(reading: Reading, finding_id: str) -> Reading:
    """Return the reading without what it says about one finding."""
    return replace(reading, findings=tuple(item for item in reading.findings if item.id != finding_id))


def withdraw_denied(case: Case, question: Question, knowledge: Knowledge) -> Case:
    """Return the case without the alarms that rest on a statement which the visitor has just taken back.

    Only after the question about that statement was answered with a no; an emergency needs its own confirmation.
    """
    if not question.id.startswith(AGAIN) or case.status_of(question.findings[0]) is not Status.ABSENT:
        return case
    return _without_refuted(case, knowledge)


def withdraw_refuted(case: Case, reading: Reading, knowledge: Knowledge) -> Case:
    """Return the case without the lesser alarms that no longer hold because a message denies in words what raised them.

    Args:
        case: everything said so far, the message included.
        reading: of the message.
        knowledge: the practice's records.
    """
    denied = {item.id for item in reading.findings if item.status is Status.ABSENT and item.end > item.start}
    leaves = {leaf for name in case.raised for leaf in _leaves(knowledge.red_flags[name].criteria)}
    return _without_refuted(case, knowledge) if denied & leaves else case


def _without_refuted(case: Case, knowledge: Knowledge) -> Case:
    holding, denied = holding_red_flags(case, knowledge), case.having(Status.ABSENT)
    refuted = {
        name
        for name in case.raised
        if name not in holding and name not in case.escalated
        if knowledge.red_flags[name].level is not Urgency.EMERGENCY
        if not denied.isdisjoint(_leaves(knowledge.red_flags[name].criteria))
    }
    return _withdrawn(case, refuted)


def disputes_alarm(case: Case, reading: Reading, knowledge: Knowledge) -> bool:
    """Return whether a message says that something is otherwise which raised an alarm."""
    leaves = {leaf for name in case.raised for leaf in _leaves(knowledge.red_flags[name].criteria)}
    return reading.corrects or any(item.status is Status.ABSENT and item.id in leaves for item in reading.findings)


def withdraw_alarms(case: Case, knowledge: Knowledge, practice: Practice) -> Case:
    """Return the case with its emergencies taken back, or its lesser alarms where there is none.

    What made it one is forgotten, and nothing is written as denied.
    """
    flags = screen_red_flags(case, knowledge, practice)
    cleared = {flag.id for flag in flags if flag.level is Urgency.EMERGENCY} or {flag.id for flag in flags}
    records = [knowledge.red_flags[flag_id] for flag_id in cleared]
    leaves = {leaf for record in records for leaf in (*_leaves(record.criteria), *_leaves(record.escalate))}
    kept = tuple(
        item
        for item in case.findings
        if item.status is not Status.PRESENT
        or item.tense is not Tense.NOW
        or not (item.id in leaves or leaves.intersection(knowledge.findings[item.id].implies))
    )
    return _withdrawn(replace(case, findings=kept, suspected=()), cleared)


def _withdrawn(case: Case, flag_ids: Collection[str]) -> Case:
    return replace(
        case,
        raised=tuple(flag_id for flag_id in case.raised if flag_id not in flag_ids),
        escalated=tuple(flag_id for flag_id in case.escalated if flag_id not in flag_ids),
        withdrawn=tuple(dict.fromkeys((*case.withdrawn, *sorted(flag_ids)))),
    )


def _leaves(criterion: Criterion | None) -> Iterator[str]:
    if criterion is None or criterion.negated:
        return
    if criterion.finding is not None:
        yield criterion.finding
    for part in criterion.parts:
        yield from _leaves(part)
