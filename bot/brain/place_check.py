"""The NLU component that lets the body sites of a message decide between a complaint and another part of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.brain.finding_reader import known
from bot.brain.untrained import UntrainedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PlaceCheck(UntrainedComponent):
    """Corrects the intent by the entities `site` and `named_cause`; comes after `FindingReader`.

    - Read as another part of the body, but all sites named are podiatric: the likeliest of `complaints`.
    - Read as one of `complaints`, but all sites named are others, and no cause: another part of the body. Not while
      a question waits for its answer, which may name any place.
    """

    def __init__(self, podiatric: frozenset[str], complaints: Sequence[str], other: str) -> None:
        self._podiatric = podiatric
        self._complaints = frozenset(complaints)
        self._other = other

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration used where `config.yml` says nothing."""
        return {"complaints": ["describe_symptoms", "ask_treatments", "ask_cause"], "other": "ask_other_body_part"}

    @classmethod
    def made(cls, config: dict[str, Any]) -> PlaceCheck:
        """Return the component with the sites of this process's knowledge."""
        podiatric = frozenset(site.id for site in known().sites.values() if site.podiatric)
        return cls(podiatric, config["complaints"], config["other"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of the messages whose sites contradict it."""
        for message in messages:
            wanted = self._wanted(message)
            found = [each for each in message.get(INTENT_RANKING_KEY) or [] if each[INTENT_NAME_KEY] in wanted]
            if found:
                rest = [each for each in message.get(INTENT_RANKING_KEY) if each is not found[0]]
                message.set(INTENT, found[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, [found[0], *rest], add_to_output=True)
        return messages

    def _wanted(self, message: Message) -> frozenset[str]:
        """Return the intents of which one should stand; none where the intent may stay."""
        intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        sites = _values(message, "site")
        if not sites:
            return frozenset()
        if intent == self._other and sites <= self._podiatric:
            return self._complaints
        waiting = bool((message.get("metadata") or {}).get("question"))
        elsewhere = not sites & self._podiatric and not _values(message, "named_cause")
        return frozenset({self._other}) if intent in self._complaints and elsewhere and not waiting else frozenset()


def _values(message: Message, name: str) -> set[str]:
    entities: Sequence[Mapping[str, Any]] = message.get(ENTITIES) or []
    return {entity["value"] for entity in entities if entity["entity"] == name}
