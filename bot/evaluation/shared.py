"""Other people's texts in `../shared/evaluation`; its README says what the fields mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.errors import InputError
from bot.evaluation.held_out import ANY
from bot.evaluation.opening import opening_of
from bot.evaluation.rows import SHARED, Message, MessageSet, read_rows, row_key
from bot.knowledge.model import Knowledge


def shared_rows(name: str, folder: Path = SHARED) -> list[tuple[str, dict[str, Any]]]:
    """Return key and row of each line of a file; none where the folder is absent. Raises InputError."""
    return [(row_key(row), row) for _, row in read_rows(folder / f"{name}.jsonl")]


def patients(knowledge: Knowledge, folder: Path = SHARED) -> MessageSet:
    """Return messages about foot, ankle, leg and low back."""
    messages = (
        _message(key, row, opening_of(row["text"]), knowledge) for key, row in shared_rows("patient_foot", folder)
    )
    return MessageSet("patient_foot", tuple(messages))


def dialogues(knowledge: Knowledge, folder: Path = SHARED) -> MessageSet:
    """Return spoken histories; the text is everything that the patient said."""
    rows = shared_rows("cases_dialogue", folder)
    told = ((key, {**row, "text": ". ".join(row["turns"])}) for key, row in rows)
    return MessageSet("cases_dialogue", tuple(_message(key, row, row["opening"], knowledge) for key, row in told))


def dialogue_openings(knowledge: Knowledge, folder: Path = SHARED) -> MessageSet:
    """Return the first words of the spoken histories alone; what they leave out is not expected of them."""
    told = dialogues(knowledge, folder).messages
    return MessageSet("cases_opening", tuple(replace(each, text=each.opening, flags=None) for each in told))


def other_parts(folder: Path = SHARED) -> MessageSet:
    """Return messages about other parts of the body, which must not get a foot or back cause."""
    messages = (_other(key, row) for key, row in shared_rows("patient_other", folder))
    return MessageSet("patient_other", tuple(messages))


def neighbour_causes() -> frozenset[str]:
    """Return the causes that say no more than that a knee or a hip is the matter."""
    return frozenset(_names()["neighbours"]["causes"])


def known_causes(accepted: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Return the ids of `data/knowledge` for causes as they are named there; what is no cause here is left out."""
    return frozenset(_names()["causes"].get(cause, cause) for cause in accepted).intersection(knowledge.causes)


def _other(key: str, row: Mapping[str, Any]) -> Message:
    neighbour = row["region"] in _names()["neighbours"]["regions"]
    in_scope = None if neighbour else False
    return Message(key, row["id"], row["text"], opening_of(row["text"]), in_scope=in_scope, neighbour=neighbour)


def _message(key: str, row: Mapping[str, Any], opening: str, knowledge: Knowledge) -> Message:
    accept = row["accept"]
    return Message(
        key=key,
        id=row["id"],
        text=row["text"],
        opening=opening,
        causes=known_causes(accept, knowledge),
        none_fits=not accept or ANY in accept,
        flags=tuple(_counting(flag, knowledge) for flag in row["red_flag"]),
        in_scope=True,
    )


def _counting(flag: str, knowledge: Knowledge) -> frozenset[str]:
    counting = frozenset(_names()["red_flags"].get(flag, [flag])).intersection(knowledge.red_flags)
    if not counting:
        raise InputError(f"shared_names.yml: no record of data/knowledge notices {flag}; name those that do.")
    return counting


@cache
def _names() -> dict[str, Any]:
    path = Path(__file__).with_name("shared_names.yml")
    names: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return names
