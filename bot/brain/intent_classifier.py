"""The NLU component that names the intent: n-grams of words and letters, weighed by logistic regression.

The model is that of Rasa's `CountVectorsFeaturizer` twice and `LogisticRegressionClassifier`; here scikit-learn is
imported while training only. Serving needs a table of weights, which saves two seconds of start and 60 MB.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\b[0-9]+\b")
_WEIGHTS = "weights.npz"
_NAMES = "names.json"
# In the vocabulary, n-grams of letters start with this mark, which no word has.
_LETTERS = "#"


def ngrams(text: str, words: int, letters: tuple[int, int]) -> Iterator[str]:
    """Yield the n-grams of a text in lower case.

    Args:
        text: words parted by blanks.
        words: longest sequence of words, from 1.
        letters: shortest and longest sequence of letters within a word; a blank on either side counts as one.
    """
    found = _WORD.findall(text)
    for length in range(1, words + 1):
        yield from (" ".join(found[start : start + length]) for start in range(len(found) - length + 1))
    for word in text.split():
        padded = f" {word} "
        for length in range(letters[0], letters[1] + 1):
            if length >= len(padded):
                # A short word counts once, however long the n-gram may be.
                yield _LETTERS + padded
                break
            yield from (_LETTERS + padded[start : start + length] for start in range(len(padded) - length + 1))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(IntentClassifier, GraphComponent):
    """Multinomial logistic regression over counts of n-grams."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._vocabulary: dict[str, int] = {}
        self._intents: list[str] = []
        # Shapes: one row for each n-gram, one column for each intent; one number for each intent.
        self._weights = np.zeros((0, 0))
        self._biases = np.zeros(0)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration used where `config.yml` says nothing."""
        return {
            "words": 2,
            "min_letters": 2,
            "max_letters": 5,
            "strength": 1.0,
            # True: every intent counts alike, however many examples it has.
            "balanced": True,
            "max_iter": 200,
            "ranking_length": 10,
        }

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what has to come before in the pipeline."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - part of Rasa's signature
    ) -> NgramIntentClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> NgramIntentClassifier:
        """Return the trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
            with np.load(folder / _WEIGHTS, allow_pickle=False) as arrays:
                component._weights, component._biases = arrays["weights"], arrays["biases"]
        component._intents = names["intents"]
        component._vocabulary = {ngram: row for row, ngram in enumerate(names["ngrams"])}
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent and a text, and keep what was learnt."""
        examples = [message for message in training_data.intent_examples if message.get(INTENT) and message.get(TEXT)]
        if examples:
            self._learn([self._counts(message) for message in examples], [message.get(INTENT) for message in examples])
        with self._storage.write_to(self._resource) as folder:
            names = {"intents": self._intents, "ngrams": list(self._vocabulary)}
            (folder / _NAMES).write_text(json.dumps(names), encoding="utf-8")
            np.savez_compressed(folder / _WEIGHTS, weights=self._weights, biases=self._biases)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of every message and the ranking of intents."""
        for message in messages:
            ranking = self._ranking(self._counts(message))
            message.set(INTENT, ranking[0] if ranking else None, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the intents of the training examples, for components that learn from them."""
        self.process(training_data.training_examples)
        return training_data

    def _counts(self, message: Message) -> Counter[str]:
        tokens = message.get(TOKENS_NAMES[TEXT]) or []
        # All numbers count as one word.
        words = (_NUMBER.sub("__number__", token.text.lower()) for token in tokens)
        letters = (self._config["min_letters"], self._config["max_letters"])
        return Counter(ngrams(" ".join(words), self._config["words"], letters))

    def _learn(self, counts: Sequence[Mapping[str, int]], intents: Sequence[str]) -> None:
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        self._vocabulary = {ngram: row for row, ngram in enumerate(sorted(set().union(*counts)))}
        cells = [
            (line, self._vocabulary[key], number) for line, each in enumerate(counts) for key, number in each.items()
        ]
        lines, columns, numbers = zip(*cells, strict=True)
        matrix = csr_matrix((numbers, (lines, columns)), shape=(len(counts), len(self._vocabulary)), dtype=float)
        weights = "balanced" if self._config["balanced"] else None
        model = LogisticRegression(
            C=self._config["strength"], class_weight=weights, max_iter=self._config["max_iter"], random_state=42
        )
        model.fit(matrix, intents)
        self._intents = [str(intent) for intent in model.classes_]
        # Two classes have one column of weights: that of the second.
        both = len(self._intents) == 2
        self._weights = np.ascontiguousarray((np.vstack([-model.coef_, model.coef_]) / 2 if both else model.coef_).T)
        self._biases = np.concatenate([-model.intercept_, model.intercept_]) / 2 if both else model.intercept_

    def _ranking(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        if not self._intents:
            return []
        known = [(self._vocabulary[key], number) for key, number in counts.items() if key in self._vocabulary]
        scores = self._biases.copy()
        if known:
            rows, numbers = zip(*known, strict=True)
            scores += np.array(numbers, dtype=float) @ self._weights[list(rows)]
        likelihoods = np.exp(scores - scores.max())
        likelihoods /= likelihoods.sum()
        best = np.argsort(-likelihoods, kind="stable")[: self._config["ranking_length"]]
        return [
            {INTENT_NAME_KEY: self._intents[place], PREDICTED_CONFIDENCE_KEY: float(likelihoods[place])}
            for place in best
        ]
