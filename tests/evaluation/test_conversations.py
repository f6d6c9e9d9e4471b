"""How simulated patients understand what the bot asks, from what a visitor sees."""

import pytest

from bot.case import Urgency
from bot.evaluation.conversations import talk_through
from bot.evaluation.listener import Listener
from bot.evaluation.rows import Message
from bot.triage import next_question
from bot.triage.screening import closed_choices, shown_choices


@pytest.fixture(scope="module")
def listener(judge):
    return Listener(judge)


def bubble(text, choices=()):
    return {"text": text, "choices": [choice if isinstance(choice, str) else choice.label for choice in choices]}


def test_a_list_to_tick_is_understood_by_its_choices(judge, listener):
    asked = next_question(judge.case_of("my lower back hurts"), judge.knowledge)
    heard = listener.question([bubble("I see."), bubble(asked.text, asked.choices)])
    assert (heard.findings, heard.many, heard.screening) == (asked.findings, asked.many, asked.screening)


def test_a_sentence_is_understood_by_the_things_that_it_names(judge, listener):
    asked = next_question(judge.case_of("my lower back hurts"), judge.knowledge)
    said = [choice.label for choice in shown_choices(asked, judge.knowledge)]
    heard = listener.question([bubble(f"Okay. {asked.sentence}", said)])
    assert set(heard.findings) <= set(judge.knowledge.findings)
    assert {"a_saddle_numb", "a_fever"} <= set(heard.findings)
    assert (heard.many, heard.screening, bool(heard.sentence)) == (True, True, True)


def test_a_patient_who_has_a_warning_sign_says_yes_to_the_sentence_and_then_ticks_it(judge, listener):
    text = "My lower back hurts. I am numb between my legs."
    message = Message("k", "k", text, "My lower back hurts.")
    asked = next_question(judge.case_of("my lower back hurts"), judge.knowledge)
    shown = shown_choices(asked, judge.knowledge)
    bubbles = [bubble(asked.sentence, shown), bubble(asked.text, asked.choices), bubble("Call 911.")]
    said = []

    def say(conversation, text):
        said.append(text)
        return {"replies": [bubbles[len(said) - 1]], "causes": [], "urgency": "none"}

    talk_through(message, judge, listener, say)
    assert said[1:] == ["Yes, one of them", judge.knowledge.findings["a_saddle_numb"].label]


def test_a_closed_question_is_understood_by_its_words(judge, listener):
    record = judge.knowledge.red_flags["dvt"]
    heard = listener.question([bubble(f"One more thing. {record.question}", closed_choices(judge.knowledge))])
    assert (heard.findings, heard.many, heard.screening) == (record.raises, False, True)


def test_an_offer_is_no_question_about_a_finding(listener):
    assert listener.question([bubble("Shall I book a visit?", ["Book a visit", "Treatments"])]) is None
    assert listener.question([bubble("Hello.")]) is None
    assert listener.question([]) is None


def test_a_conversation_ends_where_causes_are_told(judge, listener):
    message = Message("k", "k", "My heel hurts. No numbness.", "My heel hurts.", frozenset({"plantar_fasciitis"}))
    asked = next_question(judge.case_of("my heel hurts"), judge.knowledge)
    answers = [
        {"replies": [bubble(asked.text, asked.choices)], "causes": [], "urgency": "none"},
        {
            "replies": [bubble("Possible causes", ["Book a visit"])],
            "causes": ["plantar_fasciitis"],
            "urgency": "routine",
        },
    ]
    said = []

    def say(conversation, text):
        said.append(text)
        return answers[len(said) - 1]

    end = talk_through(message, judge, listener, say)
    assert said == ["My heel hurts.", judge.knowledge.interview.none]
    assert (end.causes, end.urgency, end.questions, end.ended) == (("plantar_fasciitis",), Urgency.ROUTINE, 1, True)


def test_a_conversation_that_goes_round_is_given_up(judge, listener):
    message = Message("k", "k", "My heel hurts.", "My heel hurts.")
    asked = next_question(judge.case_of("my heel hurts"), judge.knowledge)
    again = {"replies": [bubble(asked.text, asked.choices)], "causes": [], "urgency": "none"}
    end = talk_through(message, judge, listener, lambda conversation, text: again)
    assert not end.ended
