"""The words that visitors use when they book, from `data/booking_phrases.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.errors import KnowledgeError
from bot.settings import settings


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day with a name: the `day` of the `month`, or where that is 0 the `which`th `weekday` (Monday is 0) of it.

    Some last several `days`.
    """

    month: int
    day: int
    weekday: int
    which: int
    days: int = 1


@dataclass(frozen=True, slots=True)
class Phrases:
    """The word lists; what each is for stands beside it in the file. All words are lower case."""

    contact: Mapping[str, tuple[str, ...]]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts_of_day: Mapping[str, str]
    named_times: Mapping[str, str]
    named_hours: Mapping[str, str]
    holidays: Mapping[str, Holiday]
    month_parts: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


@cache
def phrases() -> Phrases:
    """Return the word lists of this process, read once.

    Raises:
        KnowledgeError: the file is missing or a list in it is not what it has to be.
    """
    return load_phrases(settings().data / "booking_phrases.yml")


def load_phrases(path: Path) -> Phrases:
    """Return the word lists of a file.

    Raises:
        KnowledgeError: names the file and what is wrong.
    """
    try:
        return _phrases(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(
            f"{path}: cannot be used ({error!r}): compare it with the file that is delivered."
        ) from error


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def word_of(words: Iterable[str]) -> str:
    """Return a pattern for one of the words that does not match inside a longer word."""
    return rf"(?<!\w){any_of(words)}(?!\w)"


_MAPPINGS = (
    "contact",
    "weekdays",
    "months",
    "numbers",
    "ordinals",
    "parts_of_day",
    "named_times",
    "named_hours",
    "holidays",
    "month_parts",
)


def _phrases(data: dict[str, Any]) -> Phrases:
    return Phrases(
        contact={key: _words(key, value) for key, value in data["contact"].items()},
        weekdays=_numbered("weekdays", data["weekdays"], 7, 0),
        months=_numbered("months", data["months"], 12, 1),
        numbers={word: int(number) for word, number in data["numbers"].items()},
        ordinals={word: int(number) for word, number in data["ordinals"].items()},
        parts_of_day={word: part for part, words in data["parts_of_day"].items() for word in _words(part, words)},
        named_times={word: str(time) for word, time in data["named_times"].items()},
        named_hours={word: str(hours) for word, hours in data["named_hours"].items()},
        holidays={name: holiday for record in data["holidays"] for name, holiday in _holiday(record)},
        month_parts={word: part for part, words in data["month_parts"].items() for word in _words(part, words)},
        words={key: _words(key, value) for key, value in data.items() if key not in _MAPPINGS},
    )


def _numbered(key: str, lists: list[list[str]], length: int, first: int) -> dict[str, int]:
    if len(lists) != length:
        raise ValueError(f"{key}: {length} lists are needed")
    return {word: number for number, words in enumerate(lists, first) for word in _words(key, words)}


def _holiday(record: dict[str, Any]) -> list[tuple[str, Holiday]]:
    holiday = Holiday(record["month"], record.get("day", 0), record.get("weekday", 1) - 1, record.get("which", 0))
    holiday = replace(holiday, days=record.get("days", 1))
    if not (holiday.day or holiday.which):
        raise ValueError("holidays: a day, or a weekday and which of the month, is needed")
    return [(name, holiday) for name in _words("holidays", record["names"])]


def _words(key: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{key}: a list of words is needed, quoted where YAML reads something else")
    return tuple(words)
