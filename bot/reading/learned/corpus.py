"""The corpus of statements that reading learns from: `data/reading/`, plain text that a clinician can read and mend.

Its README says how the files are written. Every row names its writer: the file is called after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.errors import CorpusError


class Said(StrEnum):
    """How a finding is named: the letter that stands before it."""

    THERE = "+"
    DENIED = "-"
    DOUBTED = "?"
    PAST = "p"
    OTHERS = "o"
    FEARED = "f"
    UNLIKE = "x"


class Style(StrEnum):
    """How a message tells its warning sign, or that it has none: the letter before it."""

    STRAIGHT = "s"
    INDIRECT = "i"
    BURIED = "b"
    RELATIVE = "r"
    PLAYED_DOWN = "d"
    NEAR_MISS = "n"
    CALM = "c"
    TURN = "t"


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that names one finding in one way. `question` is the closed question it answers; empty for none."""

    writer: str
    finding: str
    said: Said
    text: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the characters from `start` to `end` (exclusive) of a message say of a finding."""

    start: int
    end: int
    finding: str
    said: Said


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A message, or an answer to a list, with every statement marked.

    Attributes:
        heading: id of the red flag that it raises, `calm`, `knee_hip`, `other`, or `turn` for one from the middle of a
            conversation; id of the list for an answer.
        near: id of the red flag that it resembles without raising it; empty for none.
        style: None for an answer.
    """

    writer: str
    heading: str
    text: str
    marks: tuple[Mark, ...]
    near: str = ""
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that reading learns from."""

    statements: tuple[Statement, ...]
    messages: tuple[MarkedText, ...]
    answers: tuple[Statement, ...]
    list_answers: tuple[MarkedText, ...]


CALM_HEADINGS = ("calm", "knee_hip", "other", "turn")
"""Headings of messages that raise no red flag."""
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
_NAMED = re.compile(r"(?:([+?-])|([pof]):)([a-z]\w+)")
Row = TypeVar("Row")
Reader = Callable[[Path, int, list[str], str], Row | None]


def read_corpus(folder: Path) -> Corpus:
    """Return the corpus of a folder. Raises CorpusError: names file, line and what to do."""
    answers = list(_rows(folder / "answers", _answer))
    return Corpus(
        statements=read_statements(folder),
        messages=tuple(_rows(folder / "messages", _message)),
        answers=tuple(row for row in answers if isinstance(row, Statement)),
        list_answers=tuple(row for row in answers if isinstance(row, MarkedText)),
    )


def read_statements(folder: Path) -> tuple[Statement, ...]:
    """Return the statements of a corpus alone. Raises CorpusError."""
    return tuple(_rows(folder / "statements", _statement))


def marked_text(line: str) -> tuple[str, list[Mark]]:
    """Return a marked line without its marks, and the marks. Raises ValueError."""
    text, marks, end = "", [], 0
    for found in _MARKED.finditer(line):
        text += line[end : found.start()]
        start, end = len(text), found.end()
        text += found[1]
        for name in found[2].split():
            named = _NAMED.fullmatch(name)
            if named is None:
                raise ValueError(f"{name!r} is no mark: write +id, -id, ?id, p:id, o:id or f:id")
            marks.append(Mark(start, len(text), named[3], Said(named[1] or named[2])))
    text += line[end:]
    if not text.strip() or any(character in text for character in "[]"):
        raise ValueError("a bracket is not closed, or nothing is said: write [words](+id)")
    return text, marks


def _rows(folder: Path, read: Reader[Row]) -> Iterator[Row]:
    for path in sorted(folder.glob("*.txt")):
        heading: list[str] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            if line.startswith("# "):
                heading = line[2:].split()
                continue
            try:
                row = read(path, number, heading, line.strip())
            except ValueError as error:
                raise CorpusError(f"data/reading/{folder.name}/{path.name}, line {number}: {error}.") from None
            if row is not None:
                yield row


def _statement(path: Path, _number: int, heading: list[str], line: str) -> Statement:
    if len(heading) != 1:
        raise ValueError("no heading above: write '# finding_id' first")
    letter, _, text = line.partition(" ")
    if letter not in set(Said) or not text.strip():
        raise ValueError(f"begins with {letter!r}: write one of + - ? p o f x, a space and the words")
    return Statement(path.stem, heading[0], Said(letter), text.strip())


def _message(path: Path, _number: int, heading: list[str], line: str) -> MarkedText:
    if not heading or len(heading) > 2 or (len(heading) == 2 and heading[0] != "near"):
        raise ValueError(
            "no heading above: write '# flag', '# near flag', '# calm', '# knee_hip', '# other' or '# turn' first"
        )
    letter, colon, rest = line.partition(":")
    if letter not in set(Style) or not colon:
        raise ValueError("begins with no style: write one of s i b r d n c t, a colon and the message")
    text, marks = marked_text(rest.strip())
    near = heading[1] if heading[0] == "near" else ""
    return MarkedText(path.stem, "calm" if near else heading[0], text, tuple(marks), near, Style(letter))


def _answer(path: Path, number: int, heading: list[str], line: str) -> Statement | MarkedText:
    if len(heading) != 2 or heading[0] not in ("ask", "list"):
        raise ValueError("no heading above: write '# ask finding_id' or '# list list_id' first")
    if heading[0] == "list":
        text, marks = marked_text(line)
        return MarkedText(path.stem, heading[1], text, tuple(marks))
    return _statement(path, number, heading[1:], line)


def check_corpus(corpus: Corpus, findings: Container[str], flags: Container[str]) -> None:
    """Check that everything named is known.

    Args:
        corpus: what was read.
        findings: ids of the knowledge's findings.
        flags: ids of its red flags.

    Raises:
        CorpusError: names the writer, the words and the unknown id.
    """
    for row in corpus.statements:
        _know(row.finding, findings, row.writer, row.text)
    for answer in corpus.answers:
        if answer.finding not in flags:
            _know(answer.finding, findings, answer.writer, answer.text)
    for message in corpus.messages:
        if message.heading not in CALM_HEADINGS:
            _know(message.heading, flags, message.writer, message.text)
        if message.near:
            _know(message.near, flags, message.writer, message.text)
    for text in (*corpus.messages, *corpus.list_answers):
        for mark in text.marks:
            _know(mark.finding, findings, text.writer, text.text)


def _know(name: str, known: Container[str], writer: str, text: str) -> None:
    if name not in known:
        raise CorpusError(
            f"data/reading, writer {writer}: {name!r} at {text[:40]!r} is no id of data/knowledge: correct it, or take "
            "the lines away that name it."
        )
