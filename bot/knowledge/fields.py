"""One record of a YAML file: its fields are taken by name and type; what is left over is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import KnowledgeError

_ID = re.compile(r"[a-z][a-z0-9_]*")
_Value = TypeVar("_Value")
_Kind = TypeVar("_Kind", bound=StrEnum)


class Record:
    """Fields of one record. Every error names the file, the record, the field and what to do."""

    def __init__(self, path: Path, content: Any, where: str = "") -> None:
        """Take the record's content; `where` names the record until its id is known."""
        self.path = path
        self.where = where
        if not isinstance(content, dict):
            raise self.error("", f"must be a list of 'field: value' lines, not {_named(content)}.")
        self._left: dict[Any, Any] = dict(content)

    def error(self, field: str, problem: str) -> KnowledgeError:
        """Return the error for a field of this record."""
        place = ", ".join(part for part in (self.where, f"field {field!r}" if field else "") if part)
        return KnowledgeError(f"{self.path}: {place}: {problem}" if place else f"{self.path}: {problem}")

    def has(self, field: str) -> bool:
        """Tell whether the record has the field, with a value, and nobody took it yet."""
        return self._left.get(field) is not None

    def id(self) -> str:
        """Take the field `id`; later errors of this record name it."""
        value = self.text("id")
        if not _ID.fullmatch(value):
            raise self.error("id", f"{value!r} is not an id. Use lower-case letters, digits and '_', a letter first.")
        self.where = f"record {value!r}"
        return value

    def text(self, field: str, *, empty: bool = False) -> str:
        """Take a text; None counts as empty, which only `empty` allows."""
        value = self.take(field, required=not empty)
        value = "" if value is None else value
        if not isinstance(value, str):
            raise self.error(field, f"must be text, not {_named(value)}. Put it in quotes.")
        if not value.strip() and not empty:
            raise self.error(field, "is empty. Write the text.")
        return " ".join(value.split())

    def texts(self, field: str, *, least: int = 0) -> tuple[str, ...]:
        """Take a list of at least `least` texts, none of them twice."""
        values = self.items(field, least=least)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.error(field, f"{value!r} is not text. Put it in quotes.")
        texts = tuple(" ".join(value.split()) for value in values)
        for position, value in enumerate(texts):
            if value in texts[:position]:
                raise self.error(field, f"{value!r} stands twice. Delete one.")
        return texts

    def items(self, field: str, *, least: int = 0) -> list[Any]:
        """Take a list of anything; a missing field is an empty list."""
        value = self.take(field, required=least > 0)
        value = [] if value is None else value
        if not isinstance(value, list):
            raise self.error(field, f"must be a list, not {_named(value)}. Start each entry with '- '.")
        if len(value) < least:
            raise self.error(field, f"needs at least {least} entries, but has {len(value)}.")
        return value

    def mapping(self, field: str, *, required: bool = True) -> Mapping[str, Any]:
        """Take a mapping whose keys are text."""
        value = self.take(field, required=required)
        value = {} if value is None else value
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.error(field, "must be a list of 'name: value' lines whose names are text.")
        return value

    def number(self, field: str, low: float, high: float, *, default: float | None = None) -> float:
        """Take a number from `low` to `high`; `default` stands for a missing one."""
        value = self.take(field, required=default is None)
        return checked_number(self, field, default if value is None else value, low, high)

    def whole(self, field: str, low: int, high: int) -> int:
        """Take a whole number from `low` to `high`."""
        value = self.take(field)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.error(field, f"must be a whole number from {low} to {high}, not {value!r}.")
        return value

    def flag(self, field: str, *, default: bool | None = None) -> bool:
        """Take `true` or `false`."""
        value = self.take(field, required=default is None)
        value = default if value is None else value
        if not isinstance(value, bool):
            raise self.error(field, f"must be true or false, not {value!r}.")
        return value

    def choice(self, field: str, kind: type[_Kind]) -> _Kind:
        """Take one of the values of an enumeration."""
        return checked_choice(self, field, self.take(field), kind)

    def date(self, field: str) -> dt.date | None:
        """Take a date, or None where the field is null or missing."""
        value = self.take(field, required=False)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        raise self.error(field, f"{value!r} is not a date. Write it as 2026-11-30, without quotes, or null.")

    def records(self, field: str, build: Callable[[Record], _Value], *, least: int = 0) -> tuple[_Value, ...]:
        """Take a list of records and return what `build` makes of each."""
        before = f"{self.where}, " if self.where else ""
        built = []
        for number, content in enumerate(self.items(field, least=least), start=1):
            named = content.get("id") if isinstance(content, dict) else None
            record = Record(self.path, content, f"{before}{field} {named or number!r}")
            built.append(build(record))
            record.end()
        return tuple(built)

    def take(self, field: str, *, required: bool = True) -> Any:
        """Take the raw value of a field; None where it is missing and not required."""
        if field not in self._left and required:
            raise self.error(field, "is missing. Add it.")
        return self._left.pop(field, None)

    def end(self) -> None:
        """Refuse the fields that nobody took."""
        if self._left:
            names = ", ".join(repr(name) for name in self._left)
            raise self.error("", f"unknown field {names}. Correct the spelling or delete it.")


def checked_number(record: Record, field: str, value: Any, low: float, high: float) -> float:
    """Return `value` as a number from `low` to `high`."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise record.error(field, f"must be a number from {low} to {high}, not {value!r}.")
    return float(value)


def checked_choice(record: Record, field: str, value: Any, kind: type[_Kind]) -> _Kind:
    """Return `value` as a member of the enumeration."""
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise record.error(field, f"{value!r} is not allowed. Use one of: {allowed}.") from None


def _named(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
