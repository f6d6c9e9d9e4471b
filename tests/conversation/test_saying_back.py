"""What was heard is said back in clauses that a person would say."""

import pytest

from bot.case import Case, Finding, Reading, Side, Status
from bot.conversation.acknowledgment import acknowledge
from bot.conversation.read_back import in_a_sentence, read_back


@pytest.fixture
def heard(knowledge, phrase):
    def acknowledged(*findings, before=(), **more):
        reading = Reading(findings=tuple(Finding(item) if isinstance(item, str) else item for item in findings), **more)
        case = Case(findings=tuple(Finding(item) for item in before)).with_reading(reading)
        return acknowledge(case, reading, knowledge, phrase)

    return acknowledged


def test_the_first_words_of_a_reply_say_what_the_message_told(heard, knowledge):
    say = heard("loc_heel_bottom", "t_first_step", duration_days=21, before=["c_diabetes"])
    place, timing = (knowledge.findings[item].said for item in ("loc_heel_bottom", "t_first_step"))
    assert (say.response, say.values["told"]) == ("utter_acknowledge", f"{place} and {timing}, for about 3 weeks")


@pytest.mark.parametrize(("severity", "response"), [(6, "utter_acknowledge"), (7, "utter_acknowledge_strong")])
def test_strong_pain_is_met_with_sympathy(heard, severity, response):
    assert heard("loc_heel_bottom", severity_0_10=severity).response == response


@pytest.mark.parametrize("told", [[], [Finding("ch_numb", Status.ABSENT)], [Finding("c_age_u18")]])
def test_a_message_that_tells_nothing_or_only_an_age_is_not_acknowledged(heard, told):
    assert heard(*told) is None


def test_of_several_places_the_first_exact_one_is_said_back(heard, knowledge):
    assert heard("loc_foot", "loc_arch", "loc_calf").values["told"] == knowledge.findings["loc_arch"].said


def test_of_a_wide_place_and_one_within_it_the_one_within_is_said_back(heard, knowledge):
    assert heard("loc_heel", "loc_heel_bottom").values["told"] == knowledge.findings["loc_heel_bottom"].said


def test_a_place_that_says_little_is_said_back_only_where_nothing_else_was_told(heard, knowledge):
    assert heard("loc_foot").values["told"] == knowledge.findings["loc_foot"].said
    assert heard("loc_foot", "ch_burning").values["told"] == knowledge.findings["ch_burning"].said


def test_the_summary_names_places_first_with_their_side_and_what_was_denied(knowledge, phrase):
    findings = (Finding("t_first_step"), Finding("loc_heel_bottom", side=Side.LEFT), Finding("ch_numb", Status.ABSENT))
    (say,) = read_back(Case(findings=findings, severity_0_10=6), knowledge, phrase)
    assert say.response == "utter_read_back_denied"
    assert say.values["told"].startswith(f"{knowledge.findings['loc_heel_bottom'].said} on the left, ")
    assert say.values["told"].endswith("the pain is 6 out of 10")
    assert say.values["denied"] == knowledge.findings["ch_numb"].said_not


def test_the_summary_leaves_the_denied_warning_signs_out(knowledge, phrase):
    denied = tuple(Finding(item, Status.ABSENT) for item in knowledge.screen[0].findings)
    (say,) = read_back(Case(findings=(Finding("loc_heel_bottom"), *denied)), knowledge, phrase)
    assert say.response == "utter_read_back"


def test_nothing_is_said_back_where_nothing_is_there(knowledge, phrase):
    assert read_back(Case(), knowledge, phrase) == []


def test_clauses_are_joined_as_in_a_sentence(phrase):
    assert [in_a_sentence(clauses, phrase) for clauses in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]
