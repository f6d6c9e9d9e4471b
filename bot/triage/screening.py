"""The questions that look for red flags; they come before any question about causes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.case import Case, Choice, Question
from bot.knowledge.model import FindingKind, Knowledge, RedFlag, ScreenQuestion
from bot.triage.evidence import Evidence
from bot.triage.red_flags import find_suspects, is_question_open, open_findings, screening_id
from bot.triage.regions import name_regions, named_places
from bot.triage.scope import is_in_scope

LISTS_BY = 5
"""Questions in all after which lists go before every other screening question, so that the limit never cuts one."""

YES, NO, UNSURE, NONE = "yes", "no", "unsure", "none"
"""Ids of the choices that are not findings."""


def next_screening(case: Case, evidence: Evidence, fired: Collection[str], knowledge: Knowledge) -> Question | None:
    """Return the screening question to put next, None when the required set is answered.

    Required are the question of every red flag under suspicion, the lists of the short screen for the regions that
    were named (the general list where none fits) and the questions of the red flags that belong to such a region. The
    most urgent suspicion comes first; one that an open list covers is asked through that list, so that nothing is
    asked twice.

    Args:
        case: everything said so far.
        evidence: what `gather_evidence` makes of the case.
        fired: ids of the red flags that hold already.
        knowledge: the practice's records.
    """
    screens = _required_screens(case, evidence, knowledge)
    flags = (
        *find_suspects(case, evidence, fired, knowledge),
        *_regional_flags(case, evidence, fired, knowledge),
    )
    if screens and (not flags or len(case.asked) >= LISTS_BY):
        return _ask_screen(screens[0], evidence, knowledge)
    if not flags:
        return None
    wanted = open_findings(flags[0].raises, evidence)
    covering = next((screen for screen in screens if set(wanted) <= set(screen.findings)), None)
    return _ask_screen(covering, evidence, knowledge) if covering else _ask_flag(flags[0], evidence, knowledge)


def closed_choices(knowledge: Knowledge) -> tuple[Choice, ...]:
    """Return the choices of a question about one thing."""
    words = knowledge.interview
    return Choice(YES, words.yes), Choice(NO, words.no), Choice(UNSURE, words.unsure)


def many_choices(finding_ids: Iterable[str], knowledge: Knowledge) -> tuple[Choice, ...]:
    """Return the choices of a tick-many question: the findings, then none of them, then not sure."""
    words = knowledge.interview
    findings = (Choice(finding_id, knowledge.findings[finding_id].label) for finding_id in finding_ids)
    return *findings, Choice(NONE, words.none, alone=True), Choice(UNSURE, words.unsure)


def _required_screens(case: Case, evidence: Evidence, knowledge: Knowledge) -> list[ScreenQuestion]:
    if named_places(evidence, knowledge) and not is_in_scope(evidence, knowledge):
        return []
    regions = name_regions(evidence, knowledge)
    fitting = [screen for screen in knowledge.screen if not regions.keys().isdisjoint(screen.regions)]
    return [
        screen
        for screen in fitting or (screen for screen in knowledge.screen if not screen.regions)
        if screening_id(screen.id) not in case.asked and open_findings(screen.findings, evidence)
    ]


def _regional_flags(case: Case, evidence: Evidence, fired: Collection[str], knowledge: Knowledge) -> list[RedFlag]:
    regions = name_regions(evidence, knowledge)
    return [
        record
        for record in knowledge.red_flags.values()
        if not regions.keys().isdisjoint(record.regions)
        and record.id not in fired
        and is_question_open(record, case, evidence)
    ]


def _ask_flag(record: RedFlag, evidence: Evidence, knowledge: Knowledge) -> Question:
    return Question(
        id=screening_id(record.id),
        text=record.question,
        choices=closed_choices(knowledge),
        findings=open_findings(record.raises, evidence),
        screening=True,
        why=knowledge.interview.why_screening,
    )


def _ask_screen(screen: ScreenQuestion, evidence: Evidence, knowledge: Knowledge) -> Question:
    findings = open_findings(screen.findings, evidence)
    return Question(
        id=screening_id(screen.id),
        text=screen.text,
        choices=many_choices(findings, knowledge),
        findings=findings,
        many=True,
        screening=True,
        why=screen.why or knowledge.interview.why_screening,
    )


def warning_signs(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that the screening questions ask for."""
    asked = {item for screen in knowledge.screen for item in screen.findings}
    return frozenset(asked.union(item for flag in knowledge.red_flags.values() for item in flag.raises))


def is_told_back(finding_id: str, knowledge: Knowledge) -> bool:
    """Return whether a finding is named when a case is read back.

    Left out are alarm findings that nothing asks for: they only mark how a message is worded ("since yesterday").
    """
    record = knowledge.findings.get(finding_id)
    if record is None:
        return False
    return record.kind is not FindingKind.ALARM or finding_id in warning_signs(knowledge)
