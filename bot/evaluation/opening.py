"""What a visitor would write first, of a text that tells everything at once."""

from __future__ import annotations

import re

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_LEAST_WORDS = 6
"""A greeting is no opening: sentences are taken until there are as many words."""


def opening_of(text: str) -> str:
    """Return the first sentences of the text, as many as it takes to say something."""
    taken: list[str] = []
    for sentence in _SENTENCE_ENDS.split(text.strip()):
        taken.append(sentence)
        if sum(len(part.split()) for part in taken) >= _LEAST_WORDS:
            break
    return " ".join(taken)
