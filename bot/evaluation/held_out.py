"""The project's own held-out sets in `tests/held_out/`: JSON Lines, checked; a file may be absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.case import Status, Urgency
from bot.errors import InputError
from bot.evaluation.opening import opening_of
from bot.evaluation.rows import Message, choice_field, id_field, ids_field, read_rows, row_key, text_field
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
        causes = frozenset(ids_field(row, "accept", where, {*knowledge.causes, ANY}, "cause")) - {ANY}
        flags = ids_field(row, "red_flag", where, knowledge.red_flags, "red flag")
        yield Message(
            key=row_key(row),
            id=text_field(row, "id", where),
            text=text_field(row, "text", where),
            opening=opening_of(row["text"]),
            causes=causes,
            none_fits=not causes,
            flags=tuple(frozenset({flag}) for flag in flags),
            urgency=choice_field(row, "urgency", where, Urgency) if row.get("urgency") else None,
            in_scope=bool(row.get("in_scope", True)),
        )


def read_red_flags(folder: Path, knowledge: Knowledge) -> Iterator[Message]:
    """Yield the rows of `red_flags.jsonl`; a row without a red flag must raise no alarm. Raises InputError."""
    for where, row in read_rows(folder / "red_flags.jsonl"):
        flag = id_field(row, "red_flag", where, knowledge.red_flags, "red flag")
        text = text_field(row, "text", where)
        flags = (frozenset({flag}),) if flag else ()
        yield Message(row_key(row), text_field(row, "id", where), text, opening_of(text), flags=flags)


def read_findings(folder: Path, knowledge: Knowledge) -> Iterator[FindingRow]:
    """Yield the rows of `findings.jsonl`. Raises InputError."""
    for where, row in read_rows(folder / "findings.jsonl"):
        known = knowledge.findings
        expected = [(item, status) for status in Status for item in ids_field(row, status, where, known, "finding")]
        not_present = ids_field(row, "not", where, known, "finding")
        yield FindingRow(
            row_key(row),
            text_field(row, "id", where),
            text_field(row, "text", where),
            tuple(expected),
            tuple(not_present),
        )


def read_intents(folder: Path) -> Iterator[IntentRow]:
    """Yield the rows of `intents.jsonl`. Raises InputError."""
    for where, row in read_rows(folder / "intents.jsonl"):
        yield IntentRow(
            row_key(row), text_field(row, "id", where), text_field(row, "text", where), text_field(row, "intent", where)
        )


def read_dates(folder: Path, zone: dt.tzinfo) -> Iterator[DateRow]:
    """Yield the rows of `dates.jsonl`; a moment without a zone is in the practice's `zone`. Raises InputError."""
    for where, row in read_rows(folder / "dates.jsonl"):
        try:
            now = dt.datetime.fromisoformat(text_field(row, "now", where))
        except ValueError:
            raise InputError(f"{where}: now is not a moment in ISO 8601.") from None
        yield DateRow(
            key=row_key(row),
            id=text_field(row, "id", where),
            text=text_field(row, "text", where),
            now=now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone),
            date=row.get("date"),
            time=row.get("time"),
            part_of_day=row.get("part_of_day"),
        )
