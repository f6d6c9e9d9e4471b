"""The texts to measure on: where they lie, and their rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.case import Urgency
from bot.errors import InputError
from bot.settings import ROOT

SHARED = ROOT.parent / "shared" / "evaluation"
"""Other people's texts, beside the project: measured on only; see their README."""

HELD_OUT = ROOT / "tests" / "held_out"
"""The project's own blind texts: nobody tunes on them, so the report shows only their totals."""

Row = Mapping[str, Any]
Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Message:
    """A visitor's message with what is known about it.

    Attributes:
        key: of the row, see `row_key`.
        opening: what a visitor would write first; the whole text is the opening and what comes out later.
        causes: ids of causes any one of which is right; empty where the row names none.
        none_fits: True where no single cause should be said to fit well.
        flags: red flags that must be noticed, each as the ids that count for it; None where nobody looked for any.
        urgency: how soon care is needed; None where nobody said.
        least_urgency: the least urgent level that is still safe; None where that is `urgency` itself.
        in_scope: whether it is about feet, legs or the low back; None where nobody said, and of a neighbour.
        neighbour: True where it is about a knee or a hip only.
    """

    key: str
    id: str
    text: str
    opening: str
    causes: frozenset[str] = frozenset()
    none_fits: bool = False
    flags: tuple[frozenset[str], ...] | None = None
    urgency: Urgency | None = None
    least_urgency: Urgency | None = None
    in_scope: bool | None = None
    neighbour: bool = False


@dataclass(frozen=True, slots=True)
class MessageSet:
    """Messages of one source; of a `blind` one the report shows no row."""

    name: str
    messages: tuple[Message, ...]
    blind: bool = False


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield "file, line N" and the object of each line; nothing for a file that is not there.

    Raises:
        InputError: a line is not a JSON object, or two rows have one id; names the file and the line.
    """
    if not path.is_file():
        return
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}: not JSON ({error.msg} at column {error.colno}).") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str | None):
            raise InputError(f"{where}: not an object with a text.")
        if str(row.get("id")) in seen:
            raise InputError(f"{where}: a second row has the id {row['id']}.")
        seen.add(str(row.get("id")))
        yield where, row


def row_key(row: Row, part: str = "") -> str:
    """Return the key of a row (or of one part of it) in the committed result: 40 bits of its SHA-256, in hex.

    It changes with the row, so that a changed text or label is a new row and is compared with nothing.
    """
    return hashlib.sha256((json.dumps(row, sort_keys=True) + part).encode()).hexdigest()[:10]


def text_field(row: Row, field: str, where: str) -> str:
    """Return a text that must not be empty; an id may be a number. Raises InputError."""
    value = row.get(field)
    if field == "id" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {field} is missing or empty.")
    return value


def ids_field(row: Row, field: str, where: str, records: Iterable[str], kind: str) -> list[str]:
    """Return a list of ids, empty where the field is absent, each of which the `records` have. Raises InputError."""
    value = row.get(field) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{where}: {field} is not a list of ids.")
    check_known(value, records, kind, where)
    return value


def id_field(row: Row, field: str, where: str, records: Iterable[str], kind: str) -> str | None:
    """Return one id that the `records` have, None where there is none. Raises InputError."""
    value = row.get(field) or None
    if value is not None and not isinstance(value, str):
        raise InputError(f"{where}: {field} is not an id.")
    check_known([value] if value else [], records, kind, where)
    return value


def check_known(ids: Iterable[str], records: Iterable[str], kind: str, where: str) -> None:
    """Raise InputError where the knowledge has no record of an id."""
    if unknown := sorted(set(ids) - set(records)):
        raise InputError(f"{where}: no {kind} of data/knowledge has the id {', '.join(unknown)}.")


def choice_field(row: Row, field: str, where: str, choices: type[Chosen]) -> Chosen:
    """Return one of a few words. Raises InputError."""
    try:
        return choices(str(row.get(field)))
    except ValueError:
        raise InputError(f"{where}: {field} is {row.get(field)!r}; one of {', '.join(choices)}.") from None
