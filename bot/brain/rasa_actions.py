"""Rasa's actions with a quick check of what a custom action answers.

Stock Rasa compiles a JSON schema anew for every answer, 11 to 13 ms each time, and applying it takes another 2 ms; here
the shape is checked directly. Stock Rasa goes on when filling a slot failed; here a failure stops the turn, because a
red flag might be lost with the slot.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.core.actions.action import Action, ActionExtractSlots, RemoteAction, action_for_name_or_text
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig


def find_action(name: str, domain: Domain, endpoint: EndpointConfig) -> Action:
    """Return the action of that name: Rasa's own, or the checked kind where a custom action may be called."""
    if name == ACTION_EXTRACT_SLOTS:
        return SlotExtraction(endpoint)
    action = action_for_name_or_text(name, domain, endpoint)
    if type(action) is RemoteAction:
        return CustomAction(name, endpoint)
    if type(action) is FormAction:
        return Form(name, endpoint)
    return action


def is_custom(name: str, domain: Domain, endpoint: EndpointConfig) -> bool:
    """Tell whether the action is one that `actions/` has to have."""
    return isinstance(find_action(name, domain, endpoint), CustomAction)


class CustomAction(RemoteAction):
    """A custom action whose answer is checked quickly."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        check_answer(result)
        return True


def check_answer(answer: dict[str, Any]) -> None:
    """Check the shape of what an action answers, where Rasa would drop what it cannot read.

    Raises:
        ValueError: it is not `events` that Rasa knows and `responses`, each a list of objects.
    """
    for part in ("events", "responses"):
        items = answer.get(part, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ValueError(f"An action answered {part} that are not a list of objects.")
    for event in answer.get("events", []):
        kind = str(event.get("event"))
        if kind not in _event_names():
            raise ValueError(f"An action answered an event that Rasa does not know: {kind[:40]!r}.")
        if kind == SlotSet.type_name and not isinstance(event.get("name"), str):
            raise ValueError("An action answered a slot event without the name of the slot.")


@cache
def _event_names() -> frozenset[str]:
    return frozenset(kind.type_name for kind in all_subclasses(Event) if kind.type_name)


class SlotExtraction(ActionExtractSlots):
    """Fills slots after every message, custom mappings by checked actions.

    When a form is opened, Rasa fills all slots a second time. The message is the same, so only the custom mappings that
    name the form in their conditions can come to something else: `waiting_for` runs those alone.
    """

    def __init__(self, endpoint: EndpointConfig | None, waiting_for: str | None = None) -> None:
        super().__init__(endpoint)
        self._waiting_for = waiting_for

    async def _execute_custom_action(
        self, mapping: dict[str, Any], executed_custom_actions: set[str], *rest: Any
    ) -> tuple[list[Event], set[str]]:
        forms = {condition.get("active_loop") for condition in mapping.get("conditions", ())}
        if self._waiting_for and self._waiting_for not in forms:
            return [], executed_custom_actions
        events, executed = await super()._execute_custom_action(mapping, executed_custom_actions, *rest)
        return list(events), set(executed)

    async def _run_custom_action(
        self,
        custom_action: str,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        action = CustomAction(custom_action, self._action_endpoint)
        events = await action.run(output_channel, nlg, tracker, domain)
        return [event for event in events if isinstance(event, SlotSet | BotUttered)]


class Form(FormAction):
    """A form whose validation and questions are checked actions."""

    async def activate(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Fill slots whose mappings wait for this form, and have those that are filled validated; as Rasa's."""
        extraction = SlotExtraction(self.action_endpoint, waiting_for=self.name())
        events = await extraction.run(output_channel, nlg, tracker, domain)
        tracker.update_with_events(events, domain)
        extracted = [event for event in events if isinstance(event, SlotSet)]
        if f"validate_{self.name()}" not in domain.action_names_or_texts:
            return extracted
        required = self.required_slots(domain)
        filled = {slot: value for slot in required if (value := tracker.get_slot(slot)) is not None}
        validated = await self.validate_slots(filled, tracker, domain, output_channel, nlg)
        checked = {event.key for event in validated if isinstance(event, SlotSet)}
        return [*validated, *(event for event in extracted if event.key not in checked)]

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """Return what `validate_<form>` makes of the candidates; nothing when there is no such action."""
        name = f"validate_{self.name()}"
        if name not in domain.action_names_or_texts:
            return []
        events = [SlotSet(slot, value) for slot, value in slot_candidates.items()]
        candidates = self._temporary_tracker(tracker, events, domain)
        action = CustomAction(name, self.action_endpoint)
        return list(await action.run(output_channel, nlg, candidates, domain))

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        name = self._name_of_utterance(domain, slot_name)
        if not name:
            return []
        action = find_action(name, domain, self.action_endpoint)
        return list(await action.run(output_channel, nlg, tracker, domain))
