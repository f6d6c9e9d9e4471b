import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.intent_classifier import SentenceIntentClassifier

EXAMPLES = {
    "greet": ["hello there", "hi", "good  morning", "Hey you!"],
    "goodbye": ["bye", "see you later", "good night", "I'm off"],
    "book": ["book a visit at nine", "I want an appointment", "make an appointment on May third", "can I come in?"],
    "hours": ["when are you open", "what are your hours", "are you open on Sunday", "when do you close"],
}


class Folder:
    """A model storage of one folder."""

    def __init__(self, path):
        self.path = path

    @contextlib.contextmanager
    def write_to(self, resource):
        yield self.path

    read_from = write_to


def trained(path, examples, **config):
    path.mkdir(exist_ok=True)
    messages = [Message.build(text, intent) for intent, texts in examples.items() for text in texts]
    config = {**SentenceIntentClassifier.get_default_config(), **config}
    SentenceIntentClassifier.create(config, Folder(path), Resource("x")).train(TrainingData(messages))
    return SentenceIntentClassifier.load(config, Folder(path), Resource("x"))


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("model"), EXAMPLES)


def read(classifier, text):
    (message,) = classifier.process([Message({"text": text})])
    return message


def test_a_wording_that_no_example_has_gets_its_intent(classifier):
    assert read(classifier, "could you put me down for a consultation").get("intent")["name"] == "book"
    assert read(classifier, "at which time do the doors shut").get("intent")["name"] == "hours"


def test_intents_are_ranked_by_their_probability(classifier):
    ranking = read(classifier, "good morning").get("intent_ranking")

    assert ranking[0]["name"] == "greet"
    assert [item["confidence"] for item in ranking] == sorted((item["confidence"] for item in ranking), reverse=True)
    assert sum(item["confidence"] for item in ranking) == pytest.approx(1)


def test_the_same_examples_give_the_same_bytes(tmp_path):
    trained(tmp_path / "one", EXAMPLES)
    trained(tmp_path / "two", EXAMPLES)

    first, second = (tmp_path / name / "intents.npz" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_two_intents_are_enough_and_their_shares_make_one(tmp_path):
    classifier = trained(tmp_path, {name: EXAMPLES[name] for name in ("greet", "book")})

    ranking = read(classifier, "an appointment please").get("intent_ranking")

    assert [item["name"] for item in ranking] == ["book", "greet"]
    assert sum(item["confidence"] for item in ranking) == pytest.approx(1)


def test_without_examples_there_is_no_intent(tmp_path):
    message = read(trained(tmp_path, {}), "hello")

    assert message.get("intent") is None
    assert message.get("intent_ranking") == []


def test_each_clause_gets_an_intent_and_its_place(classifier):
    text = "I want an appointment, what are your hours?"

    named = read(classifier, text).get("clause_intents")

    assert [clause["intent"] for clause in named] == ["book", "hours"]
    places = [text[clause["start"] : clause["end"]] for clause in named]
    assert places == ["I want an appointment", "what are your hours"]


def test_a_message_of_one_clause_has_no_clause_intents(classifier):
    assert read(classifier, "I want an appointment").get("clause_intents") == []


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(st.characters(), max_size=1000), st.text(".,;!? -\n", max_size=1000)))
def test_any_text_gets_a_whole_ranking(classifier, text):
    message = read(classifier, text)

    assert {item["name"] for item in message.get("intent_ranking")} == set(EXAMPLES)
    assert np.isfinite([item["confidence"] for item in message.get("intent_ranking")]).all()
