"""A red-flag question is answered before booking, causes or treatments go on."""

import pytest

from bot.case import Case, Finding
from bot.triage import next_question
from tests.actions.test_interview_actions import asked

HEEL = Case(findings=(Finding("loc_heel_bottom"),), complaint="heel")
INTERVIEW = "symptom_interview_form"
BOOKING = "booking_form"


@pytest.fixture
def pending(knowledge):
    question = next_question(HEEL, knowledge)
    assert question.screening
    return {"case": HEEL.to_json(), "question": asked(question)}


@pytest.mark.django_db
def test_booking_over_a_red_flag_question_is_answered_with_the_question_again(turn, pending):
    opened = turn("action_open_booking", intent="request_booking", text="ok book it anyway", slots=pending)
    assert opened.said == ["utter_safety_first"]
    assert opened.slots["screening_answer"] is None
    assert opened.slots["question"] == pending["question"]
    put = turn("action_ask_booking_form_screening_answer", loop=BOOKING, slots={**pending, **opened.slots})
    assert put.said == ["utter_interview_question"]


@pytest.mark.django_db
def test_symptoms_told_with_the_wish_to_book_are_screened_before_a_visit_is_offered(turn):
    opened = turn("action_open_booking", intent="request_booking", slots={"case": HEEL.to_json()})
    assert opened.slots["screening_answer"] is None
    put = turn("action_ask_booking_form_screening_answer", slots={"case": HEEL.to_json(), **opened.slots})
    assert put.said == ["utter_before_booking", "utter_interview_question"]


@pytest.mark.django_db
def test_a_booking_without_symptoms_asks_nothing_first(turn):
    assert turn("action_open_booking", intent="request_booking").slots["screening_answer"] == "clear"


def test_a_second_evasion_ends_the_booking_with_a_person(turn, pending):
    slots = {**pending, "screening_evasions": 1, "booking_open": True}
    heard = {"intent": "request_booking", "text": "just book it", "loop": BOOKING, "requested": "screening_answer"}
    read = turn("action_read_findings", slots=slots, **heard)
    assert read.slots["screening_answer"] == "evaded"
    event = {"event": "slot", "name": "screening_answer", "value": "evaded"}
    checked = turn("validate_booking_form", slots=slots, events=[event], **heard)
    assert checked.said == []
    assert checked.slots["requested_slot"] is None
    ended = turn("action_submit_booking", slots={**slots, **checked.slots})
    assert ended.said == ["utter_safety_unanswered"]
    assert ended.followup == "call_back_form"


def test_a_symptom_told_while_booking_is_screened_before_booking_goes_on(turn):
    heard = {"intent": "describe_symptoms", "text": "my heel hurts", "loop": BOOKING, "requested": "visitor_phone"}
    slots = {"screening_answer": "clear", "booking_open": True}
    read = turn("action_read_findings", entities=[("finding", "loc_heel_bottom")], slots=slots, **heard)
    assert read.slots["screening_answer"] == "noted"
    event = {"event": "slot", "name": "screening_answer", "value": "noted"}
    checked = turn("validate_booking_form", slots={**slots, **read.slots}, events=[event], **heard)
    assert checked.slots["screening_answer"] is None


def test_skipping_a_red_flag_question_is_answered_once_and_then_ends_with_a_person(turn, pending):
    heard = {"intent": "skip", "text": "skip", "loop": INTERVIEW, "requested": "interview_answer"}
    read = turn("action_read_findings", slots=pending, **heard)
    assert read.slots["interview_answer"] == "evaded"
    event = {"event": "slot", "name": "interview_answer", "value": "evaded"}
    first = turn("validate_symptom_interview_form", slots=pending, events=[event], **heard)
    assert first.said == ["utter_safety_first"]
    second = turn("validate_symptom_interview_form", slots={**pending, **first.slots}, events=[event], **heard)
    assert second.slots["requested_slot"] is None
    ended = turn("action_match_causes", slots={**pending, **second.slots})
    assert ended.said == ["utter_safety_unanswered"]
    assert "causes" not in ended.slots


def test_how_a_treatment_is_done_waits_for_the_red_flag_question(turn, knowledge):
    asked = {"intent": "ask_treatments", "entities": [("treatment", "massage")], "slots": {"case": HEEL.to_json()}}
    assert turn("action_explain_treatments", **asked).said[0] == "utter_explain_treatment"
    outcome = turn("action_explain_treatments", **{**asked, "entities": [*asked["entities"], ("part", "how")]})
    assert outcome.said == ["utter_before_treatments"]
    assert outcome.followup == INTERVIEW


def test_an_answer_forgets_earlier_evasions(turn, pending):
    outcome = turn(
        "action_read_findings", intent="deny", text="no", loop=INTERVIEW, slots={**pending, "screening_evasions": 1}
    )
    assert outcome.slots["screening_evasions"] == 0


def test_the_third_answer_without_meaning_ends_with_a_person(turn, pending):
    heard = {"intent": "nlu_fallback", "text": "asdf", "loop": INTERVIEW, "requested": "interview_answer"}
    event = {"event": "slot", "name": "interview_answer", "value": "unread"}
    slots = pending
    for _ in range(2):
        assert turn("action_read_findings", slots=slots, **heard).slots["interview_answer"] == "unread"
        checked = turn("validate_symptom_interview_form", slots=slots, events=[event], **heard)
        assert checked.said == ["utter_answer_unread_many"]
        slots = {**slots, **checked.slots}
    last = turn("validate_symptom_interview_form", slots=slots, events=[event], **heard)
    assert last.said == []
    assert last.slots["requested_slot"] is None
