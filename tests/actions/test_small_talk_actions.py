"""Replies outside a question, repeating, practice questions."""

import pytest

from bot.case import Case


def test_a_yes_after_the_causes_opens_the_booking(turn):
    outcome = turn("action_take_reply", intent="affirm", text="yes", slots={"offer": "booking"})
    assert outcome.said == ["utter_opening_booking"]
    assert outcome.followup == "booking_form"


@pytest.mark.parametrize(("intent", "said"), [("deny", "utter_after_no"), ("unsure", "utter_after_unsure")])
def test_no_and_not_sure_to_the_offered_visit_are_answered_in_fitting_words(turn, intent, said):
    assert turn("action_take_reply", intent=intent, slots={"offer": "booking"}).said == [said]


def test_a_yes_to_nothing_offers_where_to_start(turn):
    outcome = turn("action_take_reply", intent="affirm", text="yes")
    assert outcome.said == ["utter_ask_what_next"]


def test_an_answer_to_the_caution_question_brings_the_treatment_that_was_asked_for(turn, knowledge):
    treatment = next(t for t in knowledge.treatments.values() if t.blocked_by and t.how and t.in_article)
    slots = {"asked_treatment": treatment.id, "case": Case(asked=("ask_cautions",)).to_json()}
    outcome = turn("action_take_reply", intent="deny", text="none", slots=slots)
    assert outcome.said[:2] == ["utter_explain_treatment", "utter_treatment_how"]
    assert outcome.slots["asked_treatment"] is None


def test_the_last_message_is_repeated_with_its_choices(turn):
    buttons = [{"title": "One", "payload": "/affirm"}]
    outcome = turn(
        "action_repeat_message",
        intent="repeat",
        events=[
            {"event": "user", "text": "hi"},
            {"event": "bot", "text": "Hello!", "data": {"buttons": buttons}},
            {"event": "user", "text": "again"},
        ],
    )
    assert [(message["message"], message["buttons"]) for message in outcome.messages] == [("Hello!", buttons)]


@pytest.mark.parametrize("topic", ["hours", "place", "cost", "insurance", "bring", "services", "clinicians", "privacy"])
def test_practice_questions_are_answered_from_the_practice_file(turn, topic):
    outcome = turn("action_answer_practice_question", intent=f"ask_{topic}")
    assert outcome.said == ["utter_practice_answer"]
