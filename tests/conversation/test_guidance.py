"""A question about the likely cause gets the words of that cause for that person."""

from dataclasses import replace

import pytest

from bot.case import Case, Status, Urgency, Who
from bot.conversation import answer_about, answer_while_urgent
from bot.knowledge.model import Advice
from bot.triage.result import RaisedFlag

FLAG = RaisedFlag("diabetic_foot", "foot problem", Urgency.SAME_DAY, "Have your foot seen today.")


def text_of(knowledge, cause, topic):
    return knowledge.guidance[cause].texts[topic].text


def test_a_healthy_person_gets_the_text_of_the_cause_and_its_source(knowledge):
    told = answer_about("running", "bunion", Case(), knowledge)
    advice = knowledge.guidance["bunion"].texts["running"]
    assert told.text == advice.text
    assert told.sources == (() if advice.source == "USUAL" else (advice.source,))


def test_the_same_question_has_another_answer_for_another_cause(knowledge):
    answers = {answer_about("course", cause, Case(), knowledge).text for cause in ("gout", "bunion", "ankle_sprain")}
    assert len(answers) == 3


@pytest.mark.parametrize("finding", ["c_diabetes", "n_reduced_feeling", "n_stocking", "c_vascular_disease"])
def test_neither_ice_nor_heat_for_feet_that_feel_little_or_heal_slowly(knowledge, case_with, finding):
    told = answer_about("ice_heat", "bunion", case_with(finding), knowledge)
    assert "use neither ice nor heat" in told.text
    assert text_of(knowledge, "bunion", "ice_heat") not in told.text


def test_not_sure_about_diabetes_counts_as_diabetes(knowledge, case_with):
    told = answer_about("ice_heat", "bunion", case_with("c_diabetes", status=Status.UNSURE), knowledge)
    assert "use neither ice nor heat" in told.text


def test_no_one_with_diabetes_gets_ice_or_heat_for_any_cause_without_words_of_its_own(knowledge, case_with):
    for cause, guidance in knowledge.guidance.items():
        if ("diabetes", "ice_heat") not in guidance.persons:
            told = answer_about("ice_heat", cause, case_with("c_diabetes"), knowledge)
            assert "use neither ice nor heat" in told.text, cause


@pytest.mark.parametrize("finding", ["c_kidney", "c_ulcer_bleed", "c_heart_failure", "c_blood_thinner", "c_pregnant"])
@pytest.mark.parametrize("topic", ["now", "avoid", "medicine"])
def test_pain_tablets_are_left_out_and_said_for_whom_they_harm(knowledge, case_with, finding, topic):
    told = answer_about(topic, "gout", case_with(finding), knowledge)
    own = {person for person, about in knowledge.guidance["gout"].persons if about == topic}
    assert "no anti-inflammatory pain tablets" in told.text or own


def test_what_holds_for_a_person_is_added_to_the_text_of_the_cause(knowledge, case_with):
    told = answer_about("exercise", "metatarsalgia", case_with("c_blood_thinner"), knowledge)
    assert told.text.startswith(text_of(knowledge, "metatarsalgia", "exercise"))
    assert "With a blood thinner" in told.text


def test_the_words_of_the_cause_for_a_person_stand_in_place_of_both(knowledge, case_with):
    own = Advice("Pad it first.", "NG19")
    told = replace(knowledge.guidance["bunion"], persons={("diabetes", "ice_heat"): own})
    changed = replace(knowledge, guidance={**knowledge.guidance, "bunion": told})
    assert answer_about("ice_heat", "bunion", case_with("c_diabetes"), changed).text == "Pad it first."


def test_a_child_is_known_by_age_or_by_who_it_is_about(knowledge):
    told = replace(knowledge.guidance["bunion"], persons={("child", "running"): Advice("Let the child play.", "tv")})
    changed = replace(knowledge, guidance={**knowledge.guidance, "bunion": told})
    for case in (replace(Case(), age_years=9), replace(Case(), who=Who.CHILD)):
        assert answer_about("running", "bunion", case, changed).text == "Let the child play."
    assert answer_about("running", "bunion", replace(Case(), age_years=40), changed).text != "Let the child play."


def test_where_to_go_depends_on_how_soon_care_is_needed(knowledge):
    calm = answer_about("where_to_go", "bunion", Case(), knowledge)
    soon = answer_about("where_to_go", "bunion", Case(), knowledge, Urgency.SAME_DAY)
    assert "do not need the emergency room" in calm.text
    assert soon.text.startswith("This should be seen today")
    assert text_of(knowledge, "bunion", "sooner") in calm.text


def test_a_cause_that_is_urgent_by_itself_is_never_told_to_wait(knowledge):
    for cause in knowledge.causes.values():
        if cause.urgency in (Urgency.EMERGENCY, Urgency.SAME_DAY):
            told = answer_about("where_to_go", cause.id, Case(), knowledge)
            assert told.text.startswith("This should be seen today"), cause.id


def test_medicine_has_one_answer_without_any_cause(knowledge):
    told = answer_about("medicine", "", Case(), knowledge)
    assert "do not start, stop or change a medicine" in told.text


def test_without_a_cause_there_is_nothing_to_say_about_one(knowledge):
    assert answer_about("running", "", Case(), knowledge).text == ""


def test_sport_and_work_wait_while_a_red_flag_does(knowledge):
    told = answer_while_urgent(["running", "work"], FLAG, knowledge)
    assert told.text == "No running or sport until you have been seen. No work on your feet until you have been seen."


@pytest.mark.parametrize("topic", ["sooner", "where_to_go"])
def test_where_to_go_is_answered_by_the_red_flag_while_it_waits(knowledge, topic):
    assert answer_while_urgent([topic], FLAG, knowledge).text.endswith(FLAG.advice)


def test_no_answer_leaves_a_placeholder_that_the_practice_does_not_fill(knowledge):
    for cause in knowledge.causes:
        for topic in knowledge.topics:
            text = answer_about(topic, cause, Case(), knowledge).text
            assert text.format(practice_phone="1", emergency_number="2")
