"""The interview's actions."""

import datetime as dt
from dataclasses import replace

import pytest

from actions import wiring
from actions.case_slots import question_slot as asked
from bot.case import Case, Finding, Reading, Side, Status
from bot.triage import answer_question, next_question

HEEL = Case(findings=(Finding("loc_heel_bottom"), Finding("t_first_step")), complaint="heel")
FORM = "symptom_interview_form"


def test_reading_a_message_adds_its_findings_to_the_case(turn):
    outcome = turn(
        "action_read_findings",
        intent="describe_symptoms",
        text="my heel hurts",
        entities=[("finding", "loc_heel_bottom"), ("duration_days", 21)],
    )
    case = Case.from_json(outcome.slots["case"])
    assert case.status_of("loc_heel_bottom") is Status.PRESENT
    assert case.duration_days == 21
    assert case.complaint == "my heel hurts"


def test_a_cause_that_the_visitor_names_is_kept_in_the_case(turn):
    entities = [("finding", "loc_heel_bottom"), ("named_cause", "plantar_fasciitis")]
    outcome = turn("action_read_findings", intent="describe_symptoms", text="my PF is back", entities=entities)
    assert Case.from_json(outcome.slots["case"]).named_causes == ("plantar_fasciitis",)


def test_reading_the_same_message_twice_changes_nothing(turn):
    said = {"intent": "describe_symptoms", "text": "heel", "entities": [("finding", "loc_heel_bottom")]}
    first = turn("action_read_findings", **said)
    second = turn("action_read_findings", **said, slots=first.slots)
    assert second.slots["case"] == first.slots["case"]
    assert second.slots["pending_red_flags"] == first.slots["pending_red_flags"]


def test_an_emergency_in_any_message_waits_to_be_told(turn, emergency):
    flag, finding = emergency
    outcome = turn("action_read_findings", intent="ask_cost", entities=[("finding", finding)], loop="booking_form")
    assert flag in outcome.slots["pending_red_flags"]
    assert outcome.slots["urgency"] == "emergency"


