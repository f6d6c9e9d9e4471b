"""The base of forms: a message that answers a form's question may ask something too, and gets its answer first."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.asked_beside import answer_asked
from actions.base import Domain, Events


class AnsweringForm(FormValidationAction, ABC):
    """Answers what was asked beside an answer that the form takes."""

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Check what was told; where the form takes something, answer first what was asked beside it."""
        validated: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        if not any(event.get("event") == "slot" and event.get("name") != REQUESTED_SLOT for event in validated):
            # The form takes nothing: a rule goes on with the message, and answers it.
            return validated
        said = list(dispatcher.messages)
        dispatcher.messages.clear()
        answered = answer_asked(dispatcher, tracker)
        dispatcher.messages.extend(said)
        return [*answered, *validated]
