"""The screening that a complaint requires comes before any cause, in every conversation, and stays short."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.case import Case, Finding, Reading, Status, Tense, Urgency, Who, most_urgent
from bot.knowledge import load_knowledge
from bot.triage import answer_question, next_question, record_red_flags, suspect_red_flags
from bot.triage.evidence import gather_evidence
from bot.triage.interview_questions import WHERE
from bot.triage.red_flags import fired_levels
from bot.triage.regions import name_regions, named_places
from bot.triage.scope import is_in_scope

KNOWLEDGE = load_knowledge(Path(__file__).parents[2] / "data" / "knowledge")
PLACES = sorted({site.finding for site in KNOWLEDGE.sites.values() if site.finding and site.podiatric})
LISTS = {f"screen_{screen.id}": screen for screen in KNOWLEDGE.screen}

findings = st.builds(
    Finding,
    id=st.sampled_from(sorted(KNOWLEDGE.findings)) | st.sampled_from(PLACES),
    status=st.sampled_from(Status),
    tense=st.sampled_from([Tense.NOW, Tense.NOW, Tense.NOW, Tense.PAST, Tense.HYPOTHETICAL]),
)
readings = st.builds(
    Reading,
    findings=st.lists(findings, max_size=4).map(tuple),
    age_years=st.none() | st.integers(0, 120),
    duration_days=st.none() | st.integers(1, 4000),
    who=st.none() | st.sampled_from(Who),
)


def fitting_lists(case):
    """Return the lists of the short screen that the named regions ask for, found without the code under test."""
    regions = name_regions(gather_evidence(case, KNOWLEDGE), KNOWLEDGE)
    fitting = [screen for screen in KNOWLEDGE.screen if regions.keys() & set(screen.regions)]
    return fitting or [screen for screen in KNOWLEDGE.screen if not screen.regions]


class Conversation(RuleBasedStateMachine):
    """A visitor who tells anything at any time and answers questions at random."""

    @initialize(reading=readings)
    def begin(self, reading):
        self.case = Case()
        self.tell(reading)

    @rule(reading=readings)
    def tell(self, reading):
        self.case = record_red_flags(self.case.with_reading(reading), KNOWLEDGE)

    @precondition(lambda self: next_question(self.case, KNOWLEDGE) is not None)
    @rule(data=st.data())
    def answer(self, data):
        question = next_question(self.case, KNOWLEDGE)
        options = [choice.id for choice in question.choices]
        ticked = data.draw(st.lists(st.sampled_from(options), max_size=3 if question.many else 1))
        self.case = answer_question(self.case, question, ticked, KNOWLEDGE)

    @invariant()
    def nothing_but_screening_and_the_place_comes_before_the_required_lists(self):
        case = getattr(self, "case", Case())
        question = next_question(case, KNOWLEDGE)
        evidence = gather_evidence(case, KNOWLEDGE)
        if question is not None and (question.screening or question.id == WHERE):
            return
        if most_urgent(fired_levels(case, KNOWLEDGE).values()) is Urgency.EMERGENCY:
            return
        if named_places(evidence, KNOWLEDGE) and not is_in_scope(evidence, KNOWLEDGE):
            return
        for screen in fitting_lists(case):
            answered = evidence.present | evidence.absent
            assert f"screen_{screen.id}" in case.asked or answered.issuperset(screen.findings), screen.id

    @invariant()
    def place_comes_before_no_suspected_or_raised_red_flag(self):
        case = getattr(self, "case", Case())
        question = next_question(case, KNOWLEDGE)
        if question is not None and question.id == WHERE:
            assert not suspect_red_flags(case, KNOWLEDGE)


Conversation.TestCase.settings = settings(
    max_examples=40, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
test_random_conversations = Conversation.TestCase


def test_every_region_has_one_list_and_one_list_is_for_the_rest():
    listed = [region for screen in KNOWLEDGE.screen for region in screen.regions]
    assert sorted(listed) == sorted(KNOWLEDGE.region_priors)
    assert sum(not screen.regions for screen in KNOWLEDGE.screen) == 1


def test_no_list_is_longer_than_nine_and_no_sentence_than_five_things():
    assert max(len(screen.findings) for screen in KNOWLEDGE.screen) <= 9
    assert max(len(screen.asked) for screen in KNOWLEDGE.screen) <= 5


def test_every_tick_raises_a_red_flag_or_is_a_risk():
    for screen in KNOWLEDGE.screen:
        for finding in screen.findings:
            case = Case(findings=(Finding(finding),))
            suspected = [flag for flag in KNOWLEDGE.red_flags.values() if flag.id in fired_levels(case, KNOWLEDGE)]
            assert suspected or finding.startswith(("c_", "n_", "a_fever", "a_open_sore", "a_cancer", "a_hot", "a_pus"))


@pytest.mark.parametrize("place", [place for place in PLACES if place != "loc_calf"])
def test_plain_pain_in_one_place_asks_one_list_and_at_most_one_closed_question(place):
    case, lists, closed = Case(findings=(Finding(place), Finding("ch_ache"))), 0, 0
    where = next_question(case, KNOWLEDGE)
    if where is not None and where.id == WHERE:
        case = answer_question(case, where, ["unsure"], KNOWLEDGE)
    while (question := next_question(case, KNOWLEDGE)) is not None and question.screening:
        lists, closed = lists + question.many, closed + (not question.many)
        case = answer_question(case, question, ["none" if question.many else "no"], KNOWLEDGE)
    assert lists == 1
    assert closed <= 1
