"""The rows of a sealed set: a folder of `tests/sealed/` with up to four files of JSON Lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.case import Scope
from bot.errors import InputError
from bot.evaluation.pairs import Pair, read_pairs
from bot.evaluation.rows import choice_field, id_field, ids_field, read_rows, row_key, text_field
from bot.knowledge.model import Knowledge
from bot.settings import ROOT

SEALED = Path("tests", "sealed")
"""Where the sets lie in the project."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_FILES = ("statements.jsonl", "red_flags.jsonl", "scope.jsonl", "pairs.jsonl")


class Said(StrEnum):
    """What a statement says of its finding."""

    THERE = "there"
    DENIED = "denied"
    NOTHING = "nothing"


class AlarmKind(StrEnum):
    """Whether a text needs care today, lies just outside of a red flag, or is far from any."""

    ALARM = "alarm"
    NEAR = "near"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; `not_present` are ids that must not be read in one that says nothing, none for any symptom."""

    key: str
    text: str
    finding: str | None
    said: Said
    not_present: frozenset[str]


@dataclass(frozen=True, slots=True)
class AlarmText:
    """A text with the red flag that it is about, None for one that is about none."""

    key: str
    text: str
    flag: str | None
    kind: AlarmKind


@dataclass(frozen=True, slots=True)
class ScopeText:
    """A text with what it is about."""

    key: str
    text: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class SealedSet:
    """All rows of one set, and the SHA-256 of its files."""

    name: str
    statements: tuple[Statement, ...]
    alarms: tuple[AlarmText, ...]
    scopes: tuple[ScopeText, ...]
    pairs: tuple[Pair, ...]
    fingerprint: str


def sealed_names(folder: Path = ROOT / SEALED) -> list[str]:
    """Return the names of the sets, oldest first."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def read_sealed(name: str, knowledge: Knowledge, folder: Path = ROOT / SEALED) -> SealedSet:
    """Return the rows of a set; a file of it may be absent. Raises InputError."""
    if not _NAME.fullmatch(name) or name not in sealed_names(folder):
        known = ", ".join(sealed_names(folder)) or "none yet"
        raise InputError(f"There is no sealed set {name!r} in tests/sealed; there are: {known}.")
    place = folder / name
    read = SealedSet(
        name,
        tuple(_statements(place, knowledge)),
        tuple(_alarms(place, knowledge)),
        tuple(_scopes(place)),
        tuple(read_pairs(place, knowledge)),
        _fingerprint(place),
    )
    if not (read.statements or read.alarms or read.scopes or read.pairs):
        raise InputError(f"The sealed set {name} has no rows; it takes {', '.join(_FILES)}.")
    return read


def _statements(place: Path, knowledge: Knowledge) -> Iterator[Statement]:
    for where, row in read_rows(place / "statements.jsonl"):
        said = choice_field(row, "said", where, Said)
        finding = id_field(row, "finding", where, knowledge.findings, "finding")
        if finding is None and said is not Said.NOTHING:
            raise InputError(f"{where}: finding is missing; only a row that says nothing has none.")
        not_present = frozenset(ids_field(row, "not", where, knowledge.findings, "finding"))
        yield Statement(row_key(row), text_field(row, "text", where), finding, said, not_present)


def _alarms(place: Path, knowledge: Knowledge) -> Iterator[AlarmText]:
    for where, row in read_rows(place / "red_flags.jsonl"):
        kind = choice_field(row, "kind", where, AlarmKind)
        flag = id_field(row, "flag", where, knowledge.red_flags, "red flag")
        if flag is None and kind is AlarmKind.ALARM:
            raise InputError(f"{where}: flag is missing; an alarm names its red flag.")
        yield AlarmText(row_key(row), text_field(row, "text", where), flag, kind)


def _scopes(place: Path) -> Iterator[ScopeText]:
    for where, row in read_rows(place / "scope.jsonl"):
        yield ScopeText(row_key(row), text_field(row, "text", where), choice_field(row, "scope", where, Scope))


def _fingerprint(place: Path) -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        path = place / name
        digest.update(name.encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()
