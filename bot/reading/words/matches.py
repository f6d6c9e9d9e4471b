"""Where something that was looked for stands in a text: the indexes of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found. `words` are the indexes of its words in the text, ascending."""

    key: str
    words: tuple[int, ...]
    negated_itself: bool = False

    @property
    def first(self) -> int:
        """Index of the first word."""
        return self.words[0]

    @property
    def last(self) -> int:
        """Index of the last word."""
        return self.words[-1]


def longest(matches: Sequence[Match]) -> list[Match]:
    """Return the matches that no other match of more words covers."""
    touching: dict[int, list[frozenset[int]]] = defaultdict(list)
    for match in matches:
        words = frozenset(match.words)
        for index in match.words:
            touching[index].append(words)
    return [match for match in matches if not any(other > set(match.words) for other in touching[match.first])]


def gaps(words: Sequence[int]) -> Iterator[int]:
    """Yield the indexes between the words of a match."""
    for left, right in pairwise(words):
        yield from range(left + 1, right)
