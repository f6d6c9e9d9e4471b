"""What a message does, clause by clause."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.case import ActKind, Finding, Question, Status
from bot.knowledge import load_meanings
from bot.reading.acts import Named, acts_of, main_intent, without_questions
from bot.reading.words.units import clauses_of
from bot.settings import ROOT

MEANINGS = load_meanings(ROOT / "data" / "intents.yml")
YES = re.compile(r"\W*(?:yes|not sure)\b", re.IGNORECASE)
SCREEN = Question("screen", "?", (), ("a_fever",), many=True, screening=True)


def named(text, *intents, sure=0.9):
    parts = clauses_of(text)
    assert len(parts) == len(intents)
    return [Named(intent, sure, part.start, part.end) for intent, part in zip(intents, parts, strict=True)]


def kinds(acts):
    return [(act.kind.value, act.intent) for act in acts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("my heel hurts, can I come Tuesday?", ["my heel hurts", "can I come Tuesday"]),
        ("Hours please? And is it free?", ["Hours please", "And is it free"]),
        ("my heel hurts", []),
        ("red, hot, sore", []),
        ("", []),
        ("...", []),
        ("no pain\nno gain", ["no pain", "no gain"]),
    ],
)
def test_sentences_and_clauses_are_parted(text, parts):
    assert [clause.text for clause in clauses_of(text)] == parts


@settings(deadline=None)
@given(st.text(max_size=1000))
def test_clauses_lie_in_the_text_in_order_and_are_not_many(text):
    found = clauses_of(text)
    assert all(text[clause.start : clause.end] == clause.text for clause in found)
    assert [clause.start for clause in found] == sorted(clause.start for clause in found)
    assert len(found) <= 8


def test_every_clause_is_an_act_in_the_order_of_the_text():
    text = "my heel hurts, do you take Aetna? where can I park? I want to come"
    parts = named(text, "describe_symptoms", "ask_insurance", "ask_place", "request_booking")
    acts = acts_of(text, Named("describe_symptoms", 0.6), parts, (), MEANINGS)
    assert kinds(acts) == [
        ("tell", "describe_symptoms"), ("ask", "ask_insurance"), ("ask", "ask_place"), ("want", "request_booking"),
    ]  # fmt: skip
    assert [text[act.start : act.end] for act in acts][1] == "do you take Aetna"


def test_a_clause_that_tells_and_asks_is_both():
    text = "what does it cost to treat my sore heel"
    heel = Finding("loc_heel", start=text.index("sore"), end=len(text))
    assert kinds(acts_of(text, Named("ask_cost", 0.9), (), (heel,), MEANINGS)) == [("ask", "ask_cost"), ("tell", "")]


def test_what_is_only_denied_is_a_denial():
    fever = Finding("a_fever", Status.ABSENT, start=0, end=8)
    acts = acts_of("no fever", Named("describe_symptoms", 0.9), (), (fever,), MEANINGS)
    assert [act.kind for act in acts] == [ActKind.DENY]


def test_what_the_open_question_asks_is_an_answer():
    fever = Finding("a_fever", start=4, end=9)
    acts = acts_of("yes fever", Named("affirm", 0.9), (), (fever,), MEANINGS, SCREEN)
    assert [act.kind for act in acts] == [ActKind.ANSWER, ActKind.ANSWER]


def test_clauses_that_are_unsure_belong_to_the_main_intent():
    text = "well you know, it aches there"
    acts = acts_of(text, Named("describe_symptoms", 0.7), named(text, "greet", "ask_hours", sure=0.4), (), MEANINGS)
    assert kinds(acts) == [("tell", "describe_symptoms")]
    assert (acts[0].start, acts[0].end) == (0, len(text))


def test_neighbours_of_one_intent_are_one_act():
    text = "my heel hurts, it burns too, do you take Aetna"
    parts = named(text, "describe_symptoms", "describe_symptoms", "ask_insurance")
    assert len(acts_of(text, Named("describe_symptoms", 0.7), parts, (), MEANINGS)) == 2


@pytest.mark.parametrize("whole", ["greet", "nlu_fallback"])
def test_a_courtesy_and_what_was_not_understood_yield_to_a_goal(whole):
    parts = named("hello to you. I want to come", "greet", "request_booking")
    assert main_intent(Named(whole, 0.9), parts, MEANINGS).intent == "request_booking"


def test_a_guess_at_the_whole_yields_where_every_clause_is_surely_something_else():
    parts = named("when do you open, do you take Aetna", "ask_hours", "ask_insurance")
    assert main_intent(Named("request_booking", 0.4), parts, MEANINGS).intent == "ask_hours"
    assert main_intent(Named("request_booking", 0.8), parts, MEANINGS).intent == "request_booking"


def test_what_asks_is_blanked_and_a_short_beginning_is_left_for_the_answer():
    def left(text, intent, *parts):
        rest = without_questions(text, Named(intent, 0.9), parts, MEANINGS, YES)
        assert rest is None or len(rest) == len(text)
        return rest and rest.strip()

    assert left("no, is the first visit free?", "ask_cost") == "no,"
    assert left("yes can I talk to a person", "request_human") == "yes"
    assert left("what should I do", "ask_next_step") == ""
    assert left("it aches a lot", "describe_symptoms") is None


def test_each_practice_question_is_asked_once_in_order():
    text = "do you take Aetna? where can I park? and do you take Cigna"
    acts = acts_of(
        text, Named("ask_place", 0.5), named(text, "ask_insurance", "ask_place", "ask_insurance"), (), MEANINGS
    )
    asked = MEANINGS.asked(MEANINGS.of("ask_place"), acts)
    assert [meaning.topic for meaning in asked] == ["insurance", "place"]


def test_the_number_of_the_practice_belongs_to_the_wish_for_a_person():
    text = "a person please, what is your number"
    acts = acts_of(text, Named("request_human", 0.9), named(text, "request_human", "ask_phone"), (), MEANINGS)
    assert [meaning.id for meaning in MEANINGS.asked(MEANINGS.of("request_human"), acts)] == ["request_human"]


def test_a_clause_in_the_form_of_a_question_asks_although_nobody_understood_it():
    text = "okay, I see. should I tell my oncologist?"
    acts = acts_of(text, Named("out_of_scope", 0.5), named(text, "affirm", "out_of_scope", sure=0.3), (), MEANINGS)
    assert ("ask", "") in kinds(acts)


def test_a_likely_question_about_the_result_is_a_guess_where_the_clause_has_the_form_of_a_question():
    text = "I stand all day. what can I do right now?"
    acts = acts_of(
        text, Named("describe_symptoms", 0.7), named(text, "describe_symptoms", "ask_self_care", sure=0.4), (), MEANINGS
    )
    assert [act.intent for act in acts if act.guessed] == ["ask_self_care"]


def test_a_statement_and_a_short_cry_ask_nothing():
    for text in ("it hurts on the stairs", "um what??"):
        acts = acts_of(text, Named("out_of_scope", 0.5), (), (), MEANINGS)
        assert not any(act.kind is ActKind.ASK for act in acts)
