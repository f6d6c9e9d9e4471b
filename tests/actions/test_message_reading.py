"""What of a message counts as told, and what is corrected."""

from dataclasses import replace

import pytest

from bot.case import Case, Finding, Side, Status, Tense

FORM = "symptom_interview_form"


def case_after(turn, text, entities, intent="describe_symptoms", case=None, **more):
    slots = {"case": (case or Case()).to_json()}
    outcome = turn("action_read_findings", intent=intent, text=text, entities=entities, slots=slots, **more)
    return Case.from_json(outcome.slots["case"])


def found(finding, text, words):
    """A finding as the reader makes it, at the place of the words in the text."""
    start = text.index(words)
    return Finding(finding, start=start, end=start + len(words))


@pytest.fixture
def read(turn):
    def run(text, entities=(), feared=(), **more):
        names = [("feared", fear) for fear in feared]
        return case_after(turn, text, names, raw=entities, **more)

    return run


def test_a_general_question_tells_no_complaint(turn):
    case = case_after(turn, "does reflexology help with foot pain?", [("finding", "loc_foot")], intent="ask_treatments")
    assert case.findings == ()
    assert case.complaint == ""


def test_a_question_about_a_condition_beside_one_about_oneself_tells_no_complaint(read):
    text = "can you treat warts and do I need a referral?"
    assert read(text, [found("s_wart_pinch", text, "warts")], intent="ask_services").findings == ()


def test_a_question_about_ones_own_pain_tells_it(turn):
    case = case_after(turn, "what helps with my foot pain?", [("finding", "loc_foot")], intent="ask_treatments")
    assert case.status_of("loc_foot") is Status.PRESENT


def test_a_red_flag_in_a_general_question_counts(turn, emergency):
    flag, finding = emergency
    case = case_after(turn, "does massage help against this?", [("finding", finding)], intent="ask_treatments")
    assert flag in case.raised


def test_the_name_of_a_fear_is_no_history(read):
    text = "is it cancer?"
    assert (
        read(text, [found("a_cancer_history", text, "cancer")], feared=["cancer"]).status_of("a_cancer_history") is None
    )


@pytest.mark.parametrize(
    ("text", "finding", "words", "fear"),
    [
        ("I'm scared, I have cancer", "a_cancer_history", "cancer", "cancer"),
        ("terrified that I lose my foot, I'm a type 2 diabetic", "c_diabetes", "diabetic", "diabetes"),
        ("worried because I had a blood clot", "a_clot_history", "blood clot", "blood_clot"),
    ],
)
def test_an_illness_of_ones_own_counts_beside_a_fear(read, text, finding, words, fear):
    assert read(text, [found(finding, text, words)], feared=[fear]).status_of(finding) is Status.PRESENT


@pytest.mark.parametrize(
    ("text", "status"),
    [("I'm scared, I have diabetes and a sore toe", Status.PRESENT), ("I'm scared that I have diabetes", None)],
)
def test_an_illness_stated_in_a_clause_of_its_own_is_not_merely_feared(read, text, status):
    entity = replace(found("c_diabetes", text, "diabetes"), tense=Tense.HYPOTHETICAL)
    assert read(text, [entity], feared=["diabetes"]).status_of("c_diabetes") is status


def test_fears_and_tried_treatments_are_kept_in_the_case(turn):
    case = case_after(turn, "I tried ice, is it a clot?", [("feared", "blood_clot"), ("tried", "rest_ice_elevation")])
    assert (case.feared, case.tried) == (("blood_clot",), ("rest_ice_elevation",))


def test_a_side_alone_corrects_every_place(turn):
    heel = Case(findings=(Finding("loc_heel_bottom", side=Side.RIGHT),))
    case = case_after(turn, "sorry, the left one", [], case=heel)
    assert case.findings[0].side is Side.LEFT


def test_a_denial_that_is_taken_back_turns_round(read):
    text = "I said no swelling but there is some"
    entity = replace(found("s_swelling_local", text, "swelling"), status=Status.ABSENT)
    case = read(text, [entity], case=Case(findings=(Finding("s_swelling_local", Status.ABSENT),)))
    assert case.status_of("s_swelling_local") is Status.PRESENT


def test_a_pain_beyond_the_scale_is_the_worst(turn):
    assert case_after(turn, "my heel hurts, 14 out of 10", [("finding", "loc_heel_bottom")]).severity_0_10 == 10


def test_a_contradiction_keeps_the_earlier_statement_and_asks_once(turn):
    hot = Case(findings=(Finding("a_fever"),))
    outcome = turn(
        "action_read_findings", intent="deny", text="no fever", denied=["a_fever"], loop=FORM,
        slots={"case": hot.to_json()},
    )  # fmt: skip
    case = Case.from_json(outcome.slots["case"])
    assert case.status_of("a_fever") is Status.PRESENT
    assert outcome.slots["question"]["findings"] == ["a_fever"]
    assert "ask_again_a_fever" in case.asked


def test_a_correction_is_no_contradiction(turn):
    hot = Case(findings=(Finding("a_fever"),))
    outcome = turn(
        "action_read_findings", intent="deny", text="sorry, no fever", denied=["a_fever"], loop=FORM,
        slots={"case": hot.to_json()},
    )  # fmt: skip
    assert Case.from_json(outcome.slots["case"]).status_of("a_fever") is Status.ABSENT


@pytest.mark.parametrize(("flags", "said"), [([], ["utter_fear_here"]), (["diabetic_foot"], [])])
def test_a_kind_word_on_a_fear_gives_way_to_the_advice_of_a_red_flag(turn, flags, said):
    case = Case(findings=(Finding("loc_heel_bottom"),), complaint="heel")
    slots = {"case": case.to_json(), "red_flags": flags}
    put = turn("action_ask_symptom_interview_form_interview_answer", entities=[("feared", "cancer")], slots=slots)
    assert put.said == [*said, "utter_interview_question"]


@pytest.mark.parametrize("words", ["sorry, heel", "sorry I mean the heel", "oops, my heel"])
def test_a_place_is_corrected_within_a_message_and_keeps_its_side(read, words):
    text = f"my ankle hurts, {words}"
    ankle = replace(found("loc_ankle", text, "ankle"), side=Side.LEFT)
    case = read(text, [ankle, found("loc_heel", text, "heel")])
    assert case.status_of("loc_ankle") is Status.ABSENT
    assert case.status_of("loc_heel") is Status.PRESENT
    assert {item.side for item in case.findings if item.id == "loc_heel"} == {Side.LEFT}


def test_a_place_told_before_is_corrected(read):
    text = "sorry, I meant my heel"
    case = read(text, [found("loc_heel", text, "heel")], case=Case(findings=(Finding("loc_ankle"),)))
    assert case.status_of("loc_ankle") is Status.ABSENT
    assert case.status_of("loc_heel") is Status.PRESENT


@pytest.mark.parametrize(
    "text",
    ["sorry to bother you again, my heel hurts", "sorry, my heel hurts too", "my ankle hurts and I mean badly, heel"],
)
def test_a_further_place_takes_no_other_back(read, text):
    case = read(text, [found("loc_heel", text, "heel")], case=Case(findings=(Finding("loc_ankle"),)))
    assert case.status_of("loc_ankle") is Status.PRESENT


def test_a_more_precise_place_takes_no_wider_one_back(read):
    text = "I mean under the heel"
    case = read(text, [found("loc_heel_bottom", text, "under the heel")], case=Case(findings=(Finding("loc_heel"),)))
    assert case.status_of("loc_heel") is Status.PRESENT
