"""A text cut at its marks and conjunctions: into the clauses that have an intent, and into the units of findings.

Units are clauses, neighbouring clauses, sentences, and the whole; learning and serving cut them in the same way. Their
clauses are shorter than those of intents: a long one without any mark, as dictation gives, is cut into equal parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_WORD = re.compile(r"\w+")

# For intents sentences end at these marks; within one, a comma or "and" may begin another act.
_ACT_END = re.compile(r"[.?!;\n]+|\s[-\u2013\u2014]+\s|\u2026")
_ACT_JOINT = re.compile(r",|\b(?:and|but|also|so|plus|or)\b", re.IGNORECASE)
_FEWEST_WORDS = 2
# The first and the last clauses hold a visitor's wishes; a copied page has no more of them.
_MOST_CLAUSES = 8

# For findings a decimal point ends nothing, and more conjunctions begin another statement.
_SENTENCE_END = re.compile(r"[.?!;\n]+(?=\s|$)|[?!\n]+|\.{2,}|\u2026")
_JOINT = re.compile(
    r"[,:]+(?=\s|$)|\s[-\u2013\u2014]+\s|\s(?=(?:and|but|because|cos|so|although|though|plus|also|then|nor|or|while|except)\b)",
    re.IGNORECASE,
)
_MOST_WORDS = 11
"""Words of a clause that is not cut."""
_CLAUSES_OF_A_STATEMENT = 4
"""Clauses of a unit that findings are read in; a longer one says too much at once."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message and where it lies in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a text, from `start` to `end` (exclusive); `clauses` are the numbers of its clauses (half open)."""

    start: int
    end: int
    clauses: tuple[int, int]

    @property
    def is_statement(self) -> bool:
        """True where the unit is short enough to say one thing of a finding."""
        return self.clauses[1] - self.clauses[0] <= _CLAUSES_OF_A_STATEMENT


def clauses_of(text: str) -> list[Clause]:
    """Return the sentences of a text and the clauses within them; nothing where it has only one clause."""
    found = list(_act_clauses(text))
    if len(found) > _MOST_CLAUSES:
        found = found[: _MOST_CLAUSES // 2] + found[-_MOST_CLAUSES // 2 :]
    return found if len(found) > 1 else []


def units_of(text: str) -> list[Unit]:
    """Return the units of a text, none twice: its clauses in order, then pairs, sentences, and the whole at the end.

    Two short sentences that follow each other are a unit too ("Stepped on a nail. Found it in my sock."). A text
    without a word has one unit.
    """
    sentences = [list(_clauses(text, *span)) for span in _between(_SENTENCE_END, text, 0, len(text))]
    sentences = [sentence for sentence in sentences if sentence]
    clauses = [clause for sentence in sentences for clause in sentence]
    if not clauses:
        return [Unit(0, len(text), (0, 1))]
    spans = [(place, place + 1) for place in range(len(clauses))]
    edges = [0, *accumulate(len(sentence) for sentence in sentences)]
    for first, end in pairwise(edges):
        spans += [(place, place + 2) for place in range(first, end - 1)]
        spans.append((first, end))
    spans += [
        (first, end) for first, end in zip(edges, edges[2:], strict=False) if end - first <= _CLAUSES_OF_A_STATEMENT
    ]
    whole = (0, len(clauses))
    ordered = [span for span in dict.fromkeys(spans) if span != whole] + [whole]
    return [Unit(clauses[first][0], clauses[end - 1][1], (first, end)) for first, end in ordered]


def _act_clauses(text: str) -> Iterator[Clause]:
    for start, end in _between(_ACT_END, text, 0, len(text)):
        parts = [span for span in _between(_ACT_JOINT, text, start, end) if _counts(text, *span)]
        spans = parts if len(parts) > 1 else [(start, end)]
        yield from (Clause(text[first:last], first, last) for first, last in spans if _counts(text, first, last))


def _counts(text: str, start: int, end: int) -> bool:
    return len(_WORD.findall(text[start:end])) >= _FEWEST_WORDS


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    parts = [span for span in _between(_JOINT, text, start, end) if _WORD.search(text, *span)]
    for first, last in parts:
        words = list(_WORD.finditer(text, first, last))
        pieces = -(-len(words) // _MOST_WORDS)
        cuts = [words[len(words) * piece // pieces].start() for piece in range(1, pieces)]
        yield from _stripped_spans(text, [first, *cuts, last])


def _stripped_spans(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    for first, last in pairwise(edges):
        yield _stripped(text, first, last)


def _between(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in mark.finditer(text, start, end):
        yield _stripped(text, start, found.start())
        start = found.end()
    yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    kept = part.strip()
    first = start + len(part) - len(part.lstrip()) if kept else start
    return first, first + len(kept)