def test_a_no_denies_what_the_pending_question_asks(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = turn(
        "action_read_findings",
        intent="deny",
        text="no",
        loop=FORM,
        slots={"case": HEEL.to_json(), "question": asked(question)},
    )
    case = Case.from_json(outcome.slots["case"])
    assert {case.status_of(finding) for finding in question.findings} == {Status.ABSENT}
    assert outcome.slots["question"] is None
    assert outcome.slots["interview_answer"] == "taken"


def test_not_sure_counts_as_yes_where_one_red_flag_is_asked_for(turn, knowledge):
    flag = next(flag for flag in knowledge.red_flags.values() if flag.question)
    question = closed(f"screen_{flag.id}", flag.raises)
    outcome = answered(turn, question, "unsure", "not sure")
    case = Case.from_json(outcome.slots["case"])
    assert {case.status_of(finding) for finding in flag.raises} == {Status.PRESENT}


def test_not_sure_about_a_list_leads_to_one_closed_question_about_its_most_urgent_part(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = answered(turn, asked(question), "unsure", "not sure")
    case = Case.from_json(outcome.slots["case"])
    assert not case.having(Status.PRESENT) & set(question.findings)
    put = turn("action_ask_symptom_interview_form_interview_answer", slots=outcome.slots)
    assert put.said == ["utter_screening_unsure", "utter_interview_question"]
    assert put.slots["question"]["screening"] is True
    assert put.slots["question"]["many"] is False
    denied = turn("action_read_findings", intent="deny", text="no", loop=FORM, slots={**outcome.slots, **put.slots})
    following = turn("action_ask_symptom_interview_form_interview_answer", slots={**outcome.slots, **denied.slots})
    assert following.said == ["utter_interview_question"]


@pytest.mark.parametrize("ticked", ["none", "c_diabetes"])
def test_not_sure_ticked_beside_something_else_raises_only_what_was_ticked(turn, knowledge, ticked):
    question = next_question(HEEL, knowledge)
    assert "c_diabetes" in question.findings
    entities = [("question", question.id), ("answer", ticked), ("answer", "unsure")]
    slots = {"case": HEEL.to_json(), "question": asked(question)}
    outcome = turn("action_read_findings", intent="answer_question", entities=entities, loop=FORM, slots=slots)
    case = Case.from_json(outcome.slots["case"])
    assert case.having(Status.PRESENT) & set(question.findings) == {ticked} - {"none"}
    assert case.having(Status.UNSURE) == set(question.findings) - {ticked}


def test_a_yes_to_the_sentence_opens_the_list(turn, knowledge):
    question = next_question(HEEL, knowledge)
    read = answered(turn, asked(question), "affirm", "yes")
    assert read.slots["interview_answer"] == "opened"
    assert read.slots["pending_red_flags"] == []
    assert not Case.from_json(read.slots["case"]).having(Status.PRESENT) & set(question.findings)
    put = turn("action_ask_symptom_interview_form_interview_answer", intent="affirm", text="yes", slots=read.slots)
    assert put.said == ["utter_interview_question"]
    assert put.messages[0]["custom"] == {"many": True}
    assert [button["title"] for button in put.messages[0]["buttons"]] == [c.label for c in question.choices]


def test_the_pressed_yes_opens_the_list_and_its_tick_raises_the_red_flag(turn, knowledge):
    question = next_question(HEEL, knowledge)
    slots = {"case": HEEL.to_json(), "question": asked(question)}
    yes = [("question", question.id), ("answer", "yes")]
    opened = turn("action_read_findings", intent="answer_question", entities=yes, loop=FORM, slots=slots)
    assert opened.slots["question"]["sentence"] == ""
    tick = [("question", question.id), ("answer", "a_cold_white_foot")]
    slots |= opened.slots
    ticked = turn("action_read_findings", intent="answer_question", entities=tick, loop=FORM, slots=slots)
    assert ticked.slots["urgency"] == "emergency"
    case = Case.from_json(ticked.slots["case"])
    assert case.having(Status.ABSENT).isdisjoint(question.findings)


def test_a_partial_denial_asks_for_the_rest_in_other_words(turn, knowledge):
    question = next_question(HEEL, knowledge)
    slots = {"case": HEEL.to_json(), "question": asked(question)}
    heard = {"intent": "describe_symptoms", "text": "there is no fever", "denied": ["a_fever"], "loop": FORM}
    read = turn("action_read_findings", slots=slots, **heard)
    assert read.slots["interview_answer"] == "shortened"
    put = turn("action_ask_symptom_interview_form_interview_answer", slots=read.slots, **heard)
    assert put.messages[-1]["question"] == read.slots["question"]["sentence"] != question.sentence
    assert "fever" not in put.messages[-1]["question"]


def test_a_bare_yes_to_the_open_list_counts_as_the_urgent_reading(turn, knowledge):
    opened = next_question(HEEL, knowledge).opened()
    assert answered(turn, asked(opened), "affirm", "yes").slots["urgency"] == "emergency"


def test_a_bare_yes_to_a_list_about_causes_asks_which(turn, knowledge):
    question = next(q for q in _questions(knowledge) if q.many and not q.screening)
    first = answered(turn, asked(question), "affirm", "yes")
    assert first.slots["interview_answer"] == "unread"
    assert first.slots["question"]["put"] == 1
    which = turn(
        "validate_symptom_interview_form",
        intent="affirm",
        text="yes",
        loop=FORM,
        requested="interview_answer",
        slots={"case": HEEL.to_json(), "question": first.slots["question"]},
        events=[{"event": "slot", "name": "interview_answer", "value": "unread"}],
    )
    assert which.said == ["utter_pick_from_list"]
    again = answered(turn, first.slots["question"], "affirm", "yes")
    assert Case.from_json(again.slots["case"]).having(Status.UNSURE) == set(question.findings) - {"t_first_step"}


def answered(turn, question, intent, text, **slots):
    values = {"case": HEEL.to_json(), "question": question, **slots}
    return turn("action_read_findings", intent=intent, text=text, loop=FORM, slots=values)


def closed(question_id, findings):
    labels = [{"id": name, "label": name} for name in ("yes", "no", "unsure")]
    return {"id": question_id, "text": "?", "choices": labels, "findings": list(findings), "screening": True}


def test_skipping_denies_nothing(turn, knowledge):
    question = next(q for q in _questions(knowledge) if not q.screening)
    outcome = turn(
        "action_read_findings",
        intent="skip",
        text="I don't want to say",
        loop=FORM,
        denied=question.findings,
        slots={"case": HEEL.to_json(), "question": asked(question)},
    )
    case = Case.from_json(outcome.slots["case"])
    assert case.having(Status.ABSENT) == frozenset()
    assert question.id in case.asked


def _questions(knowledge):
    case = Case(findings=(Finding("loc_arch"),))
    while question := next_question(case, knowledge):
        yield question
        case = answer_question(case, question, ["none"] if question.many else ["no"], knowledge)


def test_a_question_of_the_visitor_leaves_the_pending_question_open(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = turn(
        "action_read_findings",
        intent="ask_hours",
        text="when do you open",
        loop=FORM,
        slots={"case": HEEL.to_json(), "question": asked(question)},
    )
    assert outcome.slots["question"]["id"] == question.id
    assert "interview_answer" not in outcome.slots


def test_a_yes_in_the_booking_does_not_answer_the_interview(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = turn(
        "action_read_findings",
        intent="affirm",
        text="yes",
        loop="booking_form",
        slots={"case": HEEL.to_json(), "question": asked(question)},
    )
    assert Case.from_json(outcome.slots["case"]).findings == HEEL.findings


def test_a_press_that_belongs_to_an_earlier_question_is_not_taken(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = turn(
        "action_read_findings",
        intent="answer_question",
        loop=FORM,
        entities=[("question", "some_other_question"), ("answer", "none")],
        slots={"case": HEEL.to_json(), "question": asked(question)},
    )
    assert "interview_answer" not in outcome.slots


def test_the_visitor_is_asked_for_the_complaint_in_free_words_first(turn):
    outcome = turn("action_ask_symptom_interview_form_interview_answer", intent="describe_symptoms")
    assert outcome.said == ["utter_ask_complaint"]


def test_a_question_is_put_with_its_choices(turn, knowledge):
    outcome = turn("action_ask_symptom_interview_form_interview_answer", slots={"case": HEEL.to_json()})
    question = next_question(HEEL, knowledge)
    assert outcome.messages[0]["question"] == question.sentence
    titles = [button["title"] for button in outcome.messages[0]["buttons"]]
    assert titles == ["No, none of these", "Yes, one of them", "Not sure"]
    assert not outcome.messages[0]["custom"]


def test_an_opened_list_is_put_with_its_ticks(turn, knowledge):
    question = next_question(HEEL, knowledge).opened()
    slots = {"case": HEEL.to_json(), "question": asked(question)}
    outcome = turn("action_ask_symptom_interview_form_interview_answer", slots=slots)
    assert outcome.messages[0]["question"] == question.text
    buttons = outcome.messages[0]["buttons"]
    assert [button["title"] for button in buttons] == [c.label for c in question.choices]
    assert [button["alone"] for button in buttons] == [c.id == "none" for c in question.choices]
    assert outcome.messages[0]["custom"] == {"many": True}


def test_the_form_ends_when_nothing_is_left_to_ask(turn, knowledge):
    case = HEEL
    while question := next_question(case, knowledge):
        case = answer_question(case, question, ["none"] if question.many else ["no"], knowledge)
    outcome = turn(
        "validate_symptom_interview_form",
        loop=FORM,
        requested="interview_answer",
        slots={"case": case.to_json()},
        events=[{"event": "slot", "name": "interview_answer", "value": "taken"}],
    )
    assert outcome.slots == {"interview_answer": None, "requested_slot": None}


def test_why_a_question_is_asked_is_explained(turn, knowledge):
    question = next_question(HEEL, knowledge)
    outcome = turn("action_explain_question", slots={"question": asked(question)}, loop=FORM)
    assert outcome.messages[0]["why"] == question.why


def test_why_causes_were_named_is_explained_by_their_reasons(turn):
    outcome = turn("action_explain_question", slots={"case": screened(HEEL).to_json(), "causes": ["plantar_fasciitis"]})
    assert outcome.said == ["utter_causes_why", "utter_causes"]
    assert wiring.knowledge().findings["loc_heel_bottom"].said in outcome.messages[-1]["first"]


@pytest.mark.django_db
def test_causes_are_told_with_what_speaks_for_them_and_before_advice(turn, knowledge):
    outcome = turn("action_match_causes", slots={"case": HEEL.to_json()})
    assert outcome.said[0] == "utter_causes"
    assert outcome.said[1].startswith("utter_advice_")
    assert outcome.slots["causes"][0] == "plantar_fasciitis"
    assert all(knowledge.findings[item.id].said in outcome.messages[0]["first"] for item in HEEL.findings)
    assert "%" not in outcome.messages[0]["first"]


@pytest.mark.django_db
def test_something_told_after_the_causes_says_what_changed_in_one_bubble_without_the_advice(turn, knowledge):
    told = turn("action_match_causes", slots={"case": screened(HEEL).to_json()})
    more = screened(HEEL).with_reading(Reading(findings=(Finding("t_end_of_day"),)))
    same = turn("action_match_causes", slots={**told.slots, "case": more.to_json()})
    assert same.said == ["utter_causes_stay"]
    other = screened(Case(findings=(Finding("loc_big_toe_joint"), Finding("s_bunion_bump")), complaint="toe"))
    changed = turn("action_match_causes", slots={**told.slots, "case": other.to_json()})
    assert changed.said == ["utter_causes_changed"]
    assert changed.messages[0]["before"] == knowledge.causes["plantar_fasciitis"].name.partition(" (")[0]
    assert changed.slots["causes"][0] != "plantar_fasciitis"


@pytest.mark.django_db
def test_a_question_beside_what_changes_the_causes_is_answered(turn):
    told = turn("action_match_causes", slots={"case": screened(HEEL).to_json()})
    more = screened(HEEL).with_reading(Reading(findings=(Finding("t_end_of_day"),)))
    heard = {"intent": "describe_symptoms", "text": "worse in the evening, when do you open?"}
    slots = {**told.slots, "case": more.to_json()}
    outcome = turn("action_match_causes", slots=slots, entities=[("beside", "ask_hours")], **heard)
    assert outcome.said == ["utter_causes_stay", "utter_practice_answer"]


def test_other_body_parts_get_no_cause(turn):
    outcome = turn("action_match_causes", slots={"outside": True})
    assert outcome.said == ["utter_other_body_part"]


def test_a_condition_is_explained_by_a_misspelled_name(turn):
    outcome = turn("action_explain_cause", intent="ask_cause", text="what is planter fasciitus")
    assert outcome.said == ["utter_explain_cause", "utter_explain_cause_see"]


def test_an_unknown_condition_is_not_explained(turn):
    outcome = turn("action_explain_cause", intent="ask_cause", text="what is zzyzx")
    assert outcome.said == ["utter_cause_unknown"]


def test_all_five_treatments_of_the_article_are_offered(turn, knowledge):
    outcome = turn("action_explain_treatments", intent="ask_treatments", text="what treatments are there")
    article = {treatment.id for treatment in knowledge.treatments.values() if treatment.in_article}
    offered = " ".join(button["payload"] for button in outcome.messages[0]["buttons"])
    assert len(article) >= 5
    assert all(f'"{treatment}"' in offered for treatment in article)


def test_what_forbids_a_treatment_is_asked_before_it_is_described(turn, knowledge):
    treatment = next(t for t in knowledge.treatments.values() if t.blocked_by and t.how and t.in_article)
    pressed = {"intent": "ask_treatments", "entities": [("treatment", treatment.id)]}
    told = turn("action_explain_treatments", **pressed)
    assert told.said == ["utter_explain_treatment", "utter_treatment_cautions"]
    how = {**pressed, "entities": [*pressed["entities"], ("part", "how")]}
    outcome = turn("action_explain_treatments", **how)
    assert outcome.said == ["utter_interview_question"]
    assert outcome.slots["asked_treatment"] == treatment.id
    assert len(outcome.slots["question"]["findings"]) <= 7


def test_a_treatment_that_is_forbidden_is_not_described(turn, knowledge):
    treatment = next(t for t in knowledge.treatments.values() if t.blocked_by and t.how and t.in_article)
    case = Case(findings=(Finding(treatment.blocked_by[0]),), asked=("ask_cautions",))
    outcome = turn(
        "action_explain_treatments",
        intent="ask_treatments",
        slots={"case": case.to_json()},
        entities=[("treatment", treatment.id)],
    )
    assert "utter_treatment_how" not in outcome.said


def test_own_signs_are_told_beside_the_foot_back_link(turn, knowledge):
    case = Case(findings=(Finding(knowledge.back_pointers[0]),))
    outcome = turn(
        "action_explain_foot_back",
        intent="ask_foot_back_link",
        slots={"case": case.to_json()},
        text="how do feet and back relate",
    )
    assert outcome.said == ["utter_foot_back_from_back", "utter_foot_back_claim"]


def test_what_was_understood_is_said_back_on_request_while_a_question_waits(turn, knowledge):
    case = Case(findings=(Finding("loc_heel_bottom", side=Side.LEFT),), duration_days=21, complaint="heel")
    outcome = turn("action_summarize_case", intent="ask_summary", loop=FORM, slots={"case": case.to_json()})
    assert outcome.said == ["utter_read_back"]
    said = knowledge.findings["loc_heel_bottom"].said
    assert outcome.messages[0]["told"] == f"{said} on the left and for about 3 weeks"


def test_the_first_reply_shows_what_was_heard(turn, knowledge):
    heard = {"intent": "describe_symptoms", "text": "my heel hurts", "entities": [("finding", "loc_heel_bottom")]}
    read = turn("action_read_findings", **heard)
    put = turn("action_ask_symptom_interview_form_interview_answer", slots=read.slots, **heard)
    assert put.said == ["utter_acknowledge", "utter_interview_question"]
    assert put.messages[0]["told"] == knowledge.findings["loc_heel_bottom"].said


def test_a_visit_asked_for_beside_the_symptoms_is_booked_after_the_causes(turn):
    heard = {"intent": "describe_symptoms", "text": "my heel hurts since Monday, can I come tomorrow?"}
    read = turn("action_read_findings", entities=[("finding", "loc_heel_bottom")], **heard)
    assert read.slots["booking_wanted"] is True
    tomorrow = wiring.now().date() + dt.timedelta(days=1)
    assert read.slots["visit_wish"]["date"] == tomorrow.isoformat()
    outcome = turn("action_match_causes", slots={**read.slots, "case": screened(HEEL).to_json()})
    assert outcome.said[-1] == "utter_causes"
    assert outcome.followup == "booking_form"
    assert outcome.slots["visit_wish"] == read.slots["visit_wish"]


def screened(case):
    knowledge = wiring.knowledge()
    while (question := next_question(case, knowledge)) and question.screening:
        case = answer_question(case, question, ["none"] if question.many else ["no"], knowledge)
    return case


def test_the_sources_of_what_was_told_are_named_on_request(turn, knowledge):
    told = turn("action_explain_cause", intent="ask_cause", text="plantar fasciitis")
    outcome = turn("action_show_sources", intent="ask_source", slots=told.slots)
    assert outcome.said == ["utter_sources"]
    assert knowledge.sources[knowledge.causes["plantar_fasciitis"].sources[0]].title in outcome.messages[0]["sources"]
    assert turn("action_show_sources", intent="ask_source").said == ["utter_sources_general"]


def test_a_treatment_is_told_in_at_most_three_bubbles(turn, knowledge):
    case = Case(asked=("ask_cautions",)).to_json()
    for treatment in knowledge.treatments:
        heard = {"intent": "ask_treatments", "entities": [("treatment", treatment)]}
        assert len(turn("action_explain_treatments", slots={"case": case}, **heard).said) <= 3


def test_a_wish_to_come_beside_the_symptoms_is_noted_at_once(turn):
    heard = {"intent": "describe_symptoms", "text": "my heel hurts, can I come Tuesday?"}
    outcome = turn("action_ask_symptom_interview_form_interview_answer", slots={"case": HEEL.to_json()}, **heard)
    assert outcome.said == ["utter_wish_noted", "utter_interview_question"]


def test_a_question_about_the_practice_beside_the_symptoms_is_answered_at_once_and_only_once(turn):
    heard = {"intent": "describe_symptoms", "text": "my heel hurts, when do you open?"}
    outcome = turn(
        "action_ask_symptom_interview_form_interview_answer",
        slots={"case": HEEL.to_json()},
        entities=[("beside", "ask_hours")],
        **heard,
    )
    assert outcome.said == ["utter_practice_answer", "utter_interview_question"]
    assert outcome.slots["asked_beside"]["intents"] == []


@pytest.mark.django_db
def test_two_fears_are_answered_in_a_bubble_of_their_own(turn):
    case = replace(HEEL, feared=("blood_clot", "cancer"))
    outcome = turn("action_match_causes", slots={"case": case.to_json()})
    assert outcome.said[:2] == ["utter_causes", "utter_fear_answer"]
    assert len(outcome.said) == 3
    assert all(name in outcome.messages[1]["answer"] for name in ("a blood clot", "cancer"))


def test_beside_a_same_day_red_flag_the_causes_take_one_line(turn, knowledge):
    case = Case(findings=(*HEEL.findings, Finding("a_foreign_body")))
    outcome = turn("action_match_causes", slots={"case": case.to_json()})
    assert outcome.said == ["utter_causes_today", "utter_red_flag_stays"]
    assert outcome.slots["causes"][0] == "plantar_fasciitis"
    assert "\n" not in outcome.messages[0]["causes"]


def test_no_bubble_is_too_long_for_a_phone(turn, knowledge):
    told = [
        turn("action_explain_treatments", intent="ask_treatments", entities=[("cause", cause)]).messages[0]
        for cause in knowledge.causes
    ]
    for message in told:
        words = wiring.phrase(message["response"], lines=message["lines"], causes=message["causes"], ask=message["ask"])
        assert len(words.replace("- ", "").split()) <= 90


def test_a_condition_comes_with_the_offer_to_look_whether_it_fits(turn):
    told = turn("action_explain_cause", intent="ask_cause", text="is it plantar fasciitis?")
    assert told.messages[1]["ask"]
    agreed = turn("action_take_reply", intent="affirm", text="yes", slots={"offer": told.slots["offer"]})
    assert agreed.followup == FORM
    after = turn("action_explain_cause", intent="ask_cause", text="plantar fasciitis", slots={"causes": ["gout"]})
    assert not after.messages[1]["ask"]


def test_is_it_dangerous_asks_about_the_first_of_several_causes(turn):
    told = turn(
        "action_explain_cause", intent="ask_cause", text="is it dangerous?", slots={"causes": ["gout", "bunion"]}
    )
    assert told.slots["told_records"] == ["cause/gout"]
    unknown = turn(
        "action_explain_cause", intent="ask_cause", text="what is zzyzx", slots={"causes": ["gout", "bunion"]}
    )
    assert unknown.said == ["utter_ask_which_cause"]


def test_a_fear_without_a_complaint_is_answered_in_general(turn):
    outcome = turn(
        "action_explain_cause", intent="ask_cause", text="what if it's cancer?", entities=[("feared", "cancer")]
    )
    assert outcome.said == ["utter_fear_general"]
    assert outcome.slots["told_records"] == ["fear/cancer"]


@pytest.mark.django_db
def test_a_visit_asked_for_beside_a_condition_is_booked_after_its_explanation(turn):
    heard = {"intent": "ask_cause", "text": "I have bunions, can we both come?"}
    outcome = turn("action_explain_cause", entities=[("beside", "request_booking")], **heard)
    assert outcome.said == ["utter_explain_cause", "utter_explain_cause_see"]
    assert outcome.messages[1]["buttons"] == []
    assert outcome.followup == "booking_form"


@pytest.mark.django_db
def test_a_day_in_a_question_about_the_practice_begins_no_interview(turn):
    heard = {"intent": "ask_hours", "text": "are you open on saturday", "entities": [("finding", "a_new_now")]}
    read = turn("action_read_findings", **heard)
    assert Case.from_json(read.slots["case"]).complaint == ""
    outcome = turn("action_answer_practice_question", slots=read.slots, **heard)
    assert (outcome.said, outcome.followup) == (["utter_practice_answer"], None)
