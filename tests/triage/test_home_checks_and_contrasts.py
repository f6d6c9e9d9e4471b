"""Home checks, questions that tell two causes apart, and when the interview stops."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.case import Case, Finding, Status, Urgency
from bot.knowledge import load_knowledge
from bot.knowledge.model import Confusion, HomeCheck
from bot.triage import answer_question, judge_urgency, match_causes, next_question, reopen
from bot.triage.interview import PATIENCE
from bot.triage.interview_choice import Strategy
from tests.triage.small_knowledge import INTERVIEW, by_id, case_of, cause, small_knowledge

PRACTICE_KNOWLEDGE = load_knowledge(Path(__file__).parents[2] / "data" / "knowledge")
CHECK = HomeCheck("tap", "Tap it. Does it tingle?", "red_joint", ("fever",), "It shows the joint.")
SIGNS = [("red_joint", "almost_always", "high")]


def with_check(urgency=Urgency.SOON):
    causes = by_id((cause("mild", 0.6, [("burning", "often", "low")]), cause("sick", 0.4, SIGNS, urgency=urgency)))
    interview = replace(INTERVIEW, checks=(CHECK,), groups=())
    return small_knowledge(
        causes=causes, region_priors={}, prior_modifiers=(), screen=(), red_flags={}, interview=interview
    )


def test_safe_home_check_stands_in_for_the_question_about_its_finding():
    question = next_question(case_of("heel"), with_check())
    assert (question.id, question.text, question.findings) == ("check_tap", "Tap it. Does it tingle?", ("red_joint",))


@pytest.mark.parametrize("status", [Status.PRESENT, Status.UNSURE])
def test_home_check_is_never_offered_to_whom_it_could_harm(status):
    case = Case(findings=(Finding("heel"), Finding("fever", status)))
    assert next_question(case, with_check()).id == "ask_red_joint"


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_home_check_that_finds_nothing_changes_no_rank(answer):
    knowledge = with_check()
    case = case_of("heel")
    answered = answer_question(case, next_question(case, knowledge), [answer], knowledge)
    assert match_causes(answered, knowledge) == match_causes(case, knowledge)


@pytest.mark.parametrize(("urgency", "expected"), [(Urgency.SOON, Urgency.SOON), (Urgency.SELF_CARE, Urgency.ROUTINE)])
def test_home_check_raises_the_urgency_and_never_lowers_it(urgency, expected):
    knowledge = with_check(urgency)
    case = case_of("heel", "burning")
    found = answer_question(case, next_question(case, knowledge), ["yes"], knowledge)
    assert match_causes(found, knowledge).causes[0].id == "sick"
    assert judge_urgency(found, (), match_causes(found, knowledge), knowledge) is expected


def test_every_home_check_of_the_practice_asks_about_a_finding_that_speaks_for_a_cause():
    signs = {sign.finding for item in PRACTICE_KNOWLEDGE.causes.values() for sign in item.signs}
    assert {check.finding for check in PRACTICE_KNOWLEDGE.interview.checks} <= signs
    assert all(check.text.endswith("?") for check in PRACTICE_KNOWLEDGE.interview.checks)


def with_pair():
    signs = [("burning", "almost_always", "moderate"), ("red_joint", "often", "moderate")]
    confusion = Confusion("plain", "Does it burn, or is it red?", "burning points to hot", ("burning", "red_joint"))
    hot = replace(cause("hot", 0.5, signs), confused_with=(confusion,))
    causes = by_id((hot, cause("plain", 0.5, [("old", "often", "low")], urgency=Urgency.SOON)))
    return small_knowledge(
        causes=causes, region_priors={}, prior_modifiers=(), screen=(), red_flags={}, other_prior=0.05
    )


def test_leading_pair_is_told_apart_by_its_own_question():
    knowledge = with_pair()
    question = next_question(case_of("heel"), knowledge)
    assert (question.id, question.many) == ("contrast_hot_or_plain", True)
    assert question.findings == ("burning", "red_joint")
    answered = answer_question(case_of("heel"), question, ["burning"], knowledge)
    assert (answered.status_of("burning"), answered.status_of("red_joint")) == (Status.PRESENT, None)
    assert reopen(answered, question.id, knowledge).choices == question.choices


def test_pair_is_told_apart_once():
    knowledge = with_pair()
    skipped = answer_question(case_of("heel"), next_question(case_of("heel"), knowledge), [], knowledge)
    assert next_question(skipped, knowledge) is None


def test_interview_stops_where_every_likely_cause_leads_to_the_same_advice():
    alike = by_id((cause("one", 0.5, SIGNS), cause("two", 0.5, [("burning", "often", "moderate")])))
    knowledge = small_knowledge(causes=alike, region_priors={}, prior_modifiers=(), screen=(), red_flags={})
    assert next_question(case_of("heel"), knowledge) is None
    sooner = {**alike, "two": replace(alike["two"], urgency=Urgency.SOON)}
    assert next_question(case_of("heel"), replace(knowledge, causes=sooner)) is not None


def test_interview_stops_when_the_visitor_knows_no_more():
    screened = {item for screen in PRACTICE_KNOWLEDGE.screen for item in screen.findings}
    denied = tuple(Finding(item, Status.ABSENT) for item in screened)
    asked = ("ask_where", *(f"group_{name}" for name in ("worse", "better", "onset")[:PATIENCE]))
    unanswered = Case(findings=(Finding("loc_foot"), *denied), asked=asked)
    assert next_question(unanswered, PRACTICE_KNOWLEDGE) is None
    told = replace(unanswered, findings=(*unanswered.findings, Finding("w_standing")))
    assert next_question(told, PRACTICE_KNOWLEDGE) is not None


@pytest.mark.parametrize("strategy", list(Strategy))
def test_every_strategy_asks_something_open_and_ends(strategy):
    case = case_of("loc_heel")
    while (question := next_question(case, PRACTICE_KNOWLEDGE, strategy)) is not None:
        assert case.having(Status.PRESENT).isdisjoint(question.findings)
        case = answer_question(case, question, [question.choices[-2].id], PRACTICE_KNOWLEDGE)
        assert len(case.asked) <= 10
