"""The frozen types of one message: its acts, the findings in it, and everything else that was read, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Whether the visitor has the finding, denies it, or does not know."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


class Side(StrEnum):
    """The side of the body that the visitor named."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Tense(StrEnum):
    """Whether a finding is reported now, belongs to the past, or is only supposed or feared."""

    NOW = "now"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"


class Who(StrEnum):
    """The person that the conversation is about."""

    SELF = "self"
    CHILD = "child"
    OTHER = "other"


class Scope(StrEnum):
    """What a message is about: feet, legs and low back; knee or hip only; another part of the body; no complaint."""

    OURS = "ours"
    KNEE_HIP = "knee_hip"
    OTHER = "other"
    NONE = "none"


class ActKind(StrEnum):
    """What somebody does with a clause of a message."""

    TELL = "tell"
    DENY = "deny"
    ANSWER = "answer"
    CORRECT = "correct"
    ASK = "ask"
    WANT = "want"
    DETAIL = "detail"
    REACT = "react"
    CONTROL = "control"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about one finding of the knowledge base.

    Attributes:
        id: id of a record in `data/knowledge/findings/`.
        status: present, absent or unsure.
        side: None when the visitor named no side.
        start: offset of the first character in the message that says so (inclusive).
        end: offset after the last character (exclusive); start == end == 0 for an answer to a button.
        tense: only `Tense.NOW` counts as a symptom; the past and the supposed are kept for context.
        doubted: True for "not sure" to a red-flag question: present for safety, but no evidence of any cause.
    """

    id: str
    status: Status = Status.PRESENT
    side: Side | None = None
    start: int = 0
    end: int = 0
    tense: Tense = Tense.NOW
    doubted: bool = False

    @property
    def told_status(self) -> Status:
        """What the visitor said: a doubted finding counts as present for safety, but was answered with "not sure"."""
        return Status.UNSURE if self.doubted else self.status

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Finding:
        """Return the finding that `dataclasses.asdict` wrote."""
        return cls(
            id=value["id"],
            status=Status(value.get("status") or Status.PRESENT),
            side=Side(value["side"]) if value.get("side") else None,
            start=value.get("start", 0),
            end=value.get("end", 0),
            tense=Tense(value.get("tense") or Tense.NOW),
            doubted=value.get("doubted", False),
        )


@dataclass(frozen=True, slots=True)
class Act:
    """What one clause of a message does.

    Attributes:
        kind: what it does; a clause that tells a symptom and asks something is two acts.
        intent: name of the clause's intent; `data/intents.yml` says what it means. Empty for what is only told or
            denied beside another intent, and for a question that nobody understood.
        confidence: of the intent, 0 to 1.
        start: offset of the clause's first character in the message (inclusive).
        end: offset after its last character (exclusive).
        guessed: True where only the form of the clause says that it asks, and the intent is the likeliest one.
    """

    kind: ActKind
    intent: str
    confidence: float
    start: int
    end: int
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, by name or by a word that points back to what was told.

    Attributes:
        cause: id of the cause that the message names in whatever sense, None when it names none.
        treatment: id of the treatment that it names, None when it names none.
        claim: place in `foot_back.yml` of the claim that the message resembles, None for none; only read in questions
            about foot and back.
        how: True where it asks how something is done.
        points_back: True where a pronoun stands for something ("is it serious?").
        asks_of_it: True where the question's own subject is a pronoun ("does it help?").
    """

    cause: str | None = None
    treatment: str | None = None
    claim: int | None = None
    how: bool = False
    points_back: bool = False
    asks_of_it: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in one message.

    Attributes:
        findings: in the order of the text.
        age_years: age of the person that it is about, 0 to 120.
        duration_days: how long it has lasted, in days, more than 0.
        severity_0_10: pain from 0 (none) to 10 (worst).
        who: None when the message does not tell.
        named_causes: ids of the causes that the visitor names as the own one, not denied and not merely asked about.
        sites: ids of the body sites that the message names, with or without a complaint, in the order of the text.
        suspected: ids of the red flags that a nurse might think of; each leads to its closed question.
        scope: what the message is about, see `Scope`; None where that cannot be told.
        intent: name of what the message is for as a whole, empty when that is not known.
        confidence: of the intent, 0 to 1.
        acts: what the message does, clause by clause, in the order of the text.
        feared: ids of what the visitor names as a fear.
        tried: ids of the treatments that the visitor says were tried.
        subject: what a question is about.
        general: True where the message asks about things in general: what it names then counts only as far as it
            raises a red flag.
        side: the side where the message names one and nothing else ("actually the left one").
        corrects: True where a word says that something told before is or was otherwise ("sorry", "no longer").
        impossible_pain: a pain beyond the scale, as it was said.
        impossible_age: an age beyond any, as it was said.
    """

    findings: tuple[Finding, ...] = ()
    age_years: int | None = None
    duration_days: int | None = None
    severity_0_10: int | None = None
    who: Who | None = None
    named_causes: tuple[str, ...] = ()
    sites: tuple[str, ...] = field(default=(), compare=False)
    suspected: tuple[str, ...] = field(default=(), compare=False)
    scope: Scope | None = field(default=None, compare=False)
    intent: str = field(default="", compare=False)
    confidence: float = field(default=0.0, compare=False)
    acts: tuple[Act, ...] = field(default=(), compare=False)
    feared: tuple[str, ...] = field(default=(), compare=False)
    tried: tuple[str, ...] = field(default=(), compare=False)
    subject: Subject = field(default=Subject(), compare=False)
    general: bool = field(default=False, compare=False)
    side: Side | None = field(default=None, compare=False)
    corrects: bool = field(default=False, compare=False)
    impossible_pain: int | None = field(default=None, compare=False)
    impossible_age: int | None = field(default=None, compare=False)

    @property
    def tells_nothing(self) -> bool:
        """True where nothing was read that a case could take in."""
        return self == Reading()

    def to_json(self) -> dict[str, Any]:
        """Return the reading as plain JSON values without what is empty, as a message carries it."""
        empty = {item.name: getattr(_EMPTY, item.name) for item in fields(Reading)}
        told = {name: value for name, value in asdict(self).items() if getattr(self, name) != empty[name]}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Reading:
        """Return the reading that `to_json` wrote; an empty one for None."""
        said = dict(value or {})
        said["findings"] = tuple(map(Finding.from_json, said.get("findings", ())))
        said["acts"] = tuple(Act(**{**act, "kind": ActKind(act["kind"])}) for act in said.get("acts", ()))
        for name in ("named_causes", "sites", "suspected", "feared", "tried"):
            said[name] = tuple(said.get(name, ()))
        said["subject"] = Subject(**said.get("subject", {}))
        for name, kind in (("who", Who), ("side", Side), ("scope", Scope)):
            said[name] = kind(said[name]) if said.get(name) else None
        return cls(**said)


_EMPTY = Reading()
