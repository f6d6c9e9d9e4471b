"""The recorded interviews of `../shared/evaluation/osce.jsonl`; the README there says what the fields mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.case import Urgency
from bot.errors import InputError
from bot.evaluation.rows import SHARED, Message, Row, check_known, choice_field, ids_field, read_rows, row_key
from bot.evaluation.shared import known_causes
from bot.knowledge.model import Knowledge

_NEIGHBOUR = "adjacent"
"""In place of true or false: about a knee or a hip."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the doctor asked and what the patient answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded interview.

    Attributes:
        message: the opening with what is right at the end of the interview; it names no red flags.
        required: ids of red flags, one of which must be raised; empty where none is right.
        allowed: ids of red flags that may be raised beside them.
        present: ids of findings that the transcript gives the patient.
        absent: ids of those that it denies.
    """

    message: Message
    turns: tuple[Turn, ...]
    required: frozenset[str]
    allowed: frozenset[str]
    present: frozenset[str]
    absent: frozenset[str]


def read_recorded(knowledge: Knowledge, folder: Path = SHARED) -> Iterator[Recorded]:
    """Yield the rows; none where the folder is absent. Raises InputError."""
    for where, row in read_rows(folder / "osce.jsonl"):
        required, allowed = (
            frozenset(ids_field(row, field, where, knowledge.red_flags, "red flag"))
            for field in ("red_flags", "red_flags_allowed")
        )
        yield Recorded(
            message=_message(row, where, knowledge),
            turns=tuple(Turn(turn["question"], turn["answer"]) for turn in row["turns"]),
            required=required,
            allowed=allowed,
            present=_findings(row, "present", where, knowledge),
            absent=_findings(row, "absent", where, knowledge),
        )


def _message(row: dict[str, Any], where: str, knowledge: Knowledge) -> Message:
    scope = row.get("in_scope")
    if scope not in (True, False, _NEIGHBOUR):
        raise InputError(f'{where}: in_scope is {scope!r}; true, false or "{_NEIGHBOUR}".')
    return Message(
        key=row_key(row),
        id=row["id"],
        text=row["opening"],
        opening=row["opening"],
        causes=known_causes(row["accept"], knowledge) if scope is True else frozenset(),
        urgency=choice_field(row, "urgency", where, Urgency),
        least_urgency=choice_field(row, "urgency_min", where, Urgency),
        in_scope=None if scope == _NEIGHBOUR else scope,
        neighbour=scope == _NEIGHBOUR,
    )


def _findings(row: Row, field: str, where: str, knowledge: Knowledge) -> frozenset[str]:
    ids = frozenset(item["id"] for item in row[field] if item["id"])
    check_known(ids, knowledge.findings, "finding", where)
    return ids
