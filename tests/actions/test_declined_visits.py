"""A visit that was refused is not offered again until the visitor asks for one."""

import pytest

from tests.actions.conftest import DOMAIN

pytestmark = pytest.mark.django_db

OFFERING = (
    "utter_advice_soon",
    "utter_advice_routine",
    "utter_advice_self_care",
    "utter_next_step",
)


def test_a_no_to_the_offer_is_remembered_until_a_visit_is_asked_for(turn):
    refused = turn("action_take_reply", intent="deny", text="no thanks", slots={"offer": "booking"})
    assert refused.slots["visit_declined"] is True
    assert turn("action_open_booking", intent="request_booking", text="book me in").slots["visit_declined"] is False


@pytest.mark.parametrize("words", ["no thanks", "not now", "nah, maybe later", "ok I changed my mind"])
def test_a_refusal_in_the_booking_ends_it(turn, words):
    said = {"intent": "deny", "text": words, "loop": "booking_form", "requested": "visit"}
    assert "visit" not in turn("validate_booking_form", slots={"offered_visits": []}, **said).slots
    ended = turn("action_take_reply", **said)
    assert ended.closes_form
    assert ended.slots["visit_declined"] is True


@pytest.mark.parametrize(
    "words", ["No, keep it as it is", "No thanks, leave everything as it is please", "no thank you"]
)
@pytest.mark.parametrize(
    ("action", "intent"), [("action_answer_result_question", "ask_untreated"), ("action_take_reply", "deny")]
)
def test_who_leaves_it_at_that_gets_no_advice_and_no_list(turn, words, action, intent):
    slots = {"causes": ["ingrown_toenail"], "asked_treatment": "toe_pads"}
    outcome = turn(action, intent=intent, text=words, slots=slots)
    if action == "action_take_reply":
        assert [message["response"] for message in outcome.messages] == ["utter_anything_else"]
    else:
        assert outcome.messages == []
        assert outcome.followup == "action_take_reply"


def test_not_today_beside_another_day_refuses_no_visit(turn):
    said = {"intent": "inform_visit_time", "text": "not today, tomorrow", "loop": "booking_form", "requested": "visit"}
    assert turn("validate_booking_form", **said).slots["visit_wish"]["date"]


@pytest.mark.parametrize("response", OFFERING)
def test_advice_after_a_refusal_holds_no_offer(response):
    quiet = [one for one in DOMAIN["responses"][response] if one.get("condition")]
    assert [one["condition"][0]["name"] for one in quiet] == ["visit_declined"]
    assert "{offer}" not in quiet[0]["text"]
    assert all("request_booking" not in button["payload"] for button in quiet[0]["buttons"])
