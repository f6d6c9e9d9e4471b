"""Red flags over everything said so far.

A red flag fires when its criteria hold over the findings reported now. What fired is kept in `Case.raised` and
`Case.escalated` (see `record_red_flags`), so that a later denial never silently cancels it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.case import Case, Urgency
from bot.knowledge.model import Criterion, Knowledge, Practice, RedFlag
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.result import RaisedFlag


def screen_red_flags(case: Case, knowledge: Knowledge, practice: Practice) -> tuple[RaisedFlag, ...]:
    """Return the red flags that hold for the case, most urgent first, those of `case.raised` included.

    Flags of one level keep the order of the knowledge base. A raised id that the knowledge base no longer has is
    left out.
    """
    numbers = {
        "emergency_number": practice.emergency_number,
        "practice_phone": practice.phone,
        "crisis_line": practice.crisis_line,
    }
    flags = [
        RaisedFlag(record.id, record.name, level, _advice(record, level).format_map(numbers))
        for record, level in _fired(case, knowledge)
    ]
    return tuple(sorted(flags, key=lambda flag: flag.level.rank))


def fired_levels(case: Case, knowledge: Knowledge) -> dict[str, Urgency]:
    """Return the id and level of every red flag that holds for the case."""
    return {record.id: level for record, level in _fired(case, knowledge)}


def holding_red_flags(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """Return the ids of the red flags whose criteria hold over what is reported now, whatever was raised before."""
    present = gather_evidence(case, knowledge).present
    flags = knowledge.red_flags.values()
    return frozenset(record.id for record in flags if criterion_holds(record.criteria, present))


def record_red_flags(case: Case, knowledge: Knowledge) -> Case:
    """Return the case with every red flag that holds kept in `raised`, and in `escalated` where it did escalate."""
    fired = list(_fired(case, knowledge))
    return replace(
        case,
        raised=_added(case.raised, (record.id for record, _ in fired)),
        escalated=_added(case.escalated, (record.id for record, level in fired if level is not record.level)),
    )


def suspect_red_flags(case: Case, knowledge: Knowledge) -> tuple[RedFlag, ...]:
    """Return the red flags under suspicion that did not fire and whose question is still open, most urgent first."""
    return find_suspects(case, gather_evidence(case, knowledge), fired_levels(case, knowledge), knowledge)


def find_suspects(case: Case, evidence: Evidence, fired: Collection[str], knowledge: Knowledge) -> tuple[RedFlag, ...]:
    """Return the same as `suspect_red_flags`, for a caller that knows the evidence and the fired flags already."""
    suspects = [
        record
        for record in knowledge.red_flags.values()
        if record.id not in fired
        and is_question_open(record, case, evidence)
        and (_comes_to_mind(record, case, evidence) or _is_suspected(record, evidence))
    ]
    return tuple(sorted(suspects, key=_worst_rank))


def _comes_to_mind(record: RedFlag, case: Case, evidence: Evidence) -> bool:
    """Tell whether a whole message made one think of the red flag, and nothing that its question asks was denied."""
    return record.id in case.suspected and evidence.absent.isdisjoint(record.raises)


def _is_suspected(record: RedFlag, evidence: Evidence) -> bool:
    """Tell whether what was said suggests the red flag, or would raise it were a doubt or a fear true."""
    if record.suspicion is not None and criterion_holds(record.suspicion, evidence.present):
        return True
    doubted = evidence.unsure | evidence.feared
    return bool(doubted) and criterion_holds(record.criteria, evidence.present | doubted)


def criterion_holds(criterion: Criterion, present: Collection[str]) -> bool:
    """Return whether the condition holds when exactly the findings of `present` are present."""
    if criterion.finding is not None:
        return criterion.finding in present
    if criterion.negated:
        return not criterion_holds(criterion.parts[0], present)
    holding = 0
    for part in criterion.parts:
        holding += criterion_holds(part, present)
        if holding >= criterion.count:
            return True
    return False


def is_question_open(record: RedFlag, case: Case, evidence: Evidence) -> bool:
    """Return whether the red flag's question was not put yet and still has something to ask."""
    asks = bool(record.question) and bool(open_findings(record.raises, evidence))
    return asks and screening_id(record.id) not in case.asked


def open_findings(finding_ids: Iterable[str], evidence: Evidence) -> tuple[str, ...]:
    """Return the findings that a screening question still has to ask for: neither reported nor denied.

    "Not sure" in the visitor's own words leaves a finding open: a doubt about a red flag is worth one closed question.
    """
    settled = evidence.present | evidence.absent
    return tuple(finding_id for finding_id in finding_ids if finding_id not in settled)


def screening_id(record_id: str) -> str:
    """Return the id of the question that screens for a red flag or puts a question of the short screen."""
    return record_id if record_id.startswith("screen_") else f"screen_{record_id}"


def _fired(case: Case, knowledge: Knowledge) -> Iterable[tuple[RedFlag, Urgency]]:
    present = gather_evidence(case, knowledge).present
    for record in knowledge.red_flags.values():
        if record.id in case.raised or criterion_holds(record.criteria, present):
            yield record, _level(record, case, present)


def _level(record: RedFlag, case: Case, present: Collection[str]) -> Urgency:
    escalates = record.escalate is not None and criterion_holds(record.escalate, present)
    stays = record.id in case.raised and record.id in case.escalated
    return Urgency.EMERGENCY if escalates or stays else record.level


def _advice(record: RedFlag, level: Urgency) -> str:
    return record.advice if level is record.level else record.escalated_advice or record.advice


def _worst_rank(record: RedFlag) -> tuple[int, int]:
    return record.level.rank, 0 if record.escalate else 1


def _added(kept: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept, *more)))
