"""Run every scenario of `scenarios/` against the practice's knowledge."""

from pathlib import Path

import pytest
import yaml

from bot.case import Case, Finding, Reading, Status, Who
from bot.knowledge import load_knowledge, load_practice
from bot.triage import (
    explain_causes,
    judge_urgency,
    match_causes,
    next_question,
    record_red_flags,
    screen_red_flags,
)

FOLDER = Path(__file__).parent / "scenarios"
DATA = Path(__file__).parents[2] / "data"
EXPECTATIONS = {"first", "among", "urgency", "raised", "not_raised", "asks_first", "tells_no_cause", "in_scope"}
FIELDS = {"name", "words", "said", "denied", "age", "child", "turns"} | EXPECTATIONS


def scenarios():
    for path in sorted(FOLDER.glob("*.yml")):
        for scenario in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(DATA / "knowledge")


@pytest.fixture(scope="module")
def practice():
    return load_practice(DATA / "practice.yml")


def case_after(scenario, knowledge):
    case = Case(age_years=scenario.get("age"), who=Who.CHILD if scenario.get("child") else Who.SELF)
    for turn in scenario.get("turns", [scenario]):
        statements = [Finding(name) for name in turn.get("said", [])]
        statements += [Finding(name, Status.ABSENT) for name in turn.get("denied", [])]
        unknown = {finding.id for finding in statements} - knowledge.findings.keys()
        assert not unknown, f"the knowledge base has no {sorted(unknown)}"
        case = record_red_flags(case.with_reading(Reading(findings=tuple(statements))), knowledge)
    return case


@pytest.mark.parametrize("scenario", scenarios())
def test_scenario_ends_as_the_clinician_expects(scenario, knowledge, practice):
    assert scenario.keys() <= FIELDS
    assert not EXPECTATIONS.isdisjoint(scenario)
    case = case_after(scenario, knowledge)
    flags = screen_red_flags(case, knowledge, practice)
    matching = match_causes(case, knowledge)
    ranked = [cause.id for cause in matching.causes if cause.id != "other_or_unclear"]
    question = next_question(case, knowledge)
    levels = {flag.id: flag.level.value for flag in flags}
    urgency = judge_urgency(case, flags, matching, knowledge).value

    assert ranked[0] in scenario.get("first", ranked), ranked[:3]
    assert set(scenario.get("among", [])) <= set(ranked[:3])
    assert urgency == scenario.get("urgency", urgency)
    assert levels.items() >= scenario.get("raised", {}).items()
    assert levels.keys().isdisjoint(scenario.get("not_raised", []))
    assert matching.in_scope is scenario.get("in_scope", matching.in_scope)
    assert (question and question.id) == scenario.get("asks_first", question and question.id)
    if scenario.get("tells_no_cause"):
        assert explain_causes(case, matching, knowledge) == ()


def test_every_red_flag_has_a_scenario_that_raises_it_and_most_one_that_does_not(knowledge):
    listed = [scenario.values[0] for scenario in scenarios()]
    raised = {flag for scenario in listed for flag in scenario.get("raised", {})}
    silent = {flag for scenario in listed for flag in scenario.get("not_raised", [])}
    assert raised == knowledge.red_flags.keys()
    assert knowledge.red_flags.keys() - silent <= {"puncture_foreign_bite_burn"}
