"""What a message does to the question that waits for an answer."""

import pytest

from bot.case import Case, Finding, Status
from bot.conversation.answers import EVADED, NOTED, OPENED, SHORTENED, TAKEN, UNREAD, WORRIED, Answers
from bot.triage import answer_question, next_question

HEEL = Case(findings=(Finding("loc_heel_bottom"),))


@pytest.fixture
def signs(knowledge):
    """The warning signs of a heel, asked in one sentence."""
    return next_question(HEEL, knowledge)


@pytest.fixture
def answer(knowledge):
    """Return a function that lets a message answer a question."""

    def take(question, heard, case=HEEL, **more):
        return Answers(knowledge).take(case.with_reading(heard.reading), question, heard, waiting=False, **more)

    return take


def statuses(answered, question):
    return {answered.case.status_of(item) for item in question.findings}


@pytest.mark.parametrize("intent", ["deny", "answer_question"])
def test_none_of_these_denies_every_warning_sign_of_the_sentence(answer, message, signs, intent):
    answered = answer(signs, message(intent, pressed=["none"]))
    assert (answered.word, answered.question) == (TAKEN, None)
    assert statuses(answered, signs) == {Status.ABSENT}


def test_a_no_with_something_else_told_beside_it_denies_the_sentence_and_keeps_what_was_told(answer, message, signs):
    answered = answer(signs, message("deny", "t_first_step"))
    assert answered.word == TAKEN
    assert statuses(answered, signs) == {Status.ABSENT}
    assert answered.case.status_of("t_first_step") is Status.PRESENT


@pytest.mark.parametrize("intent", ["affirm", "answer_question"])
def test_a_yes_opens_the_list_and_says_nothing_of_any_sign(answer, message, signs, intent):
    answered = answer(signs, message(intent, pressed=["yes"]))
    assert (answered.word, answered.question) == (OPENED, signs.opened())
    assert answered.case == HEEL


def test_one_tick_in_the_open_list_raises_its_red_flag_and_leaves_the_rest_unknown(answer, message, signs):
    answered = answer(signs.opened(), message("answer_question", pressed=["a_cold_white_foot"]))
    assert answered.case.status_of("a_cold_white_foot") is Status.PRESENT
    assert answered.case.having(Status.ABSENT).isdisjoint(signs.findings)
    assert answered.case.raised


def test_a_second_bare_yes_counts_as_the_urgent_reading(answer, message, signs):
    answered = answer(signs.opened(), message("affirm"))
    assert answered.case.having(Status.PRESENT).issuperset(item for item in signs.findings if item != "c_diabetes")


def test_nobody_is_made_a_diabetic_by_a_doubt(answer, message, signs):
    answered = answer(signs.opened(), message("affirm"))
    assert answered.case.status_of("c_diabetes") is Status.UNSURE


@pytest.mark.parametrize("intent", ["unsure", "answer_question"])
def test_not_sure_about_the_sentence_raises_nothing_and_keeps_every_sign_in_doubt(answer, message, signs, intent):
    answered = answer(signs, message(intent, pressed=["unsure"]))
    assert (answered.word, answered.case.raised) == (TAKEN, ())
    assert statuses(answered, signs) == {Status.UNSURE}


def test_a_partial_denial_leaves_the_rest_to_be_asked_in_other_words(answer, message, signs):
    answered = answer(signs, message("describe_symptoms", denied=["a_fever", "a_open_sore"]))
    assert answered.word == SHORTENED
    assert set(answered.question.findings) == set(signs.findings) - {"a_fever", "a_open_sore"}
    assert answered.question.sentence != signs.sentence
    assert signs.id not in answered.case.asked


def test_a_no_with_a_denial_answers_the_sentence_that_comes_again(answer, message, signs):
    shorter = answer(signs, message("describe_symptoms", denied=["a_fever"])).question
    answered = answer(shorter, message("deny", denied=["a_open_sore"]))
    assert answered.word == TAKEN
    assert statuses(answered, shorter) == {Status.ABSENT}


def test_a_sign_told_in_words_answers_the_sentence(answer, message, signs):
    answered = answer(signs, message("describe_symptoms", "a_cold_white_foot"))
    assert (answered.word, answered.question) == (TAKEN, None)
    assert answered.case.having(Status.ABSENT) == frozenset()


@pytest.mark.parametrize(
    ("intent", "told", "more", "word"),
    [
        ("describe_symptoms", ["t_first_step"], {}, NOTED),
        ("describe_symptoms", [], {"feared": ("cancer",)}, WORRIED),
        ("skip", [], {}, EVADED),
        ("express_frustration", [], {}, EVADED),
        ("inform_contact", [], {}, UNREAD),
        ("ask_hours", [], {}, ""),
    ],
)
def test_what_is_no_answer_leaves_the_warning_signs_waiting_in_other_words(
    answer, message, signs, intent, told, more, word
):
    answered = answer(signs, message(intent, *told, **more))
    assert answered.word == word
    assert (answered.question.id, answered.question.put) == (signs.id, 1)
    assert answered.question.sentence != signs.sentence
    assert signs.id not in answered.case.asked


def test_a_press_of_an_older_question_answers_nothing(answer, message, signs):
    answered = answer(signs, message("answer_question", pressed=["none"], asked="ask_where"))
    assert answered.case == HEEL
    assert answered.question.id == signs.id


def test_nonsense_to_a_question_about_causes_is_asked_again_once(answer, message, knowledge):
    case = answer_question(HEEL, next_question(HEEL, knowledge), ["none"], knowledge)
    question = next_question(case, knowledge)
    first = answer(question, message("inform_contact"), case)
    assert (first.word, first.question.id) == (UNREAD, question.id)
    second = answer(first.question, message("inform_contact"), first.case, unread=1)
    assert (second.word, second.question) == (TAKEN, None)
