"""What a question is about: a cause, a treatment or a claim by its name, or what was told before."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from bot.case import ActKind, Subject
from bot.knowledge.model import IntentMeaning, Knowledge
from bot.reading.words.naming import NameBook

_HOW = re.compile(
    r"\bhow (?:(?:do|can|should) (?:i|you|we)|to|is it done|much|many|often)\b|\bshow me\b", re.IGNORECASE
)
_POINTING = re.compile(r"\b(?:it|this|that|he|she|him|her)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\b(?:does|do|will|can|could|would|is|how) (?:it|that|this)\b", re.IGNORECASE)

_RELATED = 55.0
"""Similarity, 0 to 100, from which a message asks about a claim rather than about the link in general."""

_TELLING_NAME = 8
"""Letters that a name must have to count in a message that seems to be about something else."""

_CLAIMS = "foot_back"


class SubjectReader:
    """Finds what a message names; knows the names of all causes and treatments."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Take the names."""
        self._causes = NameBook(knowledge.causes)
        self._treatments = NameBook(knowledge.treatments)
        self._claims = [link.claim.lower() for link in knowledge.foot_back_links]

    def read(self, text: str, meaning: IntentMeaning) -> Subject:
        """Return what the text is about, as far as names and words that point back say it."""
        elsewhere = not meaning.is_unread and (meaning.act is ActKind.OTHER or meaning.topic == "other_body_part")
        least = _TELLING_NAME if elsewhere else 0
        return Subject(
            cause=self._causes.best(text, least=least),
            treatment=self._treatments.best(text, least=least),
            claim=self._claim(text.lower()) if meaning.topic == _CLAIMS else None,
            how=_HOW.search(text) is not None,
            points_back=_POINTING.search(text) is not None,
            asks_of_it=_OF_IT.search(text) is not None,
        )

    def _claim(self, text: str) -> int | None:
        places = range(len(self._claims))
        best = max(places, key=lambda place: fuzz.token_set_ratio(text, self._claims[place]), default=None)
        if best is None or fuzz.token_sort_ratio(text, self._claims[best]) < _RELATED:
            return None
        return best
