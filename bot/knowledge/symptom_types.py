"""What visitors can tell, as frozen types: findings, places, cues and what is derived from numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Combination:
    """Words that make a finding together, in any order within one sentence.

    Attributes:
        parts: for each part the words that may stand for it.
        without: parts none of which may stand in the same sentence.
    """

    parts: tuple[tuple[str, ...], ...]
    without: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A symptom, sign or circumstance that a visitor can tell.

    Attributes:
        id: stable, snake_case, never renamed.
        name: how it is read back, as the end of "You told me: ..." ("pain under the heel").
        question: the closed question that asks for it, in plain words.
        label: how it stands in a list to tick ("cannot take four steps").
        help: why it is asked, one sentence; may be empty.
        phrases: words that visitors use, lower case.
        kind: see `FindingKind`.
        background: probability that somebody without a fitting cause reports it, 0 to 1.
        implies: ids of findings that are then present too.
        lasting: True for what counts however long ago it was (a new hip, a blood clot once).
        circumstance: True for what is no complaint by itself ("on Saturday", "over 70").
        of_child: True for what only a child can have: a grown-up who does not want to walk is none of it.
        together: see `Combination`; another way than phrases in which visitors say it.
        denied_by: words that say it is not so without a "no" ("I can walk fine").
        said: how it is said back, a clause of its own whoever has it ("the heel hurts underneath").
        said_not: the same denied ("the heel does not hurt underneath").
        asked: how it stands in a question about several ("a wound or sore on the foot").
    """

    id: str
    name: str
    question: str
    label: str
    help: str
    phrases: tuple[str, ...]
    kind: FindingKind
    background: float
    implies: tuple[str, ...]
    lasting: bool = False
    circumstance: bool = False
    of_child: bool = False
    together: tuple[Combination, ...] = ()
    denied_by: tuple[str, ...] = ()
    said: str = ""
    said_not: str = ""
    asked: str = ""


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
class Cues:
    """Words that change what a statement means, lower case; how each list is used stands in the data file.

    Attributes:
        pain: words that report pain at a place ("hurts", "killing me"): place and word make the place's finding.
        ongoing: words that keep a statement in the present beside a past cue ("started", "ever since").
        not_a_side: left and right in another meaning ("right now", "left it").
        states: words that stand in a list of states ("red, hot and swollen").
        somebody_else: words that tell it of the family, not of the visitor ("runs in my family").
        correction: words that take back what was said just before ("left, sorry, right").
        other_side: the side that was not named ("the other one").
        all_of_them: words that tick every choice of a question.
        other_senses: words in which a part of the body, or a symptom, means something else ("corn starch").
        homophones: a word and the word of the knowledge that it is written for ("heal heel").
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
    states: tuple[str, ...] = ()
    somebody_else: tuple[str, ...] = ()
    correction: tuple[str, ...] = ()
    other_side: tuple[str, ...] = ()
    homophones: tuple[str, ...] = ()
    other_senses: tuple[str, ...] = ()
    all_of_them: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivedFinding:
    """A finding that a number of the case makes present: `least` <= number < `below`.

    `measure` is the field of `bot.case.Case`: `age_years`, `duration_days` or `severity_0_10`.
    """

    measure: str
    least: int
    below: int
    finding: str
