"""Build the words and groups of the interview."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from pathlib import Path
from string import Formatter
from typing import Any

from bot.knowledge.fields import Record, checked_choice
from bot.knowledge.files import read_yaml
from bot.knowledge.model import HomeCheck, Interview, QuestionGroup, RegionRole, RegionRule

_LISTS = (
    "checks",
    "places",
    "places_within",
    "groups",
    "regions",
    "scope",
    "lesser_places",
    "skin_signs",
    "spanning",
    "mentions",
    "unsaid",
    "vague_places",
)
_PLACEHOLDERS = {
    "why_cause": {"first", "second"},
    "denied": {"finding"},
    "blocked": {"findings"},
    "screen_first": {"things"},
    "screen_again": {"things"},
    "screen_last": {"things"},
    "again_closed": {"things"},
}


def load_interview(path: Path) -> Interview:
    """Return what `interview.yml` holds; every text is required."""
    file = Record(path, read_yaml(path))
    names = [field.name for field in dataclass_fields(Interview) if field.name not in _LISTS]
    interview = Interview(
        **{name: _template(file, name) for name in names},
        places=file.texts("places", least=1),
        places_within={place: _texts(file, place, within) for place, within in file.mapping("places_within").items()},
        groups=file.records("groups", _group),
        regions=file.records("regions", _region),
        checks=file.records("checks", _check),
        scope=file.texts("scope", least=1),
        lesser_places=file.texts("lesser_places"),
        skin_signs=file.texts("skin_signs"),
        spanning=file.texts("spanning"),
        mentions=file.texts("mentions"),
        unsaid=file.texts("unsaid"),
        vague_places=file.texts("vague_places"),
    )
    file.end()
    return interview


def _template(file: Record, field: str) -> str:
    text = file.text(field)
    allowed = _PLACEHOLDERS.get(field, set())
    try:
        unknown = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - allowed
    except ValueError:
        raise file.error(field, "has a curly bracket that does not close. Correct it.") from None
    if unknown:
        named = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
        raise file.error(field, f"has an unknown placeholder {sorted(unknown)}. Allowed here: {named}.")
    return text


def _texts(file: Record, place: str, within: Any) -> tuple[str, ...]:
    if not isinstance(within, list) or not within or not all(isinstance(finding, str) for finding in within):
        raise file.error("places_within", f"{place} has no list of findings. Write a list of finding ids.")
    return tuple(within)


def _group(record: Record) -> QuestionGroup:
    return QuestionGroup(
        id=record.id(),
        text=record.text("text"),
        findings=record.texts("findings", least=2),
        why=record.text("why"),
        beside=record.texts("beside"),
        instead_of=record.texts("instead_of"),
    )


def _check(record: Record) -> HomeCheck:
    return HomeCheck(
        id=record.id(),
        text=record.text("text"),
        finding=record.text("finding"),
        unless=record.texts("unless", least=1),
        why=record.text("why"),
    )


def _region(record: Record) -> RegionRule:
    region = record.text("region")
    needs = record.items("needs", least=1)
    for need in needs:
        if not isinstance(need, list) or not need or not all(isinstance(finding, str) for finding in need):
            raise record.error("needs", f"{need!r} is not a list of findings. Write a list of lists of finding ids.")
    role = checked_choice(record, "role", record.text("role", empty=True) or RegionRole.ALONE, RegionRole)
    return RegionRule(region=region, needs=tuple(tuple(need) for need in needs), role=role)
