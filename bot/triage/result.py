"""What triage concludes, as frozen types."""

from __future__ import annotations

from dataclasses import dataclass

from bot.case import Urgency


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag that fired. `advice` is ready to show: the practice's numbers are filled in."""

    id: str
    name: str
    level: Urgency
    advice: str

    @property
    def mark(self) -> str:
        """What is kept of a flag that was told; one that becomes an emergency has to be told again."""
        return f"{self.id}:{self.level.value}"


@dataclass(frozen=True, slots=True)
class RankedCause:
    """A possible cause. `probability` 0 to 1 is for ranking and measuring only, never shown to a visitor."""

    id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Matching:
    """Causes, most likely first, `other_or_unclear` among them; `in_scope` is False outside feet, legs and back."""

    causes: tuple[RankedCause, ...]
    in_scope: bool


@dataclass(frozen=True, slots=True)
class ExplainedCause:
    """A cause as it is told to a visitor.

    Attributes:
        fit: "fits well" or "possible".
        fit_id: the same as a word of code: `fits_well` or `possible`.
        reasons_for: names of findings that speak for it.
        reasons_against: names of findings that speak against it or are missing.
        speaks_for, speaks_against: the same as clauses that a person would say.
        sources: "title (url)" each.
    """

    id: str
    name: str
    summary: str
    fit: str
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    foot_back: str
    sources: tuple[str, ...]
    fit_id: str = ""
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrast:
    """The names of two causes, and of the finding that would speak for each of them against the other."""

    first: str
    second: str
    for_first: str
    for_second: str


@dataclass(frozen=True, slots=True)
class AnsweredFear:
    """What is answered to something that the visitor fears.

    Attributes:
        name: "a blood clot".
        usual: how it usually shows, one sentence.
        change: what would change the answer; may hold {emergency_number} and {practice_phone}.
        unlikely: True where nothing speaks for it and nothing has to be seen today.
        speaking: names of reported findings that can go with it.
        denied: names of its findings that were denied.
    """

    id: str
    name: str
    usual: str
    change: str
    unlikely: bool
    speaking: tuple[str, ...]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExerciseOption:
    """One exercise of a treatment as it is told to a visitor.

    Attributes:
        caution: may be empty.
        unknown: findings that would forbid it and are not known yet; it is told only when there is none.
    """

    id: str
    name: str
    how: str
    evidence: str
    caution: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TreatmentOption:
    """A treatment as it is told to a visitor.

    Attributes:
        strength: how strong the evidence is, in a few words.
        exercises: single exercises that fit the visitor's causes and that nothing said so far forbids.
        how: empty when `blocked` says why it must not be shown to this visitor.
        cautions: who should not use it, whether or not it was said to apply.
        blocked: empty, or the sentence that says why not for this visitor.
    """

    id: str
    name: str
    summary: str
    how: str
    evidence: str
    time_to_effect: str
    cautions: tuple[str, ...]
    blocked: str
    sources: tuple[str, ...]
    strength: str = ""
    exercises: tuple[ExerciseOption, ...] = ()
