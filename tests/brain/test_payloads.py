import pytest

from bot.brain.payloads import read_payloads
from bot.errors import InputError


def test_a_payload_without_braces_is_an_intent_alone():
    pressed = read_payloads(["/greet"])

    assert pressed.intent == "greet"
    assert pressed.entities == ()


def test_several_payloads_of_one_intent_put_their_values_together():
    pressed = read_payloads(['/answer_question{"answer": "a"}', '/answer_question{"answer": "b"}'])

    assert pressed.intent == "answer_question"
    assert [(entity["entity"], entity["value"]) for entity in pressed.entities] == [("answer", "a"), ("answer", "b")]


def test_a_value_that_two_choices_share_is_kept_once():
    pressed = read_payloads(['/answer{"question": "q", "answer": "a"}', '/answer{"question": "q", "answer": "b"}'])

    assert [entity["value"] for entity in pressed.entities] == ["q", "a", "b"]


def test_a_list_in_a_payload_becomes_one_entity_each():
    pressed = read_payloads(['/answer_question{"answer": ["a", "b"]}'])

    assert [entity["value"] for entity in pressed.entities] == ["a", "b"]


@pytest.mark.parametrize("payloads", [[], ["/a", "/b"], ["hello"], ['/a{"b": }'], ["/a{} and more"]])
def test_payloads_that_do_not_make_one_intent_are_refused(payloads):
    with pytest.raises(InputError):
        read_payloads(payloads)
