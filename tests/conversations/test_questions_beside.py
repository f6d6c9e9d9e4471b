"""Every question of a message is answered, once, whatever else the message does."""

import itertools

import pytest

from actions import wiring

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

_names = (f"asking guest {number}" for number in itertools.count())


@pytest.fixture
def visitor():
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    talk, name = Talk(), next(_names)
    return lambda text: talk.say(name, text)


def words(answer):
    return "\n\n".join(reply["text"] for reply in answer["replies"])


def choices(answer):
    return [choice for reply in answer["replies"] for choice in reply["choices"]]


def answered(answer):
    """The topics that were answered, in order."""
    said, texts = words(answer), wiring.practice().answers
    return [topic for _, topic in sorted((said.index(text), topic) for topic, text in texts.items() if text in said)]


def test_five_questions_get_five_answers_in_one_bubble(visitor):
    answer = visitor(
        "what are your hours, where can I park, do you take Aetna, what should I bring and how much is a visit?"
    )
    assert answered(answer) == ["hours", "place", "insurance", "bring", "cost"]
    assert len(answer["replies"]) == 1


def test_a_question_that_is_asked_twice_is_answered_once(visitor):
    answer = visitor("do you take Aetna? what are your hours? and do you take Cigna?")
    assert answered(answer) == ["insurance", "hours"]
    assert words(answer).count(wiring.practice().answers["insurance"]) == 1


def test_two_questions_beside_symptoms_are_answered_before_the_first_question(visitor):
    answer = visitor("my heel hurts in the morning. do you take aetna? and where can I park")
    assert answered(answer) == ["insurance", "place"]
    assert "Not sure" in choices(answer)


def test_a_question_beside_an_answer_ticks_nothing_and_the_answer_counts(visitor):
    visitor("my heel hurts in the morning")
    answer = visitor("no, is the first visit free?")
    assert answered(answer) == ["cost"]
    assert answer["urgency"] not in ("emergency", "same_day")
    assert "cannot take four steps, even with a limp" not in choices(answer)


def test_a_question_beside_a_chosen_visit_is_answered_and_the_booking_goes_on(visitor):
    visitor("I want to book a visit")
    answer = visitor("the second one, and do you take aetna?")
    assert answered(answer) == ["insurance"]
    assert "been to the practice before" in words(answer)


def test_whether_it_is_a_program_is_said_beside_symptoms(visitor):
    answer = visitor("are you a robot? my foot hurts since monday")
    assert "computer program" in words(answer)
    assert "Not sure" in choices(answer)
