"""The words and groups of the interview as frozen types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Findings of one theme that are asked together, as a tick-many question. `why` answers "why do you ask?".

    Attributes:
        beside: findings one of which must be reported; the group then goes first. Empty: the group is for everybody.
        instead_of: ids of groups that are left out where this one is asked, for a complaint that they do not fit.
    """

    id: str
    text: str
    findings: tuple[str, ...]
    why: str
    beside: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


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
        yes, no, unsure, none: labels of the choices; none_in_sentence, one_of_them: of a list in one sentence.
        screen_first, screen_again, screen_last: the warning signs in one sentence, the first, the second and any other
            time; each holds {things}. screen_which: the same as a list to tick.
        either: what stands before the last thing of a list.
        again_closed, again_many: any other question that comes again, about one thing ({things}) and about several.
        where: the question that asks for the place; `where_why` answers "why do you ask?".
        places: location findings that `where` offers, in order.
        places_within: what it offers instead beside a place that leaves open where exactly.
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
        unsaid: findings that are never said back to the visitor.
        vague_places: places that leave open where exactly it is.
        named: a reason for a cause that the visitor named.
        scope: findings that say by themselves, without any place, that it is about feet, legs or the back.
    """

    yes: str = ""
    no: str = ""
    unsure: str = ""
    none: str = ""
    none_in_sentence: str = ""
    one_of_them: str = ""
    either: str = ""
    screen_first: str = ""
    screen_again: str = ""
    screen_last: str = ""
    screen_which: str = ""
    again_closed: str = ""
    again_many: str = ""
    where: str = ""
    where_why: str = ""
    places: tuple[str, ...] = ()
    places_within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
    unsaid: tuple[str, ...] = ()
    vague_places: tuple[str, ...] = ()
    named: str = ""
    checks: tuple[HomeCheck, ...] = ()
