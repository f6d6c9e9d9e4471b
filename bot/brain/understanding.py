"""What the model makes of a text, without a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import django

from bot.brain.training import current_model

if TYPE_CHECKING:
    from bot.brain.agent import Agent


@cache
def shared_agent() -> Agent:
    """Return the agent of this process's main thread, loaded at the first call. Raises ModelError."""
    # The command line has no server that sets Django up, and the agent's inbox cannot be imported before.
    django.setup()
    from bot.brain.agent import Agent

    return Agent(current_model())


def understand(text: str) -> tuple[str, float]:
    """Return the intent of a typed text and how sure the model is, 0 to 1.

    Raises:
        ModelError: there is no current model: run `make train`.
    """
    intent = shared_agent().understand(text)["intent"]
    return intent["name"] or "", float(intent["confidence"])


def findings_read(reading: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return id, status, side, start and end of the findings of a message's reading."""
    kept = ("id", "status", "side", "start", "end")
    return tuple({key: finding.get(key) for key in kept} for finding in reading.get("findings", ()))
