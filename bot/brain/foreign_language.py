"""The NLU component that notices a message in another language than English."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.languages import Languages, load_languages
from bot.brain.message_reading import meanings
from bot.brain.untrained import UntrainedComponent
from bot.settings import settings

OTHER_LANGUAGE = "other_language"
"""What a message carries, as True, that is written in another language."""


@cache
def known_languages() -> Languages:
    """Return the languages of this process, read once. Raises KnowledgeError."""
    return load_languages(settings().data / "languages.yml")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ForeignLanguageClassifier(UntrainedComponent):
    """Sets the intent of a message in another language, whatever was found before; nothing is trained."""

    def __init__(self, languages: Languages, intent: str) -> None:
        """Take the languages, and the intent of a message in one of them."""
        self._languages = languages
        self._intent = intent

    @classmethod
    def made(cls, _config: dict[str, Any]) -> ForeignLanguageClassifier:
        """Return the component with the languages of this process."""
        return cls(known_languages(), meanings().about("language").id)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of the messages that are not English."""
        for message in messages:
            if self._languages.is_foreign(message.get(TEXT) or ""):
                found = {INTENT_NAME_KEY: self._intent, PREDICTED_CONFIDENCE_KEY: 1.0}
                others = [each for each in message.get(INTENT_RANKING_KEY, []) if each[INTENT_NAME_KEY] != self._intent]
                message.set(OTHER_LANGUAGE, True, add_to_output=True)
                message.set(INTENT, found, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [found, *others], add_to_output=True)
        return messages
