"""The NLU component that names what a message is for: its intent, and a second goal where it has one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.intent_model import IntentModel, Rates, learn_intents, load_model
from bot.brain.second_goal import Goal, GoalRules, clauses, goals_of
from bot.brain.training import learning_code_fingerprint
from bot.reading.encoder import sentence_encoder

_FILE = "intents.npz"
SECOND_GOAL = "second_goal"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by the vectors of the sentence encoder.

    The message is read as a whole and clause by clause. A clause with another goal than the message's becomes the
    entity `second_goal` (value: intent; `start` and `end` of the clause); a message that greets or thanks and then
    asks for something has the intent of what it asks for.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._rates = Rates(**{field.name: config[field.name] for field in fields(Rates)})
        self._rules = GoalRules.from_config(config)
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration used where `config.yml` says nothing."""
        return {
            **{field.name: field.default for field in fields(Rates)},
            "ranking_length": 10,
            # Groups of intents; two goals of one message are of two groups. Others are never a second goal.
            "goals": [],
            # Intents that any goal outranks.
            "courtesies": [],
            # How sure a clause's intent must be, 0 to 1.
            "least_confidence": 0.6,
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
        """Set intent, ranking and second goal of every message; without a learnt model the intent is None."""
        for message in messages:
            ranking, second = self._read(message.get(TEXT) or "")
            message.set(INTENT, ranking[0] if ranking else None, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            if second is not None:
                message.set(ENTITIES, [*message.get(ENTITIES, []), _entity(second)], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the intents of the training examples, for components that learn from them."""
        self.process(training_data.training_examples)
        return training_data

    def _read(self, text: str) -> tuple[list[dict[str, Any]], Goal | None]:
        if self._model is None:
            return [], None
        parts = clauses(text)
        vectors = sentence_encoder().encode([text, *(part.text for part in parts)])
        shares = self._model.probabilities(vectors)
        best = [(self._model.intents[place], float(row[place])) for row in shares if (place := int(row.argmax())) >= 0]
        goals = [Goal(*found, part.start, part.end) for found, part in zip(best[1:], parts, strict=True)]
        main, second = goals_of(best[0], goals, self._rules)
        order = np.argsort(-shares[0], kind="stable")[: self._config["ranking_length"]]
        found = [(self._model.intents[place], float(shares[0][place])) for place in order]
        return _ranking([main, *((name, share) for name, share in found if name != main[0])]), second


def _ranking(intents: list[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: share} for name, share in intents]


def _entity(goal: Goal) -> dict[str, Any]:
    return {
        "entity": SECOND_GOAL,
        "value": goal.intent,
        "confidence_entity": goal.confidence,
        "start": goal.start,
        "end": goal.end,
        "extractor": SentenceIntentClassifier.__name__,
    }
