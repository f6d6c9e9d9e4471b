"""The project's own held-out sets in `tests/held_out/`: JSON Lines, checked; a file may be absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.case import Status, Urgency
from bot.errors import InputError
from bot.evaluation.opening import opening_of
from bot.evaluation.rows import Message, read_rows, row_key
from bot.knowledge.model import Knowledge

ANY = "ANY"
"""In place of causes: too unspecific to name one."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A text with the status of some findings; `not_present` are ids that must not be read as present."""

    key: str
    id: str
    text: str
    expected: tuple[tuple[str, Status], ...]
    not_present: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntentRow:
    """A text with its intent."""

    key: str
    id: str
    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """A text, the moment at which it was written, and what it names; None where it names nothing."""

    key: str
    id: str
    text: str
    now: dt.datetime
    date: str | None
    time: str | None
    part_of_day: str | None


def read_messages(folder: Path, knowledge: Knowledge) -> Iterator[Message]:
    """Yield the rows of `messages.jsonl`. Raises InputError."""
    for where, row in read_rows(folder / "messages.jsonl"):
        accept = _strings(row, "accept", where)
        causes = frozenset(accept) - {ANY}
        _known(causes, knowledge.causes, "cause", where)
        flags = _strings(row, "red_flag", where)
        _known(flags, knowledge.red_flags, "red flag", where)
        yield Message(
            key=row_key(row),
            id=_text(row, "id", where),
            text=_text(row, "text", where),
            opening=opening_of(row["text"]),
            causes=causes,
            none_fits=not causes,
            flags=tuple(frozenset({flag}) for flag in flags),
            urgency=_urgency(row.get("urgency"), where),
            in_scope=bool(row.get("in_scope", True)),
        )


def read_red_flags(folder: Path, knowledge: Knowledge) -> Iterator[Message]:
    """Yield the rows of `red_flags.jsonl`; a row without a red flag must raise no alarm. Raises InputError."""
    for where, row in read_rows(folder / "red_flags.jsonl"):
        flag = row.get("red_flag")
        _known([flag] if flag else [], knowledge.red_flags, "red flag", where)
        text = _text(row, "text", where)
        flags = (frozenset({flag}),) if flag else ()
        yield Message(row_key(row), _text(row, "id", where), text, opening_of(text), flags=flags)


def read_findings(folder: Path, knowledge: Knowledge) -> Iterator[FindingRow]:
    """Yield the rows of `findings.jsonl`. Raises InputError."""
    for where, row in read_rows(folder / "findings.jsonl"):
        expected = [(finding, status) for status in Status for finding in _strings(row, status.value, where)]
        not_present = _strings(row, "not", where)
        _known([*(finding for finding, _ in expected), *not_present], knowledge.findings, "finding", where)
        yield FindingRow(
            row_key(row), _text(row, "id", where), _text(row, "text", where), tuple(expected), tuple(not_present)
        )


def read_intents(folder: Path) -> Iterator[IntentRow]:
    """Yield the rows of `intents.jsonl`. Raises InputError."""
    for where, row in read_rows(folder / "intents.jsonl"):
        yield IntentRow(row_key(row), _text(row, "id", where), _text(row, "text", where), _text(row, "intent", where))


def read_dates(folder: Path, zone: dt.tzinfo) -> Iterator[DateRow]:
    """Yield the rows of `dates.jsonl`; a moment without a zone is in the practice's `zone`. Raises InputError."""
    for where, row in read_rows(folder / "dates.jsonl"):
        try:
            now = dt.datetime.fromisoformat(_text(row, "now", where))
        except ValueError:
            raise InputError(f"{where}: now is not a moment in ISO 8601.") from None
        yield DateRow(
            key=row_key(row),
            id=_text(row, "id", where),
            text=_text(row, "text", where),
            now=now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone),
            date=row.get("date"),
            time=row.get("time"),
            part_of_day=row.get("part_of_day"),
        )


def _text(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if field == "id" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {field} is missing or empty.")
    return value


def _strings(row: dict[str, Any], field: str, where: str) -> list[str]:
    value = row.get(field) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{where}: {field} is not a list of ids.")
    return value


def _known(ids: Iterable[str], records: Iterable[str], kind: str, where: str) -> None:
    if unknown := sorted(set(ids) - set(records)):
        raise InputError(f"{where}: no {kind} of data/knowledge has the id {', '.join(unknown)}.")


def _urgency(value: object, where: str) -> Urgency | None:
    if value is None:
        return None
    try:
        return Urgency(str(value))
    except ValueError:
        raise InputError(f"{where}: urgency is {value!r}; one of {', '.join(Urgency)} or null.") from None
