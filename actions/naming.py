"""Which record of the knowledge base a message names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from rapidfuzz import fuzz

CLOSE = 82.0
"""Similarity of two words, 0 to 100, from which one is taken for the other, misspelled."""

_SHORTEST_MISSPELLED = 6
"""Letters that a name must have at least to be found misspelled."""


class Named(Protocol):
    """A record with a name and the words that visitors use for it."""

    @property
    def name(self) -> str:
        """The name as shown."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Other names, lower case."""


def best_named(text: str, records: Mapping[str, Named], *, least: int = 0) -> str | None:
    """Return the id of the record that the text names, None when it names none.

    The longest name that stands in the text as whole words wins; without one, the longest whose every word resembles
    a word of the text, in order. Names of fewer than `least` letters are passed over.
    """
    words = _tidy(text)
    names = [(_tidy(name), key) for key, record in records.items() for name in (record.name, *record.phrases)]
    names = [(name, key) for name, key in names if len(name) >= max(least, 1)]
    exact = [(len(name), key) for name, key in names if f" {name} " in f" {words} "]
    if exact:
        return max(exact)[1]
    close = [(len(name), key) for name, key in names if len(name) >= _SHORTEST_MISSPELLED and _is_close(name, words)]
    return max(close)[1] if close else None


def _is_close(name: str, words: str) -> bool:
    wanted, said = name.split(), words.split()
    windows = (said[start : start + len(wanted)] for start in range(len(said) - len(wanted) + 1))
    return any(all(fuzz.ratio(*pair) >= CLOSE for pair in zip(wanted, window, strict=True)) for window in windows)


def _tidy(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))
