"""Rasa's actions with the answer of a custom action checked by a schema that is compiled once.

Stock Rasa compiles the schema anew for every answer, 11 to 13 ms each time, and goes on when filling a slot failed;
here a failure stops the turn, because a red flag might be lost with the slot.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from rasa.core.actions.action import Action, ActionExtractSlots, RemoteAction, action_for_name_or_text
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
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


@cache
def _answer_schema() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


class CustomAction(RemoteAction):
    """A custom action whose answer is checked quickly."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        _answer_schema().validate(result)
        return True


class SlotExtraction(ActionExtractSlots):
    """Fills slots after every message, custom mappings by checked actions."""

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
