"""Who they are and how it goes on make a cause more urgent, never less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.case import Case, Finding, Urgency
from bot.evaluation.judging import Judge
from bot.evaluation.urgency import advise, read_urgency_texts
from bot.knowledge import load_knowledge, load_practice
from bot.knowledge.model import Knowledge
from bot.triage import judge_urgency, match_causes, screen_red_flags

DATA = Path(__file__).parents[2] / "data"
HEEL = ("loc_heel_bottom", "t_first_step")
CORN = ("loc_toes", "s_corn_core", "t_recent")

UNDER = 0.05
OVER = 0.25


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(DATA / "knowledge")


def urgency_of(knowledge: Knowledge, *findings: str) -> Urgency:
    case = Case(findings=tuple(Finding(finding) for finding in findings))
    flags = screen_red_flags(case, knowledge, load_practice(DATA / "practice.yml"))
    return judge_urgency(case, flags, match_causes(case, knowledge), knowledge)


def test_diabetes_makes_a_sore_heel_a_matter_of_days(knowledge: Knowledge) -> None:
    assert urgency_of(knowledge, *HEEL) is Urgency.ROUTINE
    assert urgency_of(knowledge, *HEEL, "c_diabetes") is Urgency.SOON


def test_lasting_trouble_is_no_longer_left_to_self_care(knowledge: Knowledge) -> None:
    assert urgency_of(knowledge, *CORN) is Urgency.SELF_CARE
    assert urgency_of(knowledge, *CORN, "t_tried_in_vain") is Urgency.ROUTINE


def test_rule_for_some_causes_leaves_the_others_alone(knowledge: Knowledge) -> None:
    assert urgency_of(knowledge, *CORN, "c_vascular_disease") is Urgency.SOON
    assert urgency_of(knowledge, *HEEL, "c_vascular_disease") is Urgency.ROUTINE


def test_nothing_becomes_urgent_out_of_scope(knowledge: Knowledge) -> None:
    assert urgency_of(knowledge, "c_diabetes") is Urgency.NONE


def test_rules_never_make_anything_less_urgent(knowledge: Knowledge) -> None:
    without = replace(knowledge, sooner=())
    for finding in knowledge.findings:
        assert urgency_of(knowledge, *HEEL, finding).rank <= urgency_of(without, *HEEL, finding).rank


@pytest.mark.parametrize("half", ["mend", "measure"])
def test_messages_are_told_to_be_seen_in_time(half: str) -> None:
    judge = Judge()
    advised = [advise(row, judge) for row in read_urgency_texts(half)]
    assert sum(each.under for each in advised) / len(advised) <= UNDER
    assert sum(each.over for each in advised) / len(advised) <= OVER
