"""Replies outside a question, what comes next, repeating, practice questions."""

from dataclasses import replace

import pytest

from bot.case import Case, Finding


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
    slots = {"asked_treatment": treatment.id, "case": Case(asked=(f"ask_cautions_{treatment.id}",)).to_json()}
    outcome = turn("action_take_reply", intent="deny", text="none", slots=slots)
    assert outcome.said == ["utter_treatment_how"]
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


def test_starting_over_forgets_the_symptoms_but_no_red_flag_raised_or_withdrawn(turn, emergency):
    flag, finding = emergency
    kept = Case(raised=(flag,), withdrawn=("dvt",))
    told = replace(kept, findings=(Finding(finding), Finding("loc_heel_bottom")), complaint="heel")
    outcome = turn("action_start_over", intent="start_over", slots={"case": told.to_json()})
    assert Case.from_json(outcome.slots["case"]) == kept
    assert outcome.closes_form
    assert outcome.said == ["utter_started_over"]


@pytest.mark.parametrize(("loop", "said"), [(None, "utter_help"), ("booking_form", "utter_help_beside")])
def test_help_offers_choices_only_where_no_question_waits(turn, loop, said):
    assert turn("action_answer_small_talk", intent="ask_help", loop=loop).said == [said]


def test_the_phone_number_comes_with_the_offer_of_a_call_back(turn):
    assert turn("action_answer_practice_question", intent="ask_phone").said == ["utter_phone"]


@pytest.fixture
def cautions(knowledge):
    treatment = next(t for t in knowledge.treatments.values() if t.blocked_by and t.how and t.in_article)
    labels = [{"id": name, "label": name} for name in (*treatment.blocked_by, "none", "unsure")]
    question = {"id": "ask_cautions", "text": "?", "choices": labels, "findings": list(treatment.blocked_by)}
    return {"asked_treatment": treatment.id, "question": {**question, "many": True}}


@pytest.mark.parametrize(
    ("intent", "text", "reply"),
    [("affirm", "yes", "utter_pick_from_list"), ("describe_symptoms", "it aches", "utter_answer_unread_many")],
)
def test_what_forbids_a_treatment_stays_asked_until_it_is_answered(turn, cautions, intent, text, reply):
    read = turn("action_read_findings", intent=intent, text=text, slots=cautions)
    assert read.slots["question"]["id"] == "ask_cautions"
    asked = turn("action_take_reply", intent=intent, text=text, slots={**cautions, **read.slots})
    assert asked.said == [reply, "utter_interview_question"]


def test_skipping_what_forbids_a_treatment_keeps_it_from_being_described(turn, cautions):
    read = turn("action_read_findings", intent="skip", text="skip", slots=cautions)
    told = turn("action_take_reply", intent="skip", text="skip", slots={**cautions, **read.slots})
    assert told.said == ["utter_treatment_blocked"]


@pytest.mark.django_db
def test_what_now_depends_on_what_is_known(turn):
    assert turn("action_tell_next_step", intent="ask_next_step").said == ["utter_help"]
    told = turn("action_tell_next_step", intent="ask_next_step", slots={"causes": ["gout"]})
    assert (told.said, told.slots["offer"]) == (["utter_next_step"], "booking")
    today = {"causes": ["gout"], "urgency": "same_day"}
    assert turn("action_tell_next_step", intent="ask_next_step", slots=today).said == ["utter_advice_same_day"]
    assert turn("action_tell_next_step", intent="ask_next_step", loop="booking_form").said == ["utter_help_beside"]


def test_small_words_of_what_now_tell_no_sign(turn):
    text = "what do I do now"
    sign = [Finding("a_new_now", start=8, end=16)]
    read = turn("action_read_findings", intent="ask_next_step", text=text, raw=sign)
    assert Case.from_json(read.slots["case"]).findings == ()


@pytest.mark.parametrize(("loop", "said"), [(None, "utter_sorry"), ("booking_form", "utter_sorry_beside")])
def test_frustration_is_met_with_an_apology_and_a_way_out(turn, loop, said):
    assert turn("action_answer_small_talk", intent="express_frustration", loop=loop).said == [said]


def test_a_complaint_told_with_frustration_is_taken_up(turn):
    told = [("finding", "loc_heel")]
    outcome = turn(
        "action_answer_small_talk", intent="express_frustration", text="useless, my heel hurts", entities=told
    )
    assert outcome.said == ["utter_sorry_beside"]
    assert outcome.followup == "symptom_interview_form"


def test_a_question_about_services_that_names_a_treatment_is_answered_with_it(turn):
    outcome = turn("action_answer_practice_question", intent="ask_services", text="do you do custom orthotics?")
    assert outcome.followup == "action_explain_treatments"
