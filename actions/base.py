"""The base of the actions. It is abstract, because the SDK registers every concrete action that it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.conversation.say import Say

INTERVIEW = "symptom_interview_form"
BOOKING = "booking_form"

Events = list[dict[str, Any]]
Domain = dict[str, Any]


def speak(dispatcher: CollectingDispatcher, says: Iterable[Say]) -> None:
    """Say bubbles."""
    for say in says:
        more: dict[str, Any] = {"buttons": list(say.buttons)} if say.buttons is not None else {}
        if say.kind:
            more["json_message"] = {"kind": say.kind}
        dispatcher.utter_message(response=say.response, **say.values, **more)


class TurnAction(Action, ABC):
    """An action with the name that `domain.yml` gives it."""

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say something and return what changes."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Events:
        """Act; this is what the SDK calls."""
        return self.act(dispatcher, tracker)
