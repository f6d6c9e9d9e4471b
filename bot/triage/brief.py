"""The clinician brief: one page made from a case, for staff and for the clinician who sees the visitor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.case import Case, Finding, Status, Tense, Urgency
from bot.knowledge.model import FindingKind, Knowledge, Practice
from bot.triage.explanation import explain_causes
from bot.triage.interview_questions import check_id
from bot.triage.matching import match_causes
from bot.triage.red_flags import screen_red_flags
from bot.triage.result import Matching, RaisedFlag
from bot.triage.screening import is_told_back, warning_signs
from bot.triage.urgency import judge_urgency


@dataclass(frozen=True, slots=True)
class BriefCause:
    """A possible cause with its reasons, in words."""

    name: str
    fit: str
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a clinician wants to know at a glance. Findings are named as they are read back.

    Attributes:
        complaint: the visitor's first description in the visitor's own words.
        who: `self`, `child` or `other`.
        duration_days: more than 0, None where it was not said; `severity_0_10` and `age_years` likewise.
        present: symptoms and circumstances reported now, with the side.
        past: those reported of an earlier time.
        absent: those denied, without warning signs.
        unsure: those that the visitor was not sure about.
        causes: ranked, at most three; none beside an emergency.
        red_flags: names of the raised red flags with their urgency, most urgent first.
        withdrawn: names of those that the visitor took back and that were not raised again.
        denied_warnings: warning signs that were asked for and denied.
        named_causes: names of the conditions that the visitor says were found before.
        tried: names of the treatments that the visitor says were tried.
        feared: what the visitor fears.
        checks: home checks that were offered, with what they look for and the answer.
        urgency: see `bot.case.Urgency`.
    """

    complaint: str
    who: str
    age_years: int | None
    duration_days: int | None
    severity_0_10: int | None
    present: tuple[str, ...]
    past: tuple[str, ...]
    absent: tuple[str, ...]
    unsure: tuple[str, ...]
    causes: tuple[BriefCause, ...]
    red_flags: tuple[tuple[str, str], ...]
    denied_warnings: tuple[str, ...]
    named_causes: tuple[str, ...]
    tried: tuple[str, ...]
    feared: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    urgency: str
    withdrawn: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the brief as plain JSON values, as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Brief:
        """Return the brief that `to_json` wrote."""
        fields: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in value.items()}
        fields["causes"] = tuple(
            BriefCause(cause["name"], cause["fit"], tuple(cause["reasons_for"]), tuple(cause["reasons_against"]))
            for cause in value["causes"]
        )
        for pairs in ("red_flags", "checks"):
            fields[pairs] = tuple(tuple(pair) for pair in value[pairs])
        return cls(**fields)


def make_brief(case: Case, knowledge: Knowledge, practice: Practice) -> Brief:
    """Return the brief of a case."""
    matching = match_causes(case, knowledge)
    flags = screen_red_flags(case, knowledge, practice)
    causes = (
        BriefCause(cause.name, cause.fit, cause.reasons_for, cause.reasons_against)
        for cause in explain_causes(case, matching, knowledge)
    )
    warnings, others = _split(_now(case, Status.ABSENT, knowledge), knowledge)
    return Brief(
        complaint=case.complaint,
        who=case.who.value,
        age_years=case.age_years,
        duration_days=case.duration_days,
        severity_0_10=case.severity_0_10,
        present=_names(_now(case, Status.PRESENT, knowledge), knowledge),
        past=_names(_past(case, knowledge), knowledge),
        absent=_names(others, knowledge),
        unsure=_names(_now(case, Status.UNSURE, knowledge), knowledge),
        causes=tuple(causes),
        red_flags=tuple((flag.name, flag.level.value) for flag in flags),
        denied_warnings=_names(warnings, knowledge),
        named_causes=tuple(knowledge.causes[item].name for item in case.named_causes if item in knowledge.causes),
        tried=tuple(knowledge.treatments[item].name for item in case.tried if item in knowledge.treatments),
        feared=tuple(knowledge.fears[item].name for item in case.feared if item in knowledge.fears),
        checks=_checks(case, knowledge),
        urgency=_urgency(case, flags, matching, knowledge),
        withdrawn=_withdrawn(case, flags, knowledge),
    )


def _withdrawn(case: Case, flags: Sequence[RaisedFlag], knowledge: Knowledge) -> tuple[str, ...]:
    raised = {flag.id for flag in flags}
    taken_back = (item for item in case.withdrawn if item in knowledge.red_flags and item not in raised)
    return tuple(knowledge.red_flags[item].name for item in taken_back)


def _urgency(case: Case, flags: Sequence[RaisedFlag], matching: Matching, knowledge: Knowledge) -> str:
    return judge_urgency(case, flags, matching, knowledge).value if case.findings else Urgency.NONE.value


def _now(case: Case, status: Status, knowledge: Knowledge) -> list[Finding]:
    told = (item for item in case.findings if item.tense is Tense.NOW and item.told_status is status)
    return [item for item in told if is_told_back(item.id, knowledge)]


def _past(case: Case, knowledge: Knowledge) -> list[Finding]:
    told = (item for item in case.findings if item.tense is Tense.PAST and item.status is Status.PRESENT)
    return [item for item in told if is_told_back(item.id, knowledge)]


def _split(findings: Iterable[Finding], knowledge: Knowledge) -> tuple[list[Finding], list[Finding]]:
    """Return the warning signs, then the others."""
    asked = warning_signs(knowledge)
    warnings: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        is_warning = finding.id in asked or knowledge.findings[finding.id].kind is FindingKind.ALARM
        (warnings if is_warning else others).append(finding)
    return warnings, others


def _names(findings: Iterable[Finding], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(_name(finding, knowledge) for finding in findings)


def _name(finding: Finding, knowledge: Knowledge) -> str:
    record = knowledge.findings[finding.id]
    if finding.side is None or record.kind is not FindingKind.LOCATION:
        return record.name
    return f"{record.name} ({finding.side.value})"


def _checks(case: Case, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    done = (check for check in knowledge.interview.checks if check_id(check) in case.asked)
    answers = ((check.finding, case.status_of(check.finding)) for check in done)
    return tuple((knowledge.findings[finding].name, status.value) for finding, status in answers if status)
