"""What a practice knows, as frozen types: the records of `data/knowledge/` and `data/practice.yml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.case import Urgency


class FindingKind(StrEnum):
    """What a finding is about; it also decides how common the finding is when nothing is wrong."""

    LOCATION = "location"
    CHARACTER = "character"
    TIMING = "timing"
    WORSE = "worse"
    BETTER = "better"
    SIGN = "sign"
    NERVE = "nerve"
    BACK = "back"
    CONTEXT = "context"
    ALARM = "alarm"


class Frequency(StrEnum):
    """How often people with a cause have a finding; `scales.yml` gives the probabilities."""

    ALMOST_ALWAYS = "almost_always"
    OFTEN = "often"
    SOMETIMES = "sometimes"
    RARELY = "rarely"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `status` tells how far the source was read; `to verify` when it was not."""

    id: str
    title: str
    url: str
    status: str


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A symptom, sign or circumstance that a visitor can tell.

    Attributes:
        id: stable, snake_case, never renamed.
        name: how it is read back, as the end of "You told me: ..." ("pain under the heel").
        question: the closed question that asks for it, in plain words.
        help: why it is asked, one sentence; may be empty.
        phrases: words that visitors use, lower case.
        kind: see `FindingKind`.
        background: probability that somebody without a fitting cause reports it, 0 to 1.
        implies: ids of findings that are then present too.
    """

    id: str
    name: str
    question: str
    help: str
    phrases: tuple[str, ...]
    kind: FindingKind
    background: float
    implies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the body.

    Attributes:
        id: snake_case noun phrase.
        name: plain words.
        phrases: words that visitors use for the place alone ("heel", "ball of my foot").
        region: key of the region's priors; None when the site has none of its own.
        finding: id of the location finding that naming the site implies when pain is reported there; may be None.
        podiatric: False for parts of the body that Instep does not cover (hand, head, ...).
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    region: str | None
    finding: str | None
    podiatric: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """How often a cause shows a finding. `specificity` is `high`, `moderate` or `low`."""

    finding: str
    frequency: Frequency
    specificity: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """A cause that is easily mistaken for another one, and the question that tells them apart."""

    cause: str
    question: str
    reading: str


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
        blocked_by: findings that forbid showing `how` at all.
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


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition over findings reported now: a tree of `all`, `any`, `at_least` and finding ids.

    Exactly one form: a leaf has `finding`; a branch has `parts`, of which at least `count` must hold.
    """

    finding: str | None = None
    parts: tuple[Criterion, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign of something that cannot wait.

    Attributes:
        name: plain name for staff.
        level: `EMERGENCY`, `SAME_DAY` or `SOON`.
        criteria: when it fires.
        escalate: when it becomes an emergency; None when it never does.
        suspicion: when the screening question has to be asked; None when it is not.
        question: closed screening question; "not sure" counts as yes.
        raises: ids of the findings that a "yes" to the question makes present.
        advice: what to do now, shown first; may hold {emergency_number}, {practice_phone} and {crisis_line}.
        escalated_advice: the same when escalated; empty when it never is.
        regions: complaint regions for which the screening question belongs to the required set.
        sources: ids of sources.
    """

    id: str
    name: str
    level: Urgency
    criteria: Criterion
    escalate: Criterion | None
    suspicion: Criterion | None
    question: str
    raises: tuple[str, ...]
    advice: str
    escalated_advice: str
    regions: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed_on: dt.date | None
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that change what a statement means, lower case; how each list is used stands in the data file.

    Attributes:
        pain: words that report pain at a place ("hurts", "killing me"): place and word make the place's finding.
        ongoing: words that keep a statement in the present beside a past cue ("started", "ever since").
        not_a_side: left and right in another meaning ("right now", "left it").
    """

    negation: tuple[str, ...]
    negation_after: tuple[str, ...]
    pseudo_negation: tuple[str, ...]
    unsure: tuple[str, ...]
    past: tuple[str, ...]
    hypothetical: tuple[str, ...]
    idioms: tuple[str, ...]
    terminators: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    both: tuple[str, ...]
    child: tuple[str, ...]
    other_person: tuple[str, ...]
    affirm: tuple[str, ...]
    deny: tuple[str, ...]
    pain: tuple[str, ...] = ()
    ongoing: tuple[str, ...] = ()
    not_a_side: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """A question of the universal short screen; a tick-many list of findings, asked before any cause is shown."""

    id: str
    text: str
    findings: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FootBackLink:
    """What is said about how feet and back relate, at the strength of the evidence."""

    claim: str
    wording: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Findings of one theme that are asked together, as a tick-many question. `why` answers "why do you ask?"."""

    id: str
    text: str
    findings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class RegionRule:
    """A region of the priors that several findings together name: one finding of every list in `needs` is present."""

    region: str
    needs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """The words and groups that the interview and the explanations use: `data/knowledge/interview.yml`.

    Attributes:
        yes, no, unsure, none: labels of the choices.
        where: the question that asks for the place; `where_why` answers "why do you ask?".
        places: location findings that `where` offers, in order.
        why_screening: why a red-flag question is asked.
        why_cause: why another question is asked; may hold {first} and {second}, names of causes.
        fits_well, possible: how well a cause fits.
        denied: a reason against, an expected finding that the visitor denied; holds {finding}.
        blocked: why a treatment is not described, when no caution of its own says it; holds {findings}.
        blocked_by_flag: why no treatment is described while a red flag waits for care.
        cautions: the question that asks for what would forbid a treatment; `cautions_why` says why.
        groups: see `QuestionGroup`.
        regions: see `RegionRule`; the first that fits counts before the regions of the sites.
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


@dataclass(frozen=True, slots=True)
class DerivedFinding:
    """A finding that a number of the case makes present: `least` <= number < `below`.

    `measure` is the field of `bot.case.Case`: `age_years`, `duration_days` or `severity_0_10`.
    """

    measure: str
    least: int
    below: int
    finding: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All records, by id, and the SHA-256 `fingerprint` of the files that they came from.

    Attributes:
        other_prior: share of visitors whose cause is none of those here; regions call it `other_or_unclear`.
        derived_findings: what age, duration and severity make present.
        child_finding: id of the finding that is present when the conversation is about a child.
    """

    findings: Mapping[str, FindingRecord]
    sites: Mapping[str, Site]
    causes: Mapping[str, Cause]
    treatments: Mapping[str, Treatment]
    red_flags: Mapping[str, RedFlag]
    screen: tuple[ScreenQuestion, ...]
    cues: Cues
    sources: Mapping[str, Source]
    probabilities: Mapping[Frequency, float]
    region_priors: Mapping[str, Mapping[str, float]]
    prior_modifiers: tuple[PriorModifier, ...]
    back_pointers: tuple[str, ...]
    foot_pointers: tuple[str, ...]
    foot_back_links: tuple[FootBackLink, ...]
    fingerprint: str
    interview: Interview = Interview()
    other_prior: float = 0.02
    derived_findings: tuple[DerivedFinding, ...] = ()
    child_finding: str = ""


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who sees patients. `hours`: weekday 0 (Monday) to 6 -> opening spans in local time."""

    id: str
    name: str
    hours: Mapping[int, tuple[tuple[dt.time, dt.time], ...]]


@dataclass(frozen=True, slots=True)
class VisitType:
    """A kind of appointment. `minutes` is its length, `buffer_minutes` the pause after it."""

    id: str
    name: str
    minutes: int
    buffer_minutes: int
    free: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """Who the practice is.

    Attributes:
        phone: as shown; `phone_e164`: as dialled.
        region: two-letter country for reading phone numbers without a country code.
        closures: local dates on which nobody is seen.
        lead_minutes: shortest time between now and a visit that is offered.
        horizon_days: how far ahead visits are offered.
        answers: topic (hours, place, cost, insurance, bring, services, clinicians, privacy) -> what is answered.
    """

    name: str
    phone: str
    phone_e164: str
    emergency_number: str
    crisis_line: str
    email: str
    address: str
    website: str
    region: str
    time_zone: ZoneInfo
    clinicians: tuple[Clinician, ...]
    visit_types: tuple[VisitType, ...]
    closures: tuple[dt.date, ...]
    lead_minutes: int
    horizon_days: int
    slot_step_minutes: int
    answers: Mapping[str, str]
