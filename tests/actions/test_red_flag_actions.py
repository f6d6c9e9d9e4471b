"""Warnings and how they are taken back."""

import pytest

from actions import wiring
from bot.case import Case, Finding


def test_an_emergency_says_its_advice_first_and_closes_everything(turn, emergency):
    flag, finding = emergency
    case = Case(findings=(Finding(finding),), raised=(flag,))
    outcome = turn(
        "action_warn_red_flag",
        loop="booking_form",
        slots={"case": case.to_json(), "pending_red_flags": [flag], "urgency": "emergency"},
    )
    assert outcome.said == ["utter_emergency"]
    assert outcome.messages[0]["custom"] == {"kind": "emergency"}
    assert outcome.closes_form
    assert outcome.slots["outcome"] == "emergency"
    assert outcome.slots["pending_red_flags"] == []
    assert outcome.slots["causes"] == []


def test_a_told_emergency_is_not_told_as_new_again(turn, emergency):
    flag, finding = emergency
    case = Case(findings=(Finding(finding),), raised=(flag,))
    told = turn("action_warn_red_flag", slots={"case": case.to_json(), "urgency": "emergency"})
    outcome = turn("action_read_findings", intent="ask_hours", slots={"case": case.to_json(), **told.slots})
    assert outcome.slots["pending_red_flags"] == []
    assert outcome.slots["urgency"] == "emergency"


def test_an_emergency_is_cleared_only_after_an_explicit_confirmation(turn, emergency):
    flag, finding = emergency
    slots = {"case": Case(findings=(Finding(finding),), raised=(flag,)).to_json(), "urgency": "emergency"}
    asked = turn("action_repeat_emergency", intent="report_misunderstanding", slots=slots)
    unasked = turn("action_read_findings", intent="confirm_misunderstanding", slots=slots)
    confirmed = turn("action_read_findings", intent="confirm_misunderstanding", slots=slots | asked.slots)
    assert asked.said == ["utter_confirm_misunderstanding"]
    assert unasked.slots["urgency"] == "emergency"
    assert confirmed.slots["urgency"] == "none"
    assert confirmed.slots["red_flags"] == []


def test_chatting_on_says_what_to_do_again_in_fewer_words(turn, emergency):
    flag, finding = emergency
    case = Case(findings=(Finding(finding),), raised=(flag,))
    told = turn("action_warn_red_flag", slots={"case": case.to_json(), "pending_red_flags": [flag]})
    again = turn("action_repeat_emergency", intent="ask_cost", slots={"case": case.to_json()})
    assert told.said == ["utter_emergency"]
    assert again.said != told.said
    assert told.messages[0]["advice"].startswith(again.messages[0]["advice"].rstrip("."))


def test_a_no_in_words_takes_an_emergency_back_where_that_was_asked(turn, emergency):
    flag, finding = emergency
    slots = {"case": Case(findings=(Finding(finding),), raised=(flag,)).to_json(), "urgency": "emergency"}
    disputed = turn("action_repeat_emergency", intent="deny", text="no that is wrong", slots=slots)
    taken_back = turn("action_read_findings", intent="deny", text="none of that", slots=slots | disputed.slots)
    assert disputed.said == ["utter_confirm_misunderstanding"]
    assert taken_back.slots["urgency"] == "none"


def test_a_second_emergency_is_told_in_its_own_words(turn, knowledge):
    told, new = "acute_limb_ischaemia", "cauda_equina"
    case = Case(findings=(Finding("a_cold_white_foot"), Finding("a_saddle_numb")), raised=(told, new))
    slots = {"case": case.to_json(), "pending_red_flags": [new], "urgency": "emergency"}
    advice = turn("action_warn_red_flag", slots=slots).messages[0]["advice"]
    assert (
        advice.split()[:8]
        == knowledge.red_flags[new]
        .advice.format(
            emergency_number=wiring.practice().emergency_number,
            practice_phone=wiring.practice().phone,
            crisis_line=wiring.practice().crisis_line,
        )
        .split()[:8]
    )


@pytest.mark.django_db
def test_no_visit_is_offered_where_care_is_due_today_and_nothing_is_free_today(turn, clock):
    clock("2026-11-22 10:00")  # a Sunday
    outcome = turn("action_open_booking", intent="request_booking", slots={"urgency": "same_day"})
    assert outcome.said == ["utter_booking_same_day"]
    assert outcome.slots == {"booking_open": False}


def test_no_call_back_is_opened_in_an_emergency(turn):
    outcome = turn("action_offer_person", intent="request_human", slots={"urgency": "emergency"})
    assert outcome.said == ["utter_call_emergency"]
    assert outcome.slots["call_back_open"] is False


def test_care_due_today_is_said_and_the_interview_goes_on(turn, knowledge):
    flag = next(flag for flag in knowledge.red_flags.values() if flag.level.value == "same_day")
    slots = {"case": Case(raised=(flag.id,)).to_json(), "pending_red_flags": [flag.id], "urgency": "same_day"}
    outcome = turn("action_warn_red_flag", intent="describe_symptoms", slots=slots)
    assert outcome.said == ["utter_red_flag_advice"]
    assert outcome.messages[0]["custom"] == {"kind": "same_day"}
    assert outcome.followup == "symptom_interview_form"


def test_care_due_today_closes_a_routine_booking(turn, knowledge):
    flag = next(flag for flag in knowledge.red_flags.values() if flag.level.value == "same_day")
    slots = {"case": Case(raised=(flag.id,)).to_json(), "pending_red_flags": [flag.id], "urgency": "same_day"}
    outcome = turn("action_warn_red_flag", intent="describe_symptoms", loop="booking_form", slots=slots)
    assert outcome.closes_form
    assert outcome.slots["booking_open"] is False
