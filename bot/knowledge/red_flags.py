"""Build red flags and their criteria."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.case import Urgency
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import Criterion, RedFlag

_FORMS = "Write a finding's id, 'all: [...]', 'any: [...]', 'not: ...' or 'at_least: 2' with 'of: [...]'."


def load_red_flags(path: Path) -> tuple[RedFlag, ...]:
    """Return the red flags in the order of the file: the earlier of two with the same level is told first."""
    file = Record(path, read_yaml(path))
    flags = file.records("red_flags", _red_flag, least=1)
    file.end()
    return flags


def _red_flag(record: Record) -> RedFlag:
    return RedFlag(
        id=record.id(),
        name=record.text("name"),
        level=record.choice("level", Urgency),
        criteria=_criterion(record, "criteria", record.take("criteria")),
        escalate=_optional_criterion(record, "escalate"),
        suspicion=_optional_criterion(record, "suspicion"),
        question=record.text("question", empty=True),
        raises=record.texts("raises"),
        advice=record.text("advice"),
        escalated_advice=record.text("escalated_advice", empty=True),
        regions=record.texts("regions"),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
    )


def _optional_criterion(record: Record, field: str) -> Criterion | None:
    value = record.take(field, required=False)
    return None if value is None else _criterion(record, field, value)


def _criterion(record: Record, field: str, value: Any) -> Criterion:
    if isinstance(value, str) and value:
        return Criterion(finding=value)
    if not isinstance(value, dict):
        raise record.error(field, f"{value!r} is not a condition. {_FORMS}")
    keys = set(value)
    if keys == {"not"}:
        return Criterion(parts=(_criterion(record, field, value["not"]),), negated=True)
    if keys == {"at_least", "of"}:
        parts, count = value["of"], value["at_least"]
    elif keys in ({"all"}, {"any"}):
        parts = value["all"] if "all" in value else value["any"]
        count = len(parts) if "all" in value and isinstance(parts, list) else 1
    else:
        raise record.error(field, f"a condition cannot have {sorted(map(str, keys))}. {_FORMS}")
    if not isinstance(parts, list) or not parts:
        raise record.error(field, f"a condition needs a list of parts. {_FORMS}")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= len(parts):
        raise record.error(field, f"at_least must be from 1 to {len(parts)}, the number of parts, not {count!r}.")
    return Criterion(parts=tuple(_criterion(record, field, part) for part in parts), count=count)
