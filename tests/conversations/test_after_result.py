"""After the result the visitor goes on talking: each question is answered for the cause and the person."""

import itertools

import pytest

from actions import wiring

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

_names = (f"visitor with a result {number}" for number in itertools.count())
HEEL = "my heel hurts underneath with the first steps in the morning, for three months, better after a few minutes"


@pytest.fixture
def visitor():
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    talk, name = Talk(), next(_names)
    return lambda text: talk.say(name, text)


@pytest.fixture
def told(visitor):
    """A visitor whose likely cause was told."""
    answer = visitor(HEEL)
    for _ in range(8):
        if answer["causes"]:
            break
        answer = visitor("none of these" if "none of these" in " ".join(choices(answer)).lower() else "not sure")
    assert answer["causes"][0] == "plantar_fasciitis"
    return visitor


def words(answer):
    return "\n\n".join(reply["text"] for reply in answer["replies"])


def choices(answer):
    return [choice for reply in answer["replies"] for choice in reply["choices"]]


def text_of(topic, cause="plantar_fasciitis"):
    return wiring.knowledge().guidance[cause].texts[topic].text


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("can I keep running?", "running"),
        ("may I go to work tomorrow", "work"),
        ("ice or heat?", "ice_heat"),
        ("how long does it take to heal", "course"),
        ("what happens if I do nothing", "left_alone"),
        ("do I need an x-ray", "tests"),
        ("what do I do until the visit", "now"),
        ("what should I avoid", "avoid"),
        ("how sure are you", "certainty"),
        ("will they have to operate on it", "surgery"),
        ("would some tape on it be good", "brace"),
        ("will that ever go away completely", "course"),
    ],
)
def test_a_question_is_answered_for_the_cause_in_one_bubble_without_the_result(told, question, topic):
    answer = told(question)
    assert words(answer) == text_of(topic)
    assert len(answer["replies"]) == 1


def test_several_questions_are_each_answered(told):
    said = words(told("can I drive, and what shoes should I wear?"))
    assert text_of("driving") in said
    assert text_of("shoes") in said


def test_a_question_to_the_practice_beside_it_is_answered_too(told):
    said = words(told("can I keep running? and do you take aetna?"))
    assert text_of("running") in said
    assert wiring.practice().answers["insurance"] in said


def test_what_else_it_could_be_names_other_causes_and_what_would_tell_them(told):
    said = words(told("what else could it be?"))
    assert "would fit better if" in said
    assert said != text_of("certainty")


def test_a_cause_that_the_question_names_is_answered_for_that_cause(told):
    assert text_of("course", "bunion") in words(told("how long does a bunion take"))


def test_one_choice_follows_and_a_visit_that_was_refused_is_not_offered_again(told):
    assert choices(told("do I need an x-ray")) == ["Book a visit"]
    told("no")
    assert choices(told("do I need an x-ray")) == []


def test_a_question_beside_symptoms_is_kept_and_answered_with_the_result(visitor):
    first = visitor(f"{HEEL}. can I keep running?")
    assert text_of("running") not in words(first)
    assert text_of("running") not in words(first)
    result = visitor("none of these")
    assert words(result).count(text_of("running")) == 1


def test_a_question_inside_the_interview_is_kept_and_the_interview_goes_on(visitor):
    visitor("my heel hurts in the morning")
    aside = visitor("ice or heat?")
    assert text_of("ice_heat") not in words(aside)
    assert choices(aside)


def test_without_any_complaint_it_asks_what_hurts(visitor):
    answer = visitor("can I keep running?")
    assert "First I need to know what hurts" in words(answer)
    assert "What is bothering you" in words(answer)


def test_a_named_cause_is_answered_without_an_interview_which_is_offered(visitor):
    answer = visitor("how long does a bunion take to get better")
    assert text_of("course", "bunion") in words(answer)
    assert "Shall we see whether that fits" in words(answer)


def test_while_a_red_flag_waits_sport_waits_and_where_to_go_is_its_own_advice(visitor):
    visitor("I have diabetes and an open wound under my foot")
    sport = words(visitor("can I go running on saturday"))
    assert "No running or sport until you have been seen." in sport
    assert "foot seen today" in words(visitor("do I call you or go to the ER?"))


def test_a_question_told_together_with_a_red_flag_repeats_no_advice(visitor):
    answer = words(visitor("I have diabetes and an open wound under my foot. can I walk on it?"))
    assert "Walk as little as you can until you have been seen." in answer
    assert answer.count("by your diabetes or foot team") == 1


def test_diabetes_told_later_changes_the_answer(told):
    told("I also have diabetes")
    assert "use neither ice nor heat" in words(told("ice or heat?"))


def general(topic):
    return wiring.knowledge().topics[topic].same.text


@pytest.mark.parametrize(
    ("question", "topic"),
    [("can my sister catch it from me", "contagious"), ("is it normal to have that at my age", "normal")],
)
def test_what_holds_for_most_causes_has_one_text(told, question, topic):
    assert words(told(question)) == general(topic)


@pytest.mark.parametrize("question", ["what if it goes numb", "and what if I get short of breath tonight?"])
def test_a_sign_that_may_come_is_answered_with_when_to_call(told, question):
    assert "at once for trouble breathing" in words(told(question)) or "911" in words(told(question))


def test_the_same_question_again_is_answered_with_what_is_next_best_to_know(told):
    assert words(told("can I keep running?")) == text_of("running")
    again = words(told("may I go for a run on saturday"))
    assert text_of("running") not in again
    assert "I have told you what I know about that" in again
    assert text_of("course") in again
    third = words(told("so can I run or not"))
    assert text_of("course") not in third


def test_a_person_told_between_makes_it_another_answer(told):
    told("ice or heat?")
    told("I also have diabetes")
    assert "use neither ice nor heat" in words(told("ice or heat?"))


@pytest.mark.parametrize(
    "question", ["should I tell my oncologist?", "is vitamin B6 any good?", "how much magnesium should I buy?"]
)
def test_a_question_that_no_text_answers_is_left_for_the_visit_in_an_honest_sentence(told, question):
    said = words(told(question))
    assert "still fits best" not in said
    assert "I would rather not guess" in said or "pharmacist" in said


def test_a_question_beside_a_fact_is_answered(told):
    said = words(told("I cannot rest it, I am on concrete ten hours a day. What can I do right now?"))
    assert text_of("now") in said or text_of("work") in said


@pytest.mark.parametrize(
    "question", ["do I need an ambulance?", "ER or my own doctor?", "how do I get to the hospital without a car"]
)
def test_in_an_emergency_where_to_go_is_the_ambulance(visitor, question):
    visitor("I suddenly cannot breathe and my chest hurts, my calf is swollen")
    assert "The ambulance comes to you" in words(visitor(question))


def test_in_an_emergency_care_until_help_comes_is_told(visitor):
    visitor("I suddenly cannot breathe and my chest hurts, my calf is swollen")
    assert "Keep it still" in words(visitor("should I take my shoe off till they come"))


@pytest.mark.parametrize(
    ("question", "topic"),
    [("do I need a referral to come", "referral"), ("how long is the first visit", "visit_length")],
)
def test_questions_to_the_practice_are_answered(visitor, question, topic):
    assert wiring.practice().answers[topic] in words(visitor(question))
