"""Dictation writes a mark as its name: "no comma none full stop"; reading needs the mark."""

from __future__ import annotations

import re
from functools import cache

import yaml

from bot.settings import settings

_FEWEST_DOUBTFUL = 2


def with_marks(text: str) -> str:
    """Return the text with marks where their names stand, as long as it was, so that offsets stay right.

    A name that is an everyday word too ("period") counts only beside another name of a mark.
    """
    if not _names("sure").search(text) and len(_names("doubtful").findall(text)) < _FEWEST_DOUBTFUL:
        return text
    marks = _words()["sure"] | _words()["doubtful"]
    for kind in _words():
        text = _names(kind).sub(lambda match: marks[match[1].lower()].ljust(len(match[0])), text)
    return text


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((settings().data / "spoken_marks.yml").read_text("utf-8"))
    return words


@cache
def _names(kind: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_words()[kind], key=len, reverse=True)))
    # A mark stands behind a word.
    return re.compile(rf"(?<=\w)[ ]+({names})(?!\w)", re.IGNORECASE)
