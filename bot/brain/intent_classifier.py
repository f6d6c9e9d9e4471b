"""The NLU component that ranks the intents of a message and names the intent of each of its clauses."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.intent_model import IntentModel, Rates, learn_intents, load_model
from bot.brain.message_reading import CLAUSES
from bot.brain.training import learning_code_fingerprint
from bot.reading.acts import Named
from bot.reading.learned.encoder import sentence_encoder
from bot.reading.words.units import clauses_of

_FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by the vectors of the sentence encoder.

    The message is classified as a whole and clause by clause; `MessageReading` makes its acts of both.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._rates = Rates(**{field.name: config[field.name] for field in fields(Rates)})
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration used where `config.yml` says nothing."""
        return {
            **{field.name: field.default for field in fields(Rates)},
            "ranking_length": 10,
        }

    @classmethod
    def fingerprint_addon(cls, _config: dict[str, Any]) -> str | None:
        """Return what the trained component depends on beside its configuration, this file and the examples."""
        return learning_code_fingerprint()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> SentenceIntentClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> SentenceIntentClassifier:
        """Return the trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            if (folder / _FILE).is_file():
                component._model = load_model(folder / _FILE, component._rates)
        # Loaded now, not with the first visitor's message.
        sentence_encoder()
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent and a text, and keep what was learnt."""
        examples = [message for message in training_data.intent_examples if message.get(INTENT) and message.get(TEXT)]
        intents = [message.get(INTENT) for message in examples]
        with self._storage.write_to(self._resource) as folder:
            if len(set(intents)) > 1:
                vectors = sentence_encoder().encode([message.get(TEXT) for message in examples])
                self._model = learn_intents(vectors, intents, self._rates)
                self._model.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and the clauses' intents of every message; without a learnt model the intent is None."""
        for message in messages:
            ranking, parts = self._read(message.get(TEXT) or "")
            message.set(INTENT, ranking[0] if ranking else None, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(CLAUSES, [asdict(part) for part in parts])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the intents of the training examples, for components that learn from them."""
        self.process(training_data.training_examples)
        return training_data

    def _read(self, text: str) -> tuple[list[dict[str, Any]], list[Named]]:
        if self._model is None:
            return [], []
        parts = clauses_of(text)
        vectors = sentence_encoder().encode([text, *(part.text for part in parts)])
        shares = self._model.probabilities(vectors)
        best = [(self._model.intents[place], float(row[place])) for row in shares if (place := int(row.argmax())) >= 0]
        named = [Named(*found, part.start, part.end) for found, part in zip(best[1:], parts, strict=True)]
        order = np.argsort(-shares[0], kind="stable")[: self._config["ranking_length"]]
        return _ranking([(self._model.intents[place], float(shares[0][place])) for place in order]), named


def _ranking(intents: list[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: share} for name, share in intents]
