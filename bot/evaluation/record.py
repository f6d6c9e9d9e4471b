"""The committed result: figures and rows by their keys, no texts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.evaluation.figures import TAILS, Figure
from bot.settings import ROOT

RECORD = ROOT / "benchmarks" / "evaluation.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure of the committed result."""

    value: float
    rows: Mapping[str, float]


def read_record(path: Path = RECORD) -> dict[str, Kept]:
    """Return the committed figures by id; none where nothing is committed.

    Raises:
        InputError: the file is not what `save_record` writes.
    """
    if not path.is_file():
        return {}
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        return {id_: Kept(float(kept["value"]), _unpacked(kept["rows"])) for id_, kept in figures.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            f"{path.name} is not a saved evaluation; restore it or run `instep evaluate --save`."
        ) from None


def save_record(
    figures: Iterable[Figure], path: Path = RECORD, *, whole: bool = False, parts: Collection[str] = ()
) -> None:
    """Write the figures.

    Args:
        figures: what was measured.
        path: of the record.
        whole: everything was measured, so that other figures are gone; else they stay as they are.
        parts: parts that were measured wholly, so that their other figures are gone.

    Raises:
        InputError: the file that is there is not what this writes.
    """
    kept: dict[str, dict[str, Any]] = {}
    if path.is_file() and not whole:
        read_record(path)
        kept = json.loads(path.read_text(encoding="utf-8"))["figures"]
        kept = {id_: each for id_, each in kept.items() if id_.partition(".")[0] not in parts}
    kept |= {
        figure.id: {"value": round(figure.value, 4), "n": len(figure.rows), "rows": _packed(figure)}
        for figure in figures
    }
    told = "Written by `instep evaluate --save`: row keys by value, no texts; see bot/evaluation/record.py."
    record = {"about": told, "figures": dict(sorted(kept.items()))}
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _packed(figure: Figure) -> dict[str, str]:
    if figure.statistic in TAILS:
        return {}
    by_value: dict[float, list[str]] = defaultdict(list)
    for key, value in figure.rows.items():
        by_value[round(value, 3)].append(key)
    return {f"{value:g}": " ".join(sorted(keys)) for value, keys in sorted(by_value.items())}


def _unpacked(rows: Mapping[str, str]) -> dict[str, float]:
    return {key: float(value) for value, keys in rows.items() for key in keys.split()}
