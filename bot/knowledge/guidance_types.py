"""What a visitor is told after the likely cause is known, as frozen types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.case import Urgency

USUAL = "USUAL"
"""Stands in place of a source: usual practice that a clinician still has to verify."""


class NextOffer(StrEnum):
    """What may be offered after an answer."""

    VISIT = "visit"
    TREATMENTS = "treatments"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Advice:
    """One text to show, with the id of its source or `USUAL`; may hold {emergency_number} and {practice_phone}."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class GuidanceTopic:
    """Something that visitors ask once a likely cause is known.

    Attributes:
        urgent: what is said to it while a red flag waits for care today; empty where the advice of that flag says it.
        offer: what may be offered after the answer.
        same: the one text that answers it for every cause without words of its own; None where every cause has them.
        text_of: topic whose text of the cause answers it; its own id where `same` is None and nothing else is named.
        openings: what is said before the text, by how soon the visitor needs care; empty for most topics.
        asks_where: True where it asks when and where to get help; while a red flag waits, its own advice answers that.
        compares: True where a cause that the question names is compared with the one told, not asked about.
        emergency: what is said before all else while an emergency waits; empty for most topics.
        again: ids of the topics that go on where this one is asked a second time, best first;
            none where it is told again in full.
    """

    id: str
    urgent: str
    offer: NextOffer = NextOffer.NONE
    same: Advice | None = None
    text_of: str = ""
    openings: Mapping[Urgency, str] = field(default_factory=dict)
    asks_where: bool = False
    compares: bool = False
    emergency: str = ""
    again: tuple[str, ...] = ()

    @property
    def is_of_cause(self) -> bool:
        """True where every cause has a text of its own for it."""
        return self.same is None and self.text_of == self.id


@dataclass(frozen=True, slots=True)
class Person:
    """Who needs other words; the case is about such a person where one of the findings is there or not sure."""

    id: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonAdvice:
    """What holds for some persons whatever the cause is.

    Attributes:
        persons: ids of the persons, any one of whom is enough.
        topics: ids of the topics.
        instead: True where it stands in place of the cause's text, False where it is added.
    """

    persons: tuple[str, ...]
    topics: tuple[str, ...]
    instead: bool
    advice: Advice


@dataclass(frozen=True, slots=True)
class CauseGuidance:
    """What is told about one cause.

    Attributes:
        cause: id of the cause.
        texts: by the id of the topic; of a topic with one text for every cause only where the cause has its own.
        persons: by the ids of the person and the topic: what is said to that person in place of `texts`.
    """

    cause: str
    texts: Mapping[str, Advice]
    persons: Mapping[tuple[str, str], Advice]
