"""Build conditions over findings."""

from __future__ import annotations

from typing import Any

from bot.knowledge.fields import Record
from bot.knowledge.model import Criterion

_FORMS = "Write a finding's id, 'all: [...]', 'any: [...]', 'not: ...' or 'at_least: 2' with 'of: [...]'."


def required_criterion(record: Record, field: str) -> Criterion:
    """Return the condition of a field. Raises KnowledgeError."""
    return _criterion(record, field, record.take(field))


def optional_criterion(record: Record, field: str) -> Criterion | None:
    """Return the condition of a field that may be missing. Raises KnowledgeError."""
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
