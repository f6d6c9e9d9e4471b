"""What is declined, and what is not."""


def test_a_symptom_under_a_wrong_intent_starts_the_interview(turn):
    heard = {"intent": "out_of_scope", "entities": [("finding", "loc_heel_bottom"), ("site", "heel")]}
    outcome = turn("action_decline", **heard, slots=turn("action_read_findings", **heard).slots)
    assert outcome.followup == "symptom_interview_form"
    assert outcome.said == []


def test_another_body_part_is_sent_to_a_doctor_whatever_it_feels_like(turn, knowledge):
    site = next(site.id for site in knowledge.sites.values() if not site.podiatric)
    outcome = turn("action_decline", intent="ask_other_body_part", entities=[("finding", "ch_numb"), ("site", site)])
    assert outcome.said == ["utter_other_body_part"]


def test_what_was_not_understood_is_asked_in_other_words(turn):
    assert turn("action_decline", intent="nlu_fallback").said == ["utter_not_understood"]


def test_the_mere_name_of_a_treatment_or_a_condition_is_explained(turn, knowledge):
    treatment = next(record for record in knowledge.treatments.values() if record.in_article)
    named = turn("action_decline", intent="nlu_fallback", text=treatment.phrases[0])
    assert named.slots["asked_treatment"] == treatment.id or named.said[0].startswith("utter_explain_treatment")
    condition = turn("action_decline", intent="nlu_fallback", text="plantar fasciitis")
    assert condition.said[0] == "utter_explain_cause"


def test_a_general_sign_elsewhere_starts_no_interview(turn):
    heard = {"intent": "ask_other_body_part", "text": "I have a headache", "entities": [("finding", "a_headache")]}
    slots = turn("action_read_findings", **heard).slots
    assert turn("action_decline", **heard, slots=slots).said == ["utter_other_body_part"]


def test_a_symptom_of_unsaid_place_is_not_declined(turn):
    heard = {"intent": "ask_other_body_part", "text": "it burns", "entities": [("finding", "ch_burning")]}
    outcome = turn("action_decline", **heard, slots=turn("action_read_findings", **heard).slots)
    assert outcome.followup == "symptom_interview_form"
