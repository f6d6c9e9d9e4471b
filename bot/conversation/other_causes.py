"""What else it could be: the causes that come next, each with what would speak for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.case import Case
from bot.knowledge.model import Knowledge
from bot.triage.contrast import tell_apart
from bot.triage.matching import match_causes

MOST_OTHERS = 2
"""Other causes named in one answer; more would be a list."""


@dataclass(frozen=True, slots=True)
class OtherCause:
    """A cause beside the first one, with the clause that would speak for it; empty where none would."""

    id: str
    name: str
    sign: str


@dataclass(frozen=True, slots=True)
class OtherCauses:
    """The causes beside the first one, likeliest first, and what would speak for the first; may be empty."""

    first: str
    sign: str
    others: tuple[OtherCause, ...]


def other_causes(first: str, told: Sequence[str], case: Case, knowledge: Knowledge) -> OtherCauses:
    """Return what else it could be: what was told beside the first cause, else what it is most often mixed up with.

    Args:
        first: id of the cause that the question is about.
        told: ids of the causes told, best first.
        case: everything said so far.
        knowledge: the records.
    """
    others, sign = [], ""
    for other in list(_candidates(first, told, case, knowledge))[:MOST_OTHERS]:
        contrast = tell_apart(case, first, other, knowledge)
        others.append(OtherCause(other, knowledge.causes[other].name, contrast.for_second if contrast else ""))
        sign = sign or (contrast.for_first if contrast else "")
    return OtherCauses(knowledge.causes[first].name, sign, tuple(others))


def _candidates(first: str, told: Sequence[str], case: Case, knowledge: Knowledge) -> Iterator[str]:
    """Yield the causes told beside the first; where there is none, those it is mixed up with, likeliest first."""
    beside = [cause for cause in told if cause != first and cause in knowledge.causes]
    if beside:
        yield from beside
        return
    ranked = [cause.id for cause in match_causes(case, knowledge).causes]
    confused = {item.cause for item in knowledge.causes[first].confused_with} - {first}
    yield from sorted(confused.intersection(knowledge.causes), key=ranked.index)
