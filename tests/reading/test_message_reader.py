"""One finished result from text, case and open question, by the real knowledge."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.case import ActKind, Case, Choice, Finding, Question, Reading, Side, Status, Tense
from bot.knowledge import load_knowledge, load_meanings
from bot.reading import MessageReader
from bot.reading.acts import Classified, Named
from bot.reading.words.units import clauses_of
from bot.settings import ROOT

KNOWLEDGE = load_knowledge(ROOT / "data" / "knowledge")
READER = MessageReader(KNOWLEDGE, load_meanings(ROOT / "data" / "intents.yml"))
CHOICES = (
    Choice("a_fever", "fever"),
    Choice("a_red_hot", "red and hot"),
    Choice("none", "none"),
    Choice("unsure", "?"),
)
SCREEN = Question("screen_foot", "Any of these?", CHOICES, ("a_fever", "a_red_hot"), many=True, screening=True)


def read(text, intent="describe_symptoms", *parts, case=None, question=None, others=()):
    spans = clauses_of(text) if parts else []
    named = tuple(Named(part, 0.9, span.start, span.end) for part, span in zip(parts, spans, strict=True))
    ranking = (Named(intent, 0.9), *(Named(other, 0.05) for other in others))
    return READER.read(text, case, question, Classified(ranking, named))


def statuses(reading):
    return {item.id: item.status for item in reading.findings if item.tense is Tense.NOW}


def test_a_message_is_carried_as_json_and_comes_back_the_same():
    text = "I'm 54, my left heel hurts for 3 weeks, worse than a clot? ice did nothing. do you take Aetna"
    reading = read(text)
    again = Reading.from_json(reading.to_json())
    assert again == reading
    assert (again.acts, again.sites, again.subject) == (reading.acts, reading.sites, reading.subject)
    assert Reading.from_json(Reading().to_json()) == Reading()
    assert Reading().to_json() == {}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["describe_symptoms", "ask_cost", "affirm", "nlu_fallback", "no_such"]))
def test_any_text_is_read_and_every_offset_lies_in_it(text, intent):
    reading = read(text, intent, case=Case(findings=(Finding("loc_heel"),)), question=SCREEN)
    assert all(0 <= act.start <= act.end <= len(text) for act in reading.acts)
    assert all(0 <= item.start <= item.end <= len(text) for item in reading.findings)
    assert Reading.from_json(reading.to_json()) == reading


def test_a_general_question_says_that_it_is_one():
    assert read("does reflexology help with foot pain?", "ask_treatments").general
    assert not read("what helps with my foot pain?", "ask_treatments").general


def test_a_complaint_told_beside_a_general_question_is_not_general():
    assert not read("can you treat warts? heel is sore", "ask_services", "ask_services", "describe_symptoms").general


def test_the_name_of_a_fear_is_no_history():
    assert "a_cancer_history" not in statuses(read("could it be cancer?", "ask_cause"))
    assert read("could it be cancer?", "ask_cause").feared == ("cancer",)


def test_refusing_to_say_is_no_denial():
    assert Status.ABSENT not in statuses(read("I don't want to say", "skip", question=SCREEN)).values()


def test_a_question_beside_an_answer_leaves_the_answer():
    assert statuses(read("no, is the first visit free?", "ask_cost", question=SCREEN)) == {
        "a_fever": Status.ABSENT,
        "a_red_hot": Status.ABSENT,
    }


@pytest.mark.parametrize(
    "text", ["is the first visit free?", "is there a second entrance", "can I park at the first lot"]
)
def test_a_question_ticks_nothing_of_the_open_list(text):
    assert statuses(read(text, "ask_place", question=SCREEN)) == {}


def test_a_sign_told_in_a_question_counts_as_an_answer():
    assert statuses(read("can I park close, I have a fever", "ask_place", question=SCREEN))["a_fever"] is Status.PRESENT


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("sorry, the left foot! not right", Side.LEFT),
        ("you still have the right foot in there, it's the LEFT one, nothing in the right", Side.LEFT),
        ("not the left, the right heel", Side.RIGHT),
        ("wrong, it is the right foot and not the left", Side.RIGHT),
        ("left foot numb, right foot fine", None),
    ],
)
def test_a_side_that_is_put_right_is_the_side_of_what_was_told_before(text, side):
    assert READER.read(text).side is side


def test_a_side_alone_is_the_side_of_what_was_told_before():
    reading = read("sorry, the left one", case=Case(findings=(Finding("loc_heel", side=Side.RIGHT),)))
    assert reading.side is Side.LEFT
    assert reading.corrects


def test_a_place_told_before_is_taken_back():
    found = statuses(read("sorry, I meant my heel", case=Case(findings=(Finding("loc_ankle"),))))
    assert found["loc_ankle"] is Status.ABSENT
    assert found["loc_heel"] is Status.PRESENT


def test_a_place_that_is_merely_named_hurts():
    assert "loc_heel" in statuses(read("the heel", "greet", case=Case(findings=(Finding("ch_burning"),))))


def test_numbers_that_cannot_be_are_kept_as_they_were_said():
    reading = read("my heel hurts 14 out of 10, I am 212 years old")
    assert (reading.severity_0_10, reading.impossible_pain, reading.impossible_age) == (10, 14, 212)


def test_the_places_named_decide_between_a_complaint_and_another_part_of_the_body():
    others = ("describe_symptoms", "ask_other_body_part")
    assert read("my heel hurts", "ask_other_body_part", others=others).intent == "describe_symptoms"
    assert read("my ear hurts", "describe_symptoms", others=others).intent == "ask_other_body_part"
    assert read("my ear hurts", "describe_symptoms", others=others, question=SCREEN).intent == "describe_symptoms"
    assert read("my ear and my heel hurt", "describe_symptoms", others=others).intent == "describe_symptoms"


def test_what_a_question_is_about_is_named():
    subject = read("how do I do the tennis ball massage for plantar facitis? does it help", "ask_treatments").subject
    assert (subject.treatment, subject.cause, subject.how, subject.asks_of_it) == (
        "massage",
        "plantar_fasciitis",
        True,
        True,
    )


def test_acts_of_a_long_message_are_all_kept():
    text = "my heel hurts, what are your hours? do you take Aetna"
    reading = read(text, "describe_symptoms", "describe_symptoms", "ask_hours", "ask_insurance")
    assert [act.kind for act in reading.acts] == [ActKind.TELL, ActKind.ASK, ActKind.ASK]


def test_another_part_that_an_answer_names_is_no_complaint_of_its_own():
    told = Case(findings=(Finding("loc_leg"),))
    assert "loc_elsewhere" in statuses(read("my shoulder hurts"))
    assert "loc_elsewhere" not in statuses(read("no fever, my shoulder hurts", case=told, question=SCREEN))


SENTENCE = replace(SCREEN, sentence="Is there a fever, or a hot red spot?")


@pytest.mark.parametrize(
    ("text", "there", "denied"),
    [
        ("No, none of those, and no fever", set(), {"a_fever", "a_red_hot"}),
        ("nope, nothing like that, it only aches", set(), {"a_fever", "a_red_hot"}),
        ("none of that, but I do have a fever", {"a_fever"}, {"a_red_hot"}),
    ],
)
def test_a_no_to_a_spoken_list_denies_it_but_for_what_is_told(text, there, denied):
    told = statuses(read(text, question=SENTENCE))
    asked = {item: status for item, status in told.items() if item in SENTENCE.findings}
    assert {item for item, status in asked.items() if status is Status.PRESENT} == there
    assert {item for item, status in asked.items() if status is Status.ABSENT} == denied


def test_a_denial_of_a_part_leaves_the_rest_of_a_spoken_list():
    assert "a_red_hot" not in statuses(read("no fever", question=SENTENCE))


@pytest.mark.parametrize(("text", "asks"), [("can walk on it but it hurts", False), ("can I walk on it?", True)])
def test_a_clause_asks_about_the_result_only_in_the_form_of_a_question(text, asks):
    reading = read(text, "ask_walking", others=["describe_symptoms"])
    assert any(act.intent == "ask_walking" for act in reading.acts) is asks
