"""What must hold for every case, tried on the practice's own knowledge."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.case import Case, Finding, Reading, Side, Status, Urgency, Who
from bot.knowledge import load_knowledge, load_practice
from bot.triage import (
    answer_question,
    explain_causes,
    explain_treatments,
    match_causes,
    next_question,
    reopen,
    screen_red_flags,
)
from bot.triage.interview import MAX_QUESTIONS, MAX_SCREENING

DATA = Path(__file__).parents[2] / "data"
KNOWLEDGE = load_knowledge(DATA / "knowledge")
PRACTICE = load_practice(DATA / "practice.yml")
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

statements = st.builds(
    Finding,
    id=st.sampled_from(sorted(KNOWLEDGE.findings)),
    status=st.sampled_from(Status),
    side=st.none() | st.sampled_from(Side),
)
readings = st.builds(
    Reading,
    findings=st.lists(statements, max_size=8).map(tuple),
    age_years=st.none() | st.integers(0, 120),
    duration_days=st.none() | st.integers(1, 4000),
    severity_0_10=st.none() | st.integers(0, 10),
    who=st.none() | st.sampled_from(Who),
)
cases = readings.map(lambda reading: Case().with_reading(reading))


def flags_of(case):
    return screen_red_flags(case, KNOWLEDGE, PRACTICE)


@SETTINGS
@given(case=cases)
def test_probabilities_sum_to_one_for_every_case(case):
    ranked = [item.probability for item in match_causes(case, KNOWLEDGE).causes]
    assert sum(ranked) == pytest.approx(1)
    assert ranked == sorted(ranked, reverse=True)
    assert min(ranked) >= 0


@SETTINGS
@given(case=cases, finding_id=st.sampled_from(sorted(KNOWLEDGE.findings)))
def test_adding_a_finding_never_removes_a_red_flag(case, finding_id):
    before = {item.id: item.level.rank for item in flags_of(case)}
    if case.status_of(finding_id) is not None:
        return
    after = {item.id: item.level.rank for item in flags_of(case.with_reading(Reading(findings=(Finding(finding_id),))))}
    assert all(after[flag_id] <= rank for flag_id, rank in before.items())


@SETTINGS
@given(case=cases)
def test_red_flags_come_most_urgent_first(case):
    ranks = [item.level.rank for item in flags_of(case)]
    assert ranks == sorted(ranks)


@settings(SETTINGS, max_examples=40)
@given(case=cases, data=st.data())
def test_interview_ends_within_its_limit_and_asks_nothing_twice(case, data):
    put = set()
    while (question := next_question(case, KNOWLEDGE)) is not None:
        known = case.having(Status.PRESENT) | case.having(Status.ABSENT)
        if not question.screening:
            known |= case.having(Status.UNSURE)
        assert question.id not in put
        assert known.isdisjoint(question.findings)
        assert question.text and question.why and question.choices
        assert question.screening or not any(item.startswith("a_") for item in question.findings)
        assert question.screening or len(put) < MAX_QUESTIONS
        put.add(question.id)
        options = [choice.id for choice in question.choices]
        answer = data.draw(st.lists(st.sampled_from(options), max_size=len(options) if question.many else 1))
        case = answer_question(case, question, answer, KNOWLEDGE)
    assert len(put) <= MAX_SCREENING


@settings(SETTINGS, max_examples=30)
@given(case=cases, data=st.data())
def test_going_back_and_correcting_never_prolongs_the_interview(case, data):
    steps = 0
    while (question := next_question(case, KNOWLEDGE)) is not None:
        if case.asked and data.draw(st.booleans()):
            question = reopen(case, data.draw(st.sampled_from(case.asked)), KNOWLEDGE) or question
        fired = {item.id for item in flags_of(case)}
        options = [choice.id for choice in question.choices]
        case = answer_question(case, question, [data.draw(st.sampled_from(options))], KNOWLEDGE)
        assert fired <= {item.id for item in flags_of(case)}
        assert len(case.asked) == len(set(case.asked)) <= MAX_SCREENING
        if (steps := steps + 1) > 4 * MAX_SCREENING:
            return


@SETTINGS
@given(case=cases)
def test_nothing_is_asked_or_offered_beside_an_emergency(case):
    if any(item.level is Urgency.EMERGENCY for item in flags_of(case)):
        assert next_question(case, KNOWLEDGE) is None
        assert explain_causes(case, match_causes(case, KNOWLEDGE), KNOWLEDGE) == ()
        assert explain_treatments(case, ["plantar_fasciitis"], KNOWLEDGE) == ()


@SETTINGS
@given(case=cases)
def test_described_treatment_is_never_one_that_the_case_forbids(case):
    present = case.having(Status.PRESENT)
    for option in explain_treatments(case, list(KNOWLEDGE.causes), KNOWLEDGE):
        assert not option.how or present.isdisjoint(KNOWLEDGE.treatments[option.id].blocked_by)
        assert bool(option.blocked) <= (option.how == "")
