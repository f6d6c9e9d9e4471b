"""Read findings in a message (being written)."""

from __future__ import annotations

from bot.case import Question, Reading
from bot.knowledge.model import Knowledge


class SymptomReader:
    """Reads one message at a time; holds no conversation."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Build the spaCy pipeline from the knowledge's phrases and cues."""
        raise NotImplementedError

    def read(self, text: str, question: Question | None = None) -> Reading:
        """Return what the text says. `question` is the one just put: a bare "yes" or "no" binds to it.

        Never fails on any text; every offset lies in the text.
        """
        raise NotImplementedError

    def sites(self, text: str) -> tuple[str, ...]:
        """Return the ids of the body sites that the text names, podiatric or not, in the order of the text."""
        raise NotImplementedError
