"""The texts to measure on: where they lie, and their rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.case import Urgency
from bot.errors import InputError
from bot.settings import ROOT

SHARED = ROOT.parent / "shared" / "evaluation"
"""Other people's texts, beside the project: measured on only; see their README."""

HELD_OUT = ROOT / "tests" / "held_out"
"""The project's own blind texts: nobody tunes on them, so the report shows only their totals."""

Row = Mapping[str, Any]


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
        in_scope: whether it is about feet, legs or the low back; None where nobody said.
    """

    key: str
    id: str
    text: str
    opening: str
    causes: frozenset[str] = frozenset()
    none_fits: bool = False
    flags: tuple[frozenset[str], ...] | None = None
    urgency: Urgency | None = None
    in_scope: bool | None = None


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
