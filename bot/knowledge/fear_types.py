"""What visitors fear and what they tried, as frozen types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fear:
    """Something that visitors fear, and how it is answered.

    Attributes:
        name: how it is named back ("a blood clot").
        phrases: words that visitors use for it, lower case.
        causes: ids of the causes that it is; where one of them is told, it is explained there.
        red_flags: ids of the red flags that it is; where one is raised, nothing is said against the fear.
        signs: findings that can go with it; where one is present, nothing is said against the fear.
        usual: how it usually shows, one sentence.
        change: what would change the answer and what to do then; may hold {emergency_number} and {practice_phone}.
        sources: ids of sources.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    causes: tuple[str, ...]
    red_flags: tuple[str, ...]
    signs: tuple[str, ...]
    usual: str
    change: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Words that say why something is named, lower case.

    Attributes:
        worry: words that express a fear ("scared", "could it be").
        tried: words that say that a treatment was used ("tried", "doesn't help").
    """

    worry: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
