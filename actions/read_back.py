"""Reads back what was understood: what is there, for how long, and what the visitor said is not."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.wiring import phrase
from bot.case import Case, Finding, Side, Status, Tense
from bot.knowledge.model import FindingKind
from bot.triage.evidence import expand_implied
from bot.triage.screening import is_told_back, warning_signs

_MOST_TOLD = 8
"""Findings that are there and are read back one by one."""

_MOST_DENIED = 4
"""More denied findings than these are not read back one by one."""

_SPANS = ((365, "utter_part_years"), (30, "utter_part_months"), (7, "utter_part_weeks"), (1, "utter_part_days"))
_LEAST_OF_A_SPAN = 2


def say_read_back(dispatcher: CollectingDispatcher, case: Case) -> None:
    """Say what was understood, shortly; nothing where nothing is there."""
    response, values = _read_back(case)
    if response:
        dispatcher.utter_message(response=response, **values)


def read_back(case: Case) -> str:
    """Return what was understood as a paragraph before something else, empty where nothing is there."""
    response, values = _read_back(case)
    return f"{phrase(response, **values)}\n\n" if response else ""


def _read_back(case: Case) -> tuple[str, dict[str, str]]:
    """Return the response that reads back and its values; an empty one where nothing is there."""
    there = _named(case, Status.PRESENT)
    if not there:
        return "", {}
    places = [finding for finding in there if _is_place(finding)] or there[:1]
    present = [_told(finding, with_side=finding in places) for finding in there]
    rest = [phrase("utter_part_more_noted", count=str(len(present) - _MOST_TOLD))] if len(present) > _MOST_TOLD else []
    said = ", ".join([*present[:_MOST_TOLD], *rest, *_circumstances(case)])
    absent = _denied(case)
    return (
        ("utter_read_back_denied", {"present": said, "absent": absent})
        if absent
        else ("utter_read_back", {"present": said})
    )


def _named(case: Case, status: Status) -> list[Finding]:
    knowledge = wiring.knowledge()
    now = [item for item in case.findings if item.tense is Tense.NOW and item.told_status is status]
    # What another finding says more precisely ("pain in the heel" beside "pain under the heel") is not said twice.
    implied = {more for item in now for more in expand_implied([item.id], knowledge) if more != item.id}
    return [item for item in now if is_told_back(item.id, knowledge) and item.id not in implied]


def _is_place(finding: Finding) -> bool:
    return wiring.knowledge().findings[finding.id].kind is FindingKind.LOCATION


def _told(finding: Finding, *, with_side: bool) -> str:
    name = wiring.knowledge().findings[finding.id].name
    if finding.side is None or not with_side:
        return name
    if finding.side is Side.BOTH:
        # Some names say it by themselves.
        return name if Side.BOTH.value in name.split() else phrase("utter_part_both_sides", name=name)
    return phrase("utter_part_side", name=name, side=finding.side.value)


def _circumstances(case: Case) -> list[str]:
    parts = []
    if case.duration_days:
        parts.append(_duration(case.duration_days))
    if case.severity_0_10 is not None:
        parts.append(phrase("utter_part_severity", severity=str(case.severity_0_10)))
    if case.age_years is not None:
        parts.append(phrase("utter_part_age", age=str(case.age_years)))
    return parts


def _duration(days: int) -> str:
    for length, response in _SPANS:
        if days >= _LEAST_OF_A_SPAN * length:
            return phrase(response, count=str(round(days / length)))
    return phrase("utter_part_one_day")


def _denied(case: Case) -> str:
    knowledge = wiring.knowledge()
    warnings = warning_signs(knowledge)
    denied = [finding.id for finding in _named(case, Status.ABSENT)]
    plain = [knowledge.findings[item].name for item in denied if item not in warnings]
    parts = plain if len(plain) <= _MOST_DENIED else []
    if warnings.intersection(denied):
        parts = [*parts, phrase("utter_part_no_warnings")]
    return ", ".join(parts)
