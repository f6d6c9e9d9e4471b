"""Says back what was told, in clauses that a person would say: "the heel hurts underneath, for about three weeks"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.case import Case, Finding, Side, Status, Tense
from bot.conversation.say import Phrase, Say
from bot.knowledge.model import FindingKind, Knowledge
from bot.triage.evidence import expand_implied
from bot.triage.screening import is_told_back, warning_signs

_FIRST = (FindingKind.LOCATION, FindingKind.BACK, FindingKind.ALARM, FindingKind.SIGN)
"""Kinds that are said first: where it is and what it is; then how, when, and what goes with it."""

_LAST = (FindingKind.CONTEXT,)

_MOST_TOLD = 6
_MOST_DENIED = 3
"""Clauses of a summary; more would not be read."""

_SPANS = ((365, "utter_part_years"), (30, "utter_part_months"), (7, "utter_part_weeks"), (1, "utter_part_days"))
_LEAST_OF_A_SPAN = 2


def read_back(case: Case, knowledge: Knowledge, phrase: Phrase) -> list[Say]:
    """Return what was understood so far, in one bubble; nothing where nothing is there."""
    told = told_clauses(case, knowledge, phrase, most=_MOST_TOLD)
    if not told:
        return []
    clauses = [*told, *circumstances(case, phrase)]
    denied = in_a_sentence(denied_clauses(case, knowledge, most=_MOST_DENIED), phrase)
    values = {"told": in_a_sentence(clauses, phrase)}
    return [Say("utter_read_back_denied", {**values, "denied": denied}) if denied else Say("utter_read_back", values)]


def told_clauses(
    case: Case, knowledge: Knowledge, phrase: Phrase, *, most: int, only: Collection[str] | None = None
) -> list[str]:
    """Return what is there now, as clauses, places first.

    Args:
        case: everything said so far.
        knowledge: the practice's records.
        phrase: of `domain.yml`.
        most: clauses at most.
        only: ids of the findings that may be named; None for all.
    """
    named = [
        item for item in named_findings(case, Status.PRESENT, knowledge) if item.id not in knowledge.interview.unsaid
    ]
    chosen = [item for item in named if only is None or item.id in only]
    chosen.sort(key=lambda item: _place_in_a_row(knowledge.findings[item.id].kind))
    return [_clause(item, knowledge, phrase) for item in chosen[:most]]


def denied_clauses(case: Case, knowledge: Knowledge, *, most: int) -> list[str]:
    """Return what was denied in words or by an answer, as clauses, without the warning signs."""
    warnings = warning_signs(knowledge)
    denied = [item.id for item in named_findings(case, Status.ABSENT, knowledge) if item.id not in warnings]
    return [knowledge.findings[item].said_not for item in denied[:most]]


def circumstances(case: Case, phrase: Phrase) -> list[str]:
    """Return how long it has lasted and how strong it is, where that was told."""
    parts = [_duration(case.duration_days, phrase)] if case.duration_days else []
    if case.severity_0_10 is not None:
        parts.append(phrase("utter_part_severity", severity=str(case.severity_0_10)))
    return parts


def in_a_sentence(clauses: Sequence[str], phrase: Phrase) -> str:
    """Return clauses as one: "a, b and c"."""
    return phrase("utter_part_and").join([", ".join(clauses[:-1]), clauses[-1]]) if clauses[1:] else "".join(clauses)


def named_findings(case: Case, status: Status, knowledge: Knowledge) -> list[Finding]:
    """Return the findings reported now with that status that are said back, without what another says more exactly."""
    now = [item for item in case.findings if item.tense is Tense.NOW and item.told_status is status]
    implied = {more for item in now for more in expand_implied([item.id], knowledge) if more != item.id}
    return [item for item in now if is_told_back(item.id, knowledge) and item.id not in implied]


def _place_in_a_row(kind: FindingKind) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST) + (kind in _LAST)


def _clause(finding: Finding, knowledge: Knowledge, phrase: Phrase) -> str:
    record = knowledge.findings[finding.id]
    if finding.side is None or record.kind is not FindingKind.LOCATION:
        return record.said
    if finding.side is Side.BOTH:
        # Some clauses say it by themselves.
        return record.said if Side.BOTH.value in record.said.split() else f"{record.said} {phrase('utter_part_both')}"
    return f"{record.said} {phrase('utter_part_side', side=finding.side.value)}"


def _duration(days: int, phrase: Phrase) -> str:
    for length, response in _SPANS:
        if days >= _LEAST_OF_A_SPAN * length:
            return phrase(response, count=str(round(days / length)))
    return phrase("utter_part_one_day")
