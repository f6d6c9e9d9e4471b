"""Which record of the knowledge base a message names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from rapidfuzz import fuzz

CLOSE = 88.0
"""Similarity, 0 to 100, from which a misspelled name is still taken for the name."""

_SHORTEST_MISSPELLED = 6


class Named(Protocol):
    """A record with a name and the words that visitors use for it."""

    @property
    def name(self) -> str:
        """The name as shown."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Other names, lower case."""


def best_named(text: str, records: Mapping[str, Named]) -> str | None:
    """Return the id of the record that the text names, None when it names none.

    The longest name that stands in the text as whole words wins; without one, the name that a part of the text
    resembles most.
    """
    words = _tidy(text)
    names = [(_tidy(name), key) for key, record in records.items() for name in (record.name, *record.phrases)]
    exact = [(len(name), key) for name, key in names if name and f" {name} " in f" {words} "]
    if exact:
        return max(exact)[1]
    likeness = [
        (fuzz.partial_ratio(name, words), len(name), key)
        for name, key in names
        if _SHORTEST_MISSPELLED <= len(name) <= len(words)
    ]
    ratio, _, key = max(likeness, default=(0.0, 0, ""))
    return key if ratio >= CLOSE else None


def _tidy(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))
