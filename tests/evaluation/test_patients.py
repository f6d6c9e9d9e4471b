import pytest

from bot.case import Choice, Question, Status
from bot.evaluation.opening import opening_of
from bot.evaluation.patients import Patient, drawn_patients, hold_interview, patient_of
from bot.evaluation.rows import Message

PATIENT = Patient(present=frozenset({"ch_numb"}), absent=frozenset({"ch_burning"}), doubted=frozenset({"a_fever"}))


def question(*findings, many=False, screening=False):
    ids = (*findings, "none", "unsure") if many else ("yes", "no", "unsure")
    return Question("q", "?", tuple(Choice(id_, id_) for id_ in ids), findings, many=many, screening=screening)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (question("ch_numb"), ["yes"]),
        (question("ch_burning"), ["no"]),
        (question("ch_heavy"), ["unsure"]),
        (question("ch_numb", "ch_heavy", many=True), ["ch_numb"]),
        (question("ch_burning", many=True), ["none"]),
        (question("ch_burning", "ch_heavy", many=True), ["unsure"]),
        (question("a_chest_pain", screening=True), ["no"]),
        (question("a_chest_pain", many=True, screening=True), ["none"]),
        (question("a_fever", screening=True), ["unsure"]),
    ],
)
def test_a_patient_answers_from_what_the_text_says(asked, answer):
    assert PATIENT.answer(asked) == answer


def test_the_rest_of_a_text_comes_out_in_the_interview(judge):
    opening = "My foot hurts every single day."
    text = f"{opening} It hurts under the heel, worst with the first steps in the morning. I have no numbness."
    message = Message("k", "k", text, opening, flags=())
    told = judge.case_of(opening)
    interview = hold_interview(patient_of(message, judge), told, judge.knowledge)
    assert told.having(Status.PRESENT) < interview.case.having(Status.PRESENT)


def test_a_labelled_red_flag_is_doubted_and_so_comes_up(judge):
    message = Message("k", "k", "My lower back hurts.", "My lower back hurts.", flags=(frozenset({"cauda_equina"}),))
    interview = hold_interview(patient_of(message, judge), judge.case_of(message.text), judge.knowledge)
    assert judge.judge(interview.case).alarm


def test_drawn_patients_are_the_same_every_time_and_have_no_red_flag(judge):
    cause = judge.knowledge.causes["plantar_fasciitis"]
    once, again = (list(drawn_patients(cause, judge.knowledge, 5)) for _ in range(2))
    assert once == again
    for patient, opening in once:
        assert opening.having(Status.PRESENT) <= patient.present
        assert not judge.judge(hold_interview(patient, opening, judge.knowledge).case).alarm


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Hi doctor. My left heel hurts a lot. It began in May.", "Hi doctor. My left heel hurts a lot."),
        ("My left heel hurts a lot every morning. Why?", "My left heel hurts a lot every morning."),
        ("heel", "heel"),
        ("", ""),
    ],
)
def test_an_opening_says_something(text, opening):
    assert opening_of(text) == opening
