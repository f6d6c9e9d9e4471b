"""An alarm that is taken back is kept as taken back, and nothing is written as denied."""

import pytest

from bot.case import Case, Finding, Reading, Side, Status
from bot.conversation.corrections import (
    contradicted,
    contradiction_question,
    with_side,
    withdraw_alarms,
    withdraw_denied,
    withdraw_refuted,
)
from bot.triage import answer_question, next_question, record_red_flags, screen_red_flags

SAME_DAY, EMERGENCY = ("dvt", "a_calf_swollen"), ("cauda_equina", "a_saddle_numb")


def raised(knowledge, *present):
    case = record_red_flags(Case(findings=tuple(Finding(item) for item in present)), knowledge)
    assert case.raised
    return case


def after_contradiction(case, finding, choice, knowledge, phrase):
    question = contradiction_question(finding, knowledge, phrase)
    asked = Case(**{**{name: getattr(case, name) for name in case.__slots__}, "asked": (*case.asked, question.id)})
    answered = answer_question(asked, question, [choice], knowledge)
    return record_red_flags(withdraw_denied(answered, question, knowledge), knowledge)


@pytest.mark.parametrize(("flag", "finding"), [SAME_DAY, EMERGENCY])
def test_a_confirmed_misunderstanding_withdraws_the_alarm_and_denies_nothing(knowledge, practice, flag, finding):
    case = withdraw_alarms(raised(knowledge, "loc_calf", finding), knowledge, practice)
    assert flag in case.withdrawn
    assert case.raised == case.escalated == ()
    assert case.status_of(finding) is None
    assert case.having(Status.ABSENT) == frozenset()
    assert screen_red_flags(case, knowledge, practice) == ()


def test_what_made_no_alarm_is_kept_when_one_is_withdrawn(knowledge, practice):
    case = withdraw_alarms(raised(knowledge, "a_saddle_numb", "t_first_step"), knowledge, practice)
    assert case.status_of("t_first_step") is Status.PRESENT


def test_an_alarm_that_was_withdrawn_is_raised_again_when_it_is_told_again(knowledge, practice):
    case = withdraw_alarms(raised(knowledge, "a_saddle_numb"), knowledge, practice)
    again = Case(findings=(*case.findings, Finding("a_saddle_numb")), withdrawn=case.withdrawn)
    assert "cauda_equina" in record_red_flags(again, knowledge).raised


def test_a_same_day_alarm_is_withdrawn_when_its_sign_is_denied_on_being_asked(knowledge, phrase):
    case = after_contradiction(
        raised(knowledge, "loc_calf", "a_calf_swollen"), "a_calf_swollen", "no", knowledge, phrase
    )
    assert (case.raised, case.withdrawn) == ((), ("dvt",))


@pytest.mark.parametrize("choice", ["yes", "unsure"])
def test_a_same_day_alarm_stays_where_its_sign_is_not_clearly_denied(knowledge, phrase, choice):
    told = raised(knowledge, "loc_calf", "a_calf_swollen")
    case = after_contradiction(told, "a_calf_swollen", choice, knowledge, phrase)
    assert ("dvt" in case.raised, case.withdrawn) == (True, ())


def test_an_emergency_is_not_withdrawn_without_its_own_confirmation(knowledge, phrase):
    case = after_contradiction(raised(knowledge, "a_saddle_numb"), "a_saddle_numb", "no", knowledge, phrase)
    assert ("cauda_equina" in case.raised, case.withdrawn) == (True, ())


def test_an_alarm_that_rests_on_something_else_stays(knowledge, phrase):
    case = raised(knowledge, "loc_calf", "a_calf_swollen", "ch_numb")
    assert after_contradiction(case, "ch_numb", "no", knowledge, phrase).raised == case.raised


def test_an_answer_to_any_other_question_withdraws_nothing(knowledge):
    case = raised(knowledge, "loc_calf", "a_calf_swollen")
    question = next_question(case, knowledge)
    answered = answer_question(case, question, ["none"], knowledge)
    assert withdraw_denied(answered, question, knowledge) == answered


def test_a_contradicted_alarm_is_asked_about_once_in_words_that_say_back_what_was_told(knowledge, phrase, message):
    cold, denied = Case(findings=(Finding("a_fever"),)), message("deny", denied=["a_fever"]).reading
    assert contradicted(cold, denied, knowledge) == "a_fever"
    question = contradiction_question("a_fever", knowledge, phrase)
    assert knowledge.findings["a_fever"].said in question.text
    assert contradicted(Case(findings=cold.findings, asked=(question.id,)), denied, knowledge) is None


def test_of_what_is_no_alarm_the_newer_statement_counts(knowledge, message):
    numb = Case(findings=(Finding("ch_ache"),))
    assert contradicted(numb, message("deny", denied=["ch_ache"]).reading, knowledge) is None


def test_a_word_of_correction_is_no_contradiction(knowledge, message):
    cold = Case(findings=(Finding("a_fever"),))
    assert contradicted(cold, message("deny", denied=["a_fever"], corrects=True).reading, knowledge) is None


def test_the_other_side_is_put_to_every_place_and_to_nothing_else(knowledge):
    case = with_side(Case(findings=(Finding("loc_heel", side=Side.RIGHT), Finding("ch_numb"))), Side.LEFT, knowledge)
    assert [item.side for item in case.findings] == [Side.LEFT, None]


def test_a_lesser_alarm_is_taken_back_where_words_deny_what_raised_it(knowledge):
    told = raised(knowledge, "a_achilles_pop")
    denied = Reading(findings=(Finding("a_achilles_pop", Status.ABSENT, start=3, end=9),))
    case = withdraw_refuted(told.with_reading(denied), denied, knowledge)
    assert (case.raised, case.withdrawn) == ((), ("achilles_rupture",))


def test_an_emergency_stays_whatever_words_deny(knowledge):
    told = raised(knowledge, "a_saddle_numb")
    denied = Reading(findings=(Finding("a_saddle_numb", Status.ABSENT, start=3, end=9),))
    assert "cauda_equina" in withdraw_refuted(told.with_reading(denied), denied, knowledge).raised
