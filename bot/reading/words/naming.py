"""Which record of the knowledge base a message names, also misspelled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz, process

CLOSE = 82.0
"""Similarity of two words, 0 to 100, from which one is taken for the other, misspelled."""

_SHORTEST_MISSPELLED = 6
"""Letters that a name must have at least to be found misspelled."""

_MOST_REMEMBERED = 20_000


class Named(Protocol):
    """A record with a name and the words that visitors use for it."""

    @property
    def name(self) -> str:
        """The name as shown."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Other names, lower case."""


class NameBook:
    """The names of the records of one kind, by their first words, so that a long text costs no scan of all names."""

    def __init__(self, records: Mapping[str, Named]) -> None:
        """Take the names."""
        names = {(_tidy(name), key) for key, record in records.items() for name in (record.name, *record.phrases)}
        self._names: dict[str, list[tuple[tuple[str, ...], int, str]]] = defaultdict(list)
        for name, key in sorted(names):
            if name:
                words = tuple(name.split())
                self._names[words[0]].append((words, len(name), key))
        vocabulary = sorted({word for entries in self._names.values() for words, _, _ in entries for word in words})
        self._close = lru_cache(_MOST_REMEMBERED)(lambda said: _close_words(said, vocabulary))

    def best(self, text: str, *, least: int = 0) -> str | None:
        """Return the id of the record that the text names, None when it names none.

        The longest name that stands in the text as whole words wins; without one, the longest whose every word
        resembles a word of the text, in order. Names of fewer than `least` letters are passed over.
        """
        said = _tidy(text).split()
        exact = self._longest([frozenset((word,)) for word in said], max(least, 1))
        if exact is not None:
            return exact
        return self._longest([self._close(word) for word in said], max(least, _SHORTEST_MISSPELLED))

    def _longest(self, said: Sequence[frozenset[str]], least: int) -> str | None:
        found = ((letters, key) for letters, key in self._standing(said) if letters >= least)
        return max(found, default=(0, None))[1]

    def _standing(self, said: Sequence[frozenset[str]]) -> Iterator[tuple[int, str]]:
        """Yield the length in letters and the record of each name whose words stand in the text, in order."""
        for place, meant in enumerate(said):
            for first in meant:
                for words, letters, key in self._names.get(first, ()):
                    window = said[place : place + len(words)]
                    if len(window) == len(words) and all(
                        word in said for word, said in zip(words, window, strict=True)
                    ):
                        yield letters, key


def _close_words(said: str, vocabulary: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word for word, _, _ in process.extract_iter(said, vocabulary, scorer=fuzz.ratio, score_cutoff=CLOSE)
    )


def _tidy(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))
