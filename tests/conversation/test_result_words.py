"""Causes are said with what speaks for them; a changed result says what changed."""

import pytest

from bot.case import Case, Finding
from bot.conversation.result_words import ResultWords, short_name
from bot.triage import explain_causes, match_causes

HEEL = Case(findings=(Finding("loc_heel_bottom"), Finding("t_first_step")))


@pytest.fixture
def words(knowledge, phrase):
    numbers = {"practice_name": "P", "practice_phone": "(555) 0100", "emergency_number": "911"}
    return ResultWords(knowledge, phrase, numbers)


@pytest.fixture
def explained(knowledge):
    return lambda case: explain_causes(case, match_causes(case, knowledge), knowledge)


def test_the_first_cause_comes_with_what_speaks_for_it_in_the_visitors_terms(words, explained, knowledge):
    (say, *_) = words.causes(HEEL, match_causes(HEEL, knowledge), explained(HEEL))
    assert say.response == "utter_causes"
    assert short_name(knowledge.causes["plantar_fasciitis"].name) in say.values["first"]
    assert all(knowledge.findings[item.id].said in say.values["first"] for item in HEEL.findings)


def test_where_no_cause_fits_what_was_told_is_said_back(words, knowledge):
    case = Case(findings=(Finding("ch_ache"),))
    (say, *_) = words.causes(case, match_causes(case, knowledge), ())
    assert say.response == "utter_no_cause_fits"
    assert say.values["told"].lower().startswith(knowledge.findings["ch_ache"].said.lower())


def test_a_cause_that_stays_first_is_only_named(words, explained):
    say = words.changed(["plantar_fasciitis", "gout"], explained(HEEL))
    assert (say.response, list(say.values)) == ("utter_causes_stay", ["first"])


def test_another_first_cause_is_told_with_the_one_that_gets_less_likely(words, explained, knowledge):
    say = words.changed(["gout"], explained(HEEL))
    assert say.response == "utter_causes_changed"
    assert say.values["before"] == short_name(knowledge.causes["gout"].name)
    assert knowledge.findings["t_first_step"].said in say.values["first"]


def test_causes_that_no_longer_fit_are_taken_back(words):
    assert words.changed(["gout"], ()).response == "utter_causes_gone"


def test_beside_an_alarm_the_causes_take_one_line(words, explained):
    (say, *_) = words.causes_today(HEEL, explained(HEEL))
    assert say.response == "utter_causes_today"
    assert "\n" not in "".join(say.values.values())


@pytest.mark.parametrize("fear", ["cancer", "blood_clot"])
def test_a_fear_is_met_where_it_is_spoken(words, knowledge, fear):
    assert [say.values["usual"] for say in words.fear_here([fear])] == [knowledge.fears[fear].usual]
    assert words.fear_here(["no_such_fear"]) == []
