import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.brain.foreign_language import ForeignLanguageClassifier, known_languages
from bot.brain.languages import load_languages
from bot.errors import KnowledgeError

FOREIGN = [
    "hola",
    "bonjour docteur",
    "¿Hablan español?",
    "Me duele mucho el talón por las mañanas",
    "quiero hacer una cita para el martes",
    "J'ai mal à la cheville depuis hier",
    "Ich habe seit drei Wochen Schmerzen im Fuß",
    "estou com dor no pé esquerdo",
    "vorrei prenotare una visita",
    "mijn voet doet pijn",
    "boli mnie stopa",
    "Tôi bị đau gót chân",
    "masakit ang paa ko",
    "mwen gen doulè nan pye",
    "我的脚后跟很疼",
    "قدمي تؤلمني",
    "У меня болит пятка",  # noqa: RUF001 - Cyrillic is meant
    "발이 아파요",
    "पैर में दर्द है",
]
ENGLISH = [
    "my heel hurts",
    "heel hurtz alot wen i wlak",
    "mi foot hurt, me toe sore",
    "hallux valgus et pes planus",
    "fascia plantaris, flexor hallucis longus, tendo calcaneus",
    "my name is María de los Ángeles Núñez",
    "José Peña y López",
    "Dr. O'Brien said it is de Quervain's",
    "I live on El Camino Real in La Jolla",
    "jean@exemple.fr http://www.una.es/para/los",
    "the café à la carte was naïve",
    "my Spanish friend says hola to you",
    "my mother's word for it is 脚 but I call it foot",
    "no",
    "???",
    "",
    "10/10",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_recognised(text):
    assert known_languages().is_foreign(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_slips_names_and_latin_stays_english(text):
    assert not known_languages().is_foreign(text)


def test_no_training_example_but_those_in_another_language_is_taken_for_one():
    from benchmarks.nlu_examples import training_examples

    taken = [
        text for text, intent in training_examples() if intent != "ask_language" and known_languages().is_foreign(text)
    ]

    assert taken == []


@given(st.text(st.characters(), max_size=1000))
def test_any_text_can_be_asked_about(text):
    assert known_languages().is_foreign(text) in (True, False)


def test_the_intent_of_a_foreign_message_is_set_and_of_others_kept():
    component = ForeignLanguageClassifier(known_languages(), "ask_language")
    before = {"intent": {"name": "greet", "confidence": 0.4}, "intent_ranking": [{"name": "greet", "confidence": 0.4}]}

    foreign, english = component.process(
        [Message({"text": "buenos días", **before}), Message({"text": "hi", **before})]
    )

    assert foreign.get("intent") == {"name": "ask_language", "confidence": 1.0}
    assert [item["name"] for item in foreign.get("intent_ranking")] == ["ask_language", "greet"]
    assert english.get("intent") == before["intent"]


@pytest.mark.parametrize(
    "content", ["", "english: a\n", "english: a\nshared: b\nlanguages: {X: {words: 3, alone: []}}\n", "["]
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    path = tmp_path / "languages.yml"
    path.write_text(content)

    with pytest.raises(KnowledgeError, match=r"languages\.yml"):
        load_languages(path)
