"""The visitor's latest message, as a turn sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.case import Reading
from bot.knowledge.model import IntentMeaning


@dataclass(frozen=True, slots=True)
class LatestMessage:
    """The visitor's latest message.

    Attributes:
        meaning: of its intent; that of a message not understood where the intent is no more than a guess.
        confidence: of the intent, 0 to 1.
        text: as typed, or the labels of the pressed choices.
        reading: everything that was read in it; empty for pressed choices.
        entities: what pressed choices carry, as Rasa holds it.
    """

    meaning: IntentMeaning
    confidence: float
    text: str
    reading: Reading
    entities: tuple[Mapping[str, Any], ...]

    def values(self, entity: str) -> list[Any]:
        """Return the values that pressed choices carry under a name, in order."""
        return [item.get("value") for item in self.entities if item.get("entity") == entity]
