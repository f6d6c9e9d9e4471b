"""Causes and treatments as frozen types, with the sources of their facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.case import Urgency


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `status` tells how far the source was read; `to verify` when it was not."""

    id: str
    title: str
    url: str
    status: str


class Frequency(StrEnum):
    """How often people with a cause have a finding; `scales.yml` gives the probabilities."""

    ALMOST_ALWAYS = "almost_always"
    OFTEN = "often"
    SOMETIMES = "sometimes"
    RARELY = "rarely"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Sign:
    """How often a cause shows a finding. `specificity` is `high`, `moderate` or `low`."""

    finding: str
    frequency: Frequency
    specificity: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """A cause that is easily mistaken for another one, and the question that tells them apart.

    Attributes:
        cause: id of the other cause.
        reading: how the answer reads.
        findings: what the question asks for, ids; empty when it is only told and never asked.
    """

    cause: str
    question: str
    reading: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A possible cause of the visitor's complaint.

    Attributes:
        name: plain name, with the medical one in brackets where they differ.
        phrases: names that visitors use for it, lower case.
        summary: one plain sentence.
        prior: share among visitors before anything is known, more than 0.
        signs: see `Sign`.
        against: findings that speak against it.
        foot_back: how it links foot and back, one sentence; empty when it does not.
        self_care: what one can do oneself, short phrases.
        clinic_care: what a clinician offers, short phrases with the strength of the evidence in words.
        course: how it usually goes.
        see: level of care -> when that level is needed.
        urgency: level when this cause leads and no red flag is raised.
        treatments: ids of the treatments that are options for it.
        confused_with: see `Confusion`.
        in_article: True when the practice's founding article names it.
        sources: ids of sources.
        reviewed_on: None until a clinician has signed the record.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    summary: str
    prior: float
    signs: tuple[Sign, ...]
    against: tuple[str, ...]
    foot_back: str
    self_care: tuple[str, ...]
    clinic_care: tuple[str, ...]
    course: str
    see: Mapping[Urgency, str]
    urgency: Urgency
    treatments: tuple[str, ...]
    confused_with: tuple[Confusion, ...]
    in_article: bool
    sources: tuple[str, ...]
    reviewed_on: dt.date | None
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class PriorModifier:
    """A circumstance that makes causes more or less likely: cause id -> factor, more than 0."""

    finding: str
    factors: Mapping[str, float]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """Who should not use a treatment: any of the findings present means the text applies."""

    findings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of a treatment: for which causes, how it is done, and what forbids showing it."""

    id: str
    name: str
    causes: tuple[str, ...]
    how: str
    evidence: str
    caution: str
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment option, told honestly. `evidence` says its strength in plain words; there is never a dose.

    Attributes:
        blocked_by: findings that forbid showing `how` at all; they are asked for before, most important first.
        strength: how strong the evidence is, in a few words, for the overview.
        exercises: single exercises, where the treatment has such; `how` also stands alone.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    summary: str
    how: str
    evidence: str
    time_to_effect: str
    cautions: tuple[Caution, ...]
    blocked_by: tuple[str, ...]
    causes: tuple[str, ...]
    in_article: bool
    sources: tuple[str, ...]
    reviewed_on: dt.date | None
    reviewed_by: str
    exercises: tuple[Exercise, ...] = ()
    strength: str = ""


@dataclass(frozen=True, slots=True)
class FootBackLink:
    """What is said about how feet and back relate, at the strength of its evidence; `label` is it as a choice."""

    claim: str
    wording: str
    sources: tuple[str, ...]
    label: str = ""
