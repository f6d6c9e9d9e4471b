"""The words and groups of the interview as frozen types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Findings of one theme that are asked together, as a tick-many question. `why` answers "why do you ask?"."""

    id: str
    text: str
    findings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class HomeCheck:
    """Something that a layperson can safely try at home.

    Attributes:
        text: how it is done and the closed question about its result, as shown.
        finding: what a "yes" reports; a "no" counts as not sure, so that a check never calms.
        unless: findings that forbid it, reported or in doubt.
        why: one sentence that answers "why do you ask?".
    """

    id: str
    text: str
    finding: str
    unless: tuple[str, ...]
    why: str


class RegionRole(StrEnum):
    """How a rule's region stands to the regions of the places; see `RegionRule`."""

    ALONE = "alone"
    BESIDE = "beside"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class RegionRule:
    """A region of the priors that several findings together name: one finding of every list in `needs` is present.

    `role`: a rule that stands `alone` replaces the regions of the places, because it reads several together; one of
    `beside` counts with them; one of `fallback` counts only where no place was named.
    """

    region: str
    needs: tuple[tuple[str, ...], ...]
    role: RegionRole = RegionRole.ALONE


@dataclass(frozen=True, slots=True)
class Interview:
    """The words and groups that the interview and the explanations use: `data/knowledge/interview.yml`.

    Attributes:
        yes, no, unsure, none: labels of the choices.
        where: the question that asks for the place; `where_why` answers "why do you ask?".
        places: location findings that `where` offers, in order.
        why_screening: why a red-flag question is asked.
        why_cause: why another question is asked; may hold {first} and {second}, names of causes.
        why_again: why a question is put again that the visitor went back to.
        fits_well, possible: how well a cause fits.
        denied: a reason against, an expected finding that the visitor denied; holds {finding}.
        blocked: why a treatment is not described, when no caution of its own says it; holds {findings}.
        blocked_by_flag: why no treatment is described while a red flag waits for care.
        cautions: the question that asks for what would forbid a treatment; `cautions_why` says why.
        groups: see `QuestionGroup`.
        regions: see `RegionRule`.
        checks: see `HomeCheck`.
        lesser_places: places that decide nothing about the scope beside a part of the body that is not covered.
        skin_signs: findings beside which the lesser places decide nothing about the scope either.
        spanning: findings of feet and of other parts at once, in scope whatever was named first.
        mentions: location findings of the sites whose mere mention, before any other, is about feet.
        vague_places: places that leave open where exactly it is.
        named: a reason for a cause that the visitor named.
        scope: findings that say by themselves, without any place, that it is about feet, legs or the back.
    """

    yes: str = ""
    no: str = ""
    unsure: str = ""
    none: str = ""
    where: str = ""
    where_why: str = ""
    places: tuple[str, ...] = ()
    why_screening: str = ""
    why_cause: str = ""
    why_again: str = ""
    fits_well: str = ""
    possible: str = ""
    denied: str = ""
    blocked: str = ""
    blocked_by_flag: str = ""
    cautions: str = ""
    cautions_why: str = ""
    groups: tuple[QuestionGroup, ...] = ()
    regions: tuple[RegionRule, ...] = ()
    scope: tuple[str, ...] = ()
    lesser_places: tuple[str, ...] = ()
    skin_signs: tuple[str, ...] = ()
    spanning: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    vague_places: tuple[str, ...] = ()
    named: str = ""
    checks: tuple[HomeCheck, ...] = ()
