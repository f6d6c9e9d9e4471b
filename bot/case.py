"""The frozen types that every room shares: everything said so far, the open question, and how urgent it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from bot.message import Act, ActKind, Finding, Reading, Scope, Side, Status, Subject, Tense, Who

__all__ = [
    "Act",
    "ActKind",
    "Case",
    "Choice",
    "Finding",
    "Question",
    "Reading",
    "Scope",
    "Side",
    "Status",
    "Subject",
    "Tense",
    "Urgency",
    "Who",
    "most_urgent",
]


class Urgency(StrEnum):
    """How soon the visitor needs care, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    ROUTINE = "routine"
    SELF_CARE = "self_care"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the most urgent level; a smaller rank is the more urgent one."""
        return list(Urgency).index(self)


def most_urgent(levels: Iterable[Urgency]) -> Urgency:
    """Return the most urgent of the levels, `Urgency.NONE` when there is none."""
    return min(levels, key=lambda level: level.rank, default=Urgency.NONE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a visitor can press. `id` is unique within its question, `label` is shown.

    `alone` is True where it contradicts every other answer of a tick-many question, as "none of these" does.
    """

    id: str
    label: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview.

    Attributes:
        id: unique; a question is put at most once in a conversation.
        text: as shown, one plain sentence.
        choices: `yes`, `no`, `unsure` for a question about one finding; a finding's id each, then `none` and
            `unsure`, where several can be ticked.
        findings: ids of the findings that it asks about, in the order of the choices.
        many: True where several choices can be ticked.
        screening: True for a red-flag question: there "not sure" counts as yes.
        why: one sentence that answers "why do you ask?".
        sentence: a list of several choices asked in one sentence with yes, no and not sure; only a yes opens the list.
        put: how often it was put before.
    """

    id: str
    text: str
    choices: tuple[Choice, ...]
    findings: tuple[str, ...]
    many: bool = False
    screening: bool = False
    why: str = ""
    sentence: str = ""
    put: int = 0

    def opened(self) -> Question:
        """Return the question as the list of its choices."""
        return replace(self, sentence="", put=self.put + 1)

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | str | None) -> Question | None:
        """Return the question of the slot `question`, as JSON values or as JSON text; None when it holds none."""
        if not value:
            return None
        fields = dict(json.loads(value) if isinstance(value, str) else value)
        fields["choices"] = tuple(Choice(**choice) for choice in fields.get("choices", ()))
        fields["findings"] = tuple(fields.get("findings", ()))
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything said in a conversation so far, as triage sees it.

    Attributes:
        findings: the newest statement about each finding and tense, oldest finding first.
        asked: ids of the questions that were put, in order; none is put twice.
        raised: ids of the red flags that fired; they stay until they are explicitly cleared.
        escalated: ids of the raised red flags that became an emergency; they stay one.
        age_years: 0 to 120.
        duration_days: more than 0.
        severity_0_10: 0 to 10.
        who: the person that the conversation is about.
        complaint: the visitor's first description in the visitor's own words.
        named_causes: see `Reading`; what any message named.
        sites: see `Reading`; what any message named, the earliest first.
        feared: ids of what the visitor fears, as any message named it.
        tried: ids of the treatments that the visitor says were tried.
        suspected: see `Reading`; of any message.
        scope: see `Reading`; what any message made ours stays ours.
        withdrawn: ids of the red flags that were raised and that the visitor took back.
    """

    findings: tuple[Finding, ...] = ()
    asked: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    age_years: int | None = None
    duration_days: int | None = None
    severity_0_10: int | None = None
    who: Who = Who.SELF
    complaint: str = ""
    escalated: tuple[str, ...] = ()
    named_causes: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    feared: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    suspected: tuple[str, ...] = ()
    scope: Scope | None = None
    withdrawn: tuple[str, ...] = ()

    def with_reading(self, reading: Reading) -> Case:
        """Return the case with a message's reading added; the newer statement replaces the older."""
        return replace(
            self,
            findings=_merged(self.findings, reading.findings),
            age_years=self.age_years if reading.age_years is None else reading.age_years,
            duration_days=self.duration_days if reading.duration_days is None else reading.duration_days,
            severity_0_10=self.severity_0_10 if reading.severity_0_10 is None else reading.severity_0_10,
            who=reading.who or self.who,
            named_causes=tuple(dict.fromkeys((*self.named_causes, *reading.named_causes))),
            sites=tuple(dict.fromkeys((*self.sites, *reading.sites))),
            suspected=tuple(dict.fromkeys((*self.suspected, *reading.suspected))),
            scope=self.scope if self.scope is Scope.OURS else reading.scope or self.scope,
            feared=tuple(dict.fromkeys((*self.feared, *reading.feared))),
            tried=tuple(dict.fromkeys((*self.tried, *reading.tried))),
        )

    def status_of(self, finding_id: str) -> Status | None:
        """Return the status of a finding reported now, None when it was never mentioned."""
        for finding in self.findings:
            if finding.id == finding_id and finding.tense is Tense.NOW:
                return finding.status
        return None

    def having(self, status: Status) -> frozenset[str]:
        """Return the ids of all findings reported now with that status."""
        return frozenset(
            finding.id for finding in self.findings if finding.status is status and finding.tense is Tense.NOW
        )

    def to_json(self) -> dict[str, Any]:
        """Return the case as plain JSON values, as the Rasa slot `case` holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Case:
        """Return the case that `to_json` wrote; an empty case for None."""
        if not value:
            return cls()
        fields = dict(value)
        fields["findings"] = tuple(map(Finding.from_json, fields.get("findings", ())))
        fields["asked"] = tuple(fields.get("asked", ()))
        fields["raised"] = tuple(fields.get("raised", ()))
        fields["escalated"] = tuple(fields.get("escalated", ()))
        for name in ("named_causes", "feared", "tried", "sites", "suspected", "withdrawn"):
            fields[name] = tuple(fields.get(name, ()))
        fields["scope"] = Scope(fields["scope"]) if fields.get("scope") else None
        fields["who"] = Who(fields.get("who", Who.SELF))
        return cls(**fields)


def _merged(older: tuple[Finding, ...], newer: tuple[Finding, ...]) -> tuple[Finding, ...]:
    merged = {(finding.id, finding.tense): finding for finding in older}
    for finding in newer:
        key = (finding.id, finding.tense)
        earlier = merged.get(key)
        if finding.side is None and earlier is not None:
            finding = replace(finding, side=earlier.side)
        merged[key] = finding
    return tuple(merged.values())
