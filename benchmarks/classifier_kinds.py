"""The classifiers that `classifiers.py` compares; each learns with `fit(texts, intents)`."""

from __future__ import annotations

import re
import tempfile
from functools import cache, partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from bot.brain.intent_model import Rates, learn_intents
from bot.reading.learned import encoder
from bot.reading.learned.encoder_graph import encoder_graph

NUMBER = re.compile(r"\b[0-9]+\b")
DIET_CONFIG = """recipe: default.v1
assistant_id: comparison
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 2
    max_ngram: 5
  - name: DIETClassifier
    epochs: {epochs}
    entity_recognition: false
    random_seed: 42
    ranking_length: 0
policies: []
"""


@cache
def made(eight_bits: bool) -> encoder.SentenceEncoder:
    kept, encoder.encoder_graph = encoder.encoder_graph, partial(encoder_graph, eight_bits=eight_bits)
    try:
        return encoder.SentenceEncoder(encoder.model_folder())
    finally:
        encoder.encoder_graph = kept


@cache
def vector(text: str, eight_bits: bool) -> np.ndarray:
    return made(eight_bits).encode([text])[0]


def vectors(texts: list[str], eight_bits: bool = True) -> np.ndarray:
    # One text is a timed one: it is computed afresh.
    if len(texts) == 1:
        return made(eight_bits).encode(texts)
    return np.array([vector(text, eight_bits) for text in texts])


class Regression:
    """Logistic regression on n-grams, on vectors of sentences, or on both."""

    def __init__(self, *, ngrams: bool, weighed: bool = False, bits: int = 0, strength: float = 1.0) -> None:
        kind = partial(TfidfVectorizer, sublinear_tf=True) if weighed else CountVectorizer
        self.ngrams = ngrams and make_union(
            kind(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"), kind(analyzer="char_wb", ngram_range=(2, 5))
        )
        self.bits = bits
        self.model = LogisticRegression(C=strength, max_iter=300, random_state=42)

    def fit(self, texts: list[str], intents: list[str]):
        if self.ngrams:
            self.ngrams.fit([NUMBER.sub("__number__", text.lower()) for text in texts])
        self.model.fit(self.features(texts), intents)
        self.intents = self.model.classes_
        return self

    def features(self, texts: list[str]):
        parts = [csr_matrix(vectors(texts, self.bits == 8))] if self.bits else []
        if self.ngrams:
            parts.append(self.ngrams.transform([NUMBER.sub("__number__", text.lower()) for text in texts]))
        return hstack(parts).tocsr()

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return self.model.predict_proba(self.features(texts))


class Neighbours:
    """The nearest examples alone."""

    def fit(self, texts: list[str], intents: list[str]):
        self.model = learn_intents(vectors(texts), intents, Rates())
        self.intents = self.model.intents
        return self

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return np.stack([self.model._near(row) for row in vectors(texts) @ self.model.examples.T])


class Bot:
    """What the bot uses: both, averaged."""

    def __init__(self, bits: int = 8) -> None:
        self.bits = bits

    def fit(self, texts: list[str], intents: list[str]):
        self.model = learn_intents(vectors(texts, self.bits == 8), intents, Rates())
        self.intents = self.model.intents
        return self

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return self.model.probabilities(vectors(texts, self.bits == 8))


class Averaged:
    """The bot's classifier and one on n-grams, averaged."""

    def __init__(self) -> None:
        self.parts = (Bot(), Regression(ngrams=True))

    def fit(self, texts: list[str], intents: list[str]):
        for part in self.parts:
            part.fit(texts, intents)
        self.intents = self.parts[0].intents
        return self

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return sum(part.probabilities(texts) for part in self.parts) / len(self.parts)


class Diet:
    """Rasa's DIETClassifier on the same n-grams."""

    def __init__(self, epochs: int) -> None:
        self.epochs = epochs

    def fit(self, texts: list[str], intents: list[str]):
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        (root / "config.yml").write_text(DIET_CONFIG.format(epochs=self.epochs), encoding="utf-8")
        blocks = [
            f"- intent: {intent}\n  examples: |\n"
            + "".join(f"    - {text}\n" for text, of in zip(texts, intents, strict=True) if of == intent)
            for intent in sorted(set(intents))
        ]
        (root / "nlu.yml").write_text('version: "3.1"\nnlu:\n' + "".join(blocks), encoding="utf-8")
        model = train_nlu(str(root / "config.yml"), str(root / "nlu.yml"), str(root / "models"))
        self.processor = Agent.load(model).processor
        self.intents = sorted(set(intents))
        return self

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return np.array([self.ranked(text) for text in texts])

    def ranked(self, text: str) -> list[float]:
        from rasa.core.channels.channel import UserMessage

        ranking = self.processor._parse_message_with_graph(UserMessage(text), None, only_output_properties=True)
        shares = {entry["name"]: entry["confidence"] for entry in ranking.get("intent_ranking", [])}
        return [shares.get(name, 0.0) for name in self.intents]


KINDS = {
    "n-grams (counts), logistic regression": partial(Regression, ngrams=True),
    "n-grams (tf-idf), logistic regression": partial(Regression, ngrams=True, weighed=True, strength=10.0),
    "encoder 32 bits, logistic regression": partial(Regression, ngrams=False, bits=32, strength=10.0),
    "encoder 8 bits, logistic regression": partial(Regression, ngrams=False, bits=8, strength=10.0),
    "encoder 8 bits, nearest examples": Neighbours,
    "encoder 8 bits and n-grams, logistic regression": partial(
        Regression, ngrams=True, weighed=True, bits=8, strength=10.0
    ),
    "encoder 32 bits, both averaged": partial(Bot, bits=32),
    "encoder 8 bits, both averaged (the bot)": Bot,
    "the bot's and n-grams, averaged": Averaged,
}
