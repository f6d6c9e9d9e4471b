"""What a visitor fears, and which treatments the visitor says were tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.model import Knowledge
from bot.reading.words.tokens import plain_text

_SENTENCE = re.compile(r"[.!?;\n]+|\bbut\b")

Pattern = re.Pattern[str]


class MentionReader:
    """Finds names in sentences that express a worry, or that say that something was used."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Prepare the words of all fears and treatments."""
        self._worry = _pattern(knowledge.mentions.worry)
        self._tried = _pattern(knowledge.mentions.tried)
        self._fears = {fear.id: _pattern(fear.phrases) for fear in knowledge.fears.values()}
        self._treatments = {item.id: _pattern(item.phrases) for item in knowledge.treatments.values()}

    def feared(self, text: str) -> tuple[str, ...]:
        """Return the ids of the fears that the text names in a sentence with a word of worry, in knowledge order."""
        return _named(text, self._worry, self._fears)

    def tried(self, text: str) -> tuple[str, ...]:
        """Return the ids of the treatments that the text names in a sentence that says they were used."""
        return _named(text, self._tried, self._treatments)


def _named(text: str, cue: Pattern, names: Mapping[str, Pattern]) -> tuple[str, ...]:
    sentences = [part for part in _SENTENCE.split(plain_text(text).lower()) if cue.search(part)]
    return tuple(key for key, pattern in names.items() if any(map(pattern.search, sentences)))


def _pattern(words: Iterable[str]) -> Pattern:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if longest_first else r"(?!)")
