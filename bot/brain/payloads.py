"""What a pressed choice means: the payload that the server gave to the button."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import InputError

EXTRACTOR = "choice"
_PAYLOAD = re.compile(r"/(?P<intent>\w+)\s*(?P<entities>\{.*\})?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pressed:
    """An intent and its entities, as Rasa holds them."""

    intent: str
    entities: tuple[dict[str, Any], ...]


def read_payloads(payloads: Sequence[str]) -> Pressed:
    """Return what pressed choices mean together: `/intent{"entity": value}` each, the same intent in all.

    Only the server writes payloads; text that a visitor typed must never come here. The values of one entity name
    are put together in the order of the choices, without repeats.

    Raises:
        InputError: there is none, one is malformed, or they name different intents.
    """
    parts = [_read(payload) for payload in payloads]
    if len({intent for intent, _ in parts}) != 1:
        raise InputError("The choices of one bubble must have payloads of one intent.")
    entities: list[dict[str, Any]] = []
    for name, value in (pair for _, pairs in parts for pair in pairs):
        entity = {"entity": name, "value": value, "start": 0, "end": 0, "extractor": EXTRACTOR}
        if entity not in entities:
            entities.append(entity)
    return Pressed(intent=parts[0][0], entities=tuple(entities))


def _read(payload: str) -> tuple[str, list[tuple[str, Any]]]:
    match = _PAYLOAD.fullmatch(payload)
    if match is None:
        raise InputError('A payload must look like /intent{"entity": "value"}.')
    try:
        entities = json.loads(match["entities"] or "{}")
    except ValueError as error:
        raise InputError("The part of a payload in braces must be a JSON object.") from error
    pairs = []
    for name, value in entities.items():
        pairs += [(name, item) for item in (value if isinstance(value, list) else [value])]
    return match["intent"], pairs
