"""A person, a call and a message: what each action says and stores."""

import pytest

from bot.booking.requests import MessageKind
from bot.booking.staff_queue import staff_queue

pytestmark = pytest.mark.django_db

FORM, MESSAGE = "call_back_form", "message_form"
ASKED = {"contact_asked": {"what": "call", "times": 1, "at": -1}}


def in_form(turn, text, intent="inform_contact", loop=FORM, requested="visitor_phone", slots=None, **more):
    return turn(
        f"validate_{loop}", intent=intent, text=text, loop=loop, requested=requested, slots=slots or ASKED, **more
    )


def test_the_offer_of_a_person_is_one_bubble_and_asks_for_what_a_call_needs(turn):
    outcome = turn("action_offer_person", intent="request_human", text="can I talk to somebody")
    assert outcome.said == ["utter_call_practice"]
    assert outcome.slots["contact_asked"]["times"] == 1
    asked = turn("action_ask_call_back_form_visitor_phone", text="can I talk to somebody", slots=outcome.slots)
    assert asked.said == []


@pytest.mark.parametrize(("times", "response"), [(0, "utter_ask_call_contact"), (1, "utter_ask_contact_again")])
def test_the_number_is_asked_for_in_other_words_each_time(turn, times, response):
    slots = {"contact_asked": {"what": "call", "times": times, "at": -1}}
    assert turn("action_ask_call_back_form_visitor_phone", text="hm", slots=slots).said == [response]


def test_the_third_time_the_form_is_closed_without_a_word(turn):
    slots = {"contact_asked": {"what": "call", "times": 2, "at": -1}}
    outcome = turn("action_ask_call_back_form_visitor_phone", text="hm", slots=slots)
    assert outcome.said == [] and outcome.closes_form


def test_a_number_alone_ends_the_form(turn):
    outcome = in_form(turn, "301 555 0188")
    assert outcome.slots["visitor_phone"] == "+13015550188" and outcome.slots["requested_slot"] is None


def test_an_address_does_instead_of_a_number(turn):
    outcome = in_form(turn, "ann@example.com")
    assert outcome.slots["visitor_email"] == "ann@example.com" and outcome.slots["requested_slot"] is None


@pytest.mark.parametrize(("intent", "text"), [("deny", "no thanks"), ("skip", "rather not"), ("cancel", "stop")])
def test_a_refusal_ends_the_form(turn, intent, text):
    outcome = in_form(turn, text, intent)
    assert outcome.slots["contact_refused"] == "refused" and outcome.slots["requested_slot"] is None


def test_frustration_ends_the_form_with_the_shortest_way_out(turn):
    outcome = in_form(turn, "you are useless", "express_frustration")
    ended = turn("action_submit_call_back", slots={**ASKED, **outcome.slots})
    assert ended.said == ["utter_call_now"]


def test_a_time_alone_is_noted_and_is_no_name(turn):
    outcome = in_form(turn, "tomorrow morning", "inform_visit_time")
    assert outcome.slots["call_details"]["words"] == "tomorrow morning"
    assert "visitor_name" not in outcome.slots


def test_a_question_beside_the_number_is_answered_and_the_number_kept(turn):
    outcome = in_form(turn, "301 555 0188, are you open today?", entities=[("beside", "ask_hours")])
    assert outcome.slots["visitor_phone"] == "+13015550188"
    assert "utter_practice_answer" in outcome.said


def test_a_call_beside_a_complaint_waits_for_its_number(turn):
    heard = {
        "intent": "describe_symptoms",
        "text": "my heel hurts. please call me",
        "entities": [("beside", "request_human")],
    }
    read = turn("action_read_findings", **heard)
    assert read.slots["call_details"]["said"] == heard["text"]
    assert read.slots["asked_beside"]["intents"] == ["request_human"]


def test_a_number_that_a_call_waits_for_is_taken_outside_the_form_too(turn):
    slots = {"call_details": {"about": "about the bill", "said": "", "words": ""}}
    heard = {"intent": "inform_contact", "text": "Tom Reed 301 555 0188"}
    read = turn("action_read_findings", slots=slots, **heard)
    assert read.slots["visitor_phone"] == "+13015550188" and read.slots["visitor_name"] == "Tom Reed"
    answered = turn("action_take_reply", slots={**slots, **read.slots}, **heard)
    assert answered.slots["call_details"] is None
    assert [(call.reason, call.contact.name) for call in staff_queue().call_backs] == [("about the bill", "Tom Reed")]


def test_a_yes_to_the_offer_is_taken_and_only_the_number_is_missing(turn):
    assert in_form(turn, "sure", "affirm").slots["visitor_phone"] is None


def test_a_number_out_of_the_blue_is_asked_about_and_a_yes_is_a_call(turn):
    heard = {"intent": "inform_contact", "text": "maria lopez, 240 555 0190, mornings only please"}
    asked = turn("action_take_reply", **heard)
    assert asked.said == ["utter_offer_call"]
    turn("action_take_reply", intent="affirm", text="yes", slots=asked.slots)
    assert [(call.contact.phone, call.time.words) for call in staff_queue().call_backs] == [
        ("+12405550190", "mornings only please")
    ]


def test_in_an_emergency_no_call_beside_something_else_is_spoken_of(turn):
    heard = {"intent": "ask_hours", "text": "hours? call me 301 555 0188", "entities": [("beside", "request_human")]}
    turn("action_answer_practice_question", slots={"urgency": "emergency"}, **heard)
    assert staff_queue().call_backs == ()


def test_a_message_without_words_is_asked_for(turn):
    outcome = turn("action_open_message", intent="leave_message", text="I want to leave a message")
    assert outcome.said == [] and outcome.slots["practice_message"] is None
    asked = turn("action_ask_message_form_practice_message", slots=outcome.slots)
    assert asked.said == ["utter_ask_message"]


def test_a_message_is_stored_before_its_contact_is_asked_for(turn):
    slots = {"practice_message": "the insoles fit", "message_kind": "message"}
    assert turn("action_ask_message_form_visitor_phone", slots=slots).said == ["utter_ask_message_contact"]
    assert [one.words for one in staff_queue().messages] == ["the insoles fit"]


def test_a_comment_gets_no_answer_unless_one_is_wished_for(turn):
    slots = {"practice_message": "nice article", "message_kind": "comment"}
    assert turn("action_ask_message_form_visitor_phone", slots=slots).said == ["utter_ask_comment_contact"]
    assert [one.kind for one in staff_queue().messages] == [MessageKind.COMMENT]


@pytest.mark.parametrize("intent", ["describe_symptoms", "thank", "express_frustration", "out_of_scope"])
def test_whatever_is_said_when_the_words_are_asked_for_is_the_message(turn, intent):
    slots = {"message_kind": "message"}
    outcome = in_form(turn, "it was awful", intent, MESSAGE, "practice_message", slots=slots)
    assert outcome.slots["practice_message"] == "it was awful"


def test_stopping_before_any_words_sends_nothing(turn):
    outcome = in_form(turn, "never mind", "cancel", MESSAGE, "practice_message", slots={"message_kind": "message"})
    ended = turn("action_submit_message", slots={"message_kind": "message", **outcome.slots})
    assert ended.said == ["utter_message_not_left"] and staff_queue().messages == ()
