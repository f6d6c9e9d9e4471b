import contextlib

import pytest
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.intent_classifier import NgramIntentClassifier

EXAMPLES = {
    "greet": ["hello there", "hi", "good  morning", "Hey you!"],
    "goodbye": ["bye", "see you later", "good night", "I'm off"],
    "book": ["book a visit at nine", "I want an appointment", "make an appointment on May third"],
}
UNSEEN = ["hello you", "book me at noon", "zzz", "Éa naïve bye", "a", "good", "x-ray?"]


class Folder:
    """A model storage of one folder."""

    def __init__(self, path):
        self.path = path

    @contextlib.contextmanager
    def write_to(self, resource):
        yield self.path

    read_from = write_to


def messages_of(texts, intents=None):
    tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
    messages = [Message.build(text, intent) for text, intent in zip(texts, intents or [None] * len(texts), strict=True)]
    return tokenizer.process(messages)


def trained(path, examples):
    texts = [text for of_intent in examples.values() for text in of_intent]
    intents = [intent for intent, of_intent in examples.items() for _ in of_intent]
    config = NgramIntentClassifier.get_default_config()
    NgramIntentClassifier.create(config, Folder(path), Resource("x"), None).train(
        TrainingData(messages_of(texts, intents))
    )
    return NgramIntentClassifier.load(config, Folder(path), Resource("x"), None)


def rankings(classifier, texts):
    return [message.get("intent_ranking") for message in classifier.process(messages_of(texts))]


@pytest.mark.parametrize("names", [("greet", "goodbye", "book"), ("greet", "book")])
def test_probabilities_are_those_of_scikit_learn(tmp_path, names):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    examples = {name: EXAMPLES[name] for name in names}
    both = make_union(
        CountVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"),
        CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
    )
    theirs = make_pipeline(both, LogisticRegression(class_weight="balanced", max_iter=200, random_state=42))
    spoken = {text: " ".join(token.text for token in messages_of([text])[0].get("text_tokens")) for text in UNSEEN}
    pairs = [
        (" ".join(token.text for token in messages_of([text])[0].get("text_tokens")), intent)
        for intent, texts in examples.items()
        for text in texts
    ]
    theirs.fit([text for text, _ in pairs], [intent for _, intent in pairs])

    found = rankings(trained(tmp_path, examples), UNSEEN)

    for ranking, row in zip(found, theirs.predict_proba(list(spoken.values())), strict=True):
        expected = dict(zip(theirs.classes_, row, strict=True))
        assert {item["name"]: item["confidence"] for item in ranking} == pytest.approx(expected, abs=1e-6)


def test_intents_are_ranked_by_their_probability(tmp_path):
    (ranking,) = rankings(trained(tmp_path, EXAMPLES), ["good morning"])

    assert ranking[0]["name"] == "greet"
    assert [item["confidence"] for item in ranking] == sorted((item["confidence"] for item in ranking), reverse=True)
    assert sum(item["confidence"] for item in ranking) == pytest.approx(1)


def test_all_numbers_are_one_word(tmp_path):
    classifier = trained(tmp_path, {"book": ["at 9 o'clock", "room 12"], "greet": EXAMPLES["greet"]})

    first, second = rankings(classifier, ["at 14 o'clock", "at 365 o'clock"])

    assert first == second


def test_a_text_without_a_known_word_still_gets_a_ranking(tmp_path):
    (ranking,) = rankings(trained(tmp_path, EXAMPLES), ["\u200b"])

    assert len(ranking) == len(EXAMPLES)
