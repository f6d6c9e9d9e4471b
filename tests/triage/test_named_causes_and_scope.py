"""What a named cause and a vague place do to the ranking, the reasons and the scope."""

from pathlib import Path

import pytest

from bot.case import Case, Reading, Scope
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.triage import answer_question, explain_causes, match_causes, next_question
from bot.triage.evidence import Evidence
from bot.triage.scope import is_in_scope


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Path(__file__).resolve().parents[2] / "data" / "knowledge")


@pytest.fixture(scope="module")
def case_of(knowledge):
    reader = SymptomReader(knowledge)
    return lambda text: Case().with_reading(reader.read(text))


def test_named_cause_leads_and_is_told_with_that_reason(case_of, knowledge):
    case = case_of("my heel hurts, I was diagnosed with tarsal tunnel syndrome")
    told = explain_causes(case, match_causes(case, knowledge), knowledge)
    assert told[0].id == "tarsal_tunnel"
    assert told[0].reasons_for[0] == knowledge.interview.named


def test_named_causes_of_all_messages_are_kept():
    case = Case().with_reading(Reading(named_causes=("gout",))).with_reading(Reading(named_causes=("bunion", "gout")))
    assert Case.from_json(case.to_json()).named_causes == ("gout", "bunion")


@pytest.mark.parametrize("text", ["my leg hurts", "swelling in my feet", "sprained my ankle", "I have sciatica"])
def test_trouble_of_a_foot_or_leg_is_in_scope(case_of, knowledge, text):
    assert match_causes(case_of(text), knowledge).in_scope


@pytest.mark.parametrize("text", ["my back and my neck hurt", "itchy arms and legs", "my elbow hurts"])
def test_trouble_of_another_part_of_the_body_is_out_of_scope(case_of, knowledge, text):
    assert not match_causes(case_of(text), knowledge).in_scope


def test_a_leg_alone_is_ours_whatever_the_message_sounds_like(knowledge):
    leg = Evidence(frozenset({"loc_leg", "w_walking"}), frozenset(), frozenset(), scope=Scope.OTHER)
    elsewhere = Evidence(frozenset({"loc_leg", "loc_elsewhere"}), frozenset(), frozenset(), scope=Scope.OTHER)
    assert is_in_scope(leg, knowledge)
    assert not is_in_scope(elsewhere, knowledge)


def test_vague_place_is_asked_for_after_the_screening(case_of, knowledge):
    case = case_of("my foot hurts")
    while (question := next_question(case, knowledge)) and question.screening:
        case = answer_question(case, question, ["none" if question.many else "no"], knowledge)
    assert question is not None
    assert question.id == "ask_where"
