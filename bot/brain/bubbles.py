"""Rasa's output channel: what an action or a response says becomes bubbles."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.inbox.messages import Bubble, OfferedChoice


class BubbleChannel(OutputChannel):
    """Collects the bubbles of one turn, in order."""

    def __init__(self) -> None:
        self.bubbles: list[Bubble] = []

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in Rasa's events."""
        return "widget"

    async def send_response(self, _recipient_id: str, message: dict[str, Any]) -> None:
        """Take one message: `text`, `buttons` (title, payload, alone) and `custom` (many, kind) make one bubble."""
        text = (message.get("text") or "").strip()
        buttons = message.get("buttons") or []
        if not text and not buttons:
            return
        custom = message.get("custom") or {}
        self.bubbles.append(
            Bubble(
                text=text,
                choices=tuple(_choice(button) for button in buttons),
                many=bool(custom.get("many", False)),
                kind=str(custom.get("kind", "text")),
            )
        )


def _choice(button: Mapping[str, Any]) -> OfferedChoice:
    # The id is new for every bubble, so that a button of an older bubble cannot be mistaken for one of this.
    return OfferedChoice(
        id=secrets.token_hex(8),
        label=str(button["title"]),
        payload=str(button.get("payload", "")),
        alone=bool(button.get("alone", False)),
    )
