"""Whatever a visitor says, in whatever order: warning signs are answered before any cause, and the interview ends."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.case_slots import case_from, question_from
from actions.findings import ActionReadFindings
from actions.safety import is_given_up
from actions.symptom_interview import ActionAskInterviewAnswer, open_question, reply_to_answer
from bot.case import Finding, Reading, Status, Tense, Urgency, most_urgent
from bot.triage import suspect_red_flags
from bot.triage.evidence import gather_evidence
from bot.triage.interview_questions import WHERE
from bot.triage.red_flags import fired_levels, holding_red_flags
from bot.triage.regions import name_regions, named_places
from bot.triage.scope import is_in_scope
from bot.triage.screening import shown_choices

KNOWLEDGE = wiring.knowledge()
FORM = "symptom_interview_form"
PLACES = sorted({site.finding for site in KNOWLEDGE.sites.values() if site.finding and site.podiatric})
SIGNS = sorted({item for screen in KNOWLEDGE.screen for item in screen.findings})
INTENTS = ["affirm", "deny", "unsure", "skip", "describe_symptoms", "correct_answer", "inform_contact"]
INTENTS += ["express_frustration", "ask_why", "ask_cost", "ask_treatments", "request_booking"]


class Interview:
    """The actions of an open interview, turn by turn, without the machinery that calls them."""

    def __init__(self):
        self.slots, self.turns, self.asked = {"complaint_asked": True}, 0, None

    def tracker(self, intent="", reading=None, pressed=()):
        entities = [{"entity": name, "value": value} for name, value in pressed]
        message = {"text": intent, "intent": {"name": intent, "confidence": 0.9}, "entities": entities}
        message["reading"] = (reading or Reading()).to_json()
        events = [{"event": "user", "timestamp": float(self.turns)}]
        return Tracker("any", self.slots, message, events, False, None, {"name": FORM}, "action_listen")

    def take(self, intent, reading=None, pressed=()):
        """Let a message be heard; put the question that follows."""
        self.turns += 1
        tracker, dispatcher = self.tracker(intent, reading, pressed), CollectingDispatcher()
        self._keep(ActionReadFindings().act(dispatcher, tracker))
        word = self.slots.pop("interview_answer", None)
        if word:
            self.slots |= reply_to_answer(word, dispatcher, tracker)
        self.asked = None
        if not self.is_over:
            self._keep(ActionAskInterviewAnswer().act(dispatcher, tracker))
            self.asked = question_from(tracker)

    def press(self, choices):
        self.take("answer_question", pressed=[("question", self.asked.id), *(("answer", each) for each in choices)])

    @property
    def case(self):
        return case_from(self.tracker())

    @property
    def is_given_up(self):
        return is_given_up(self.tracker())

    @property
    def is_over(self):
        emergency = most_urgent(fired_levels(self.case, KNOWLEDGE).values()) is Urgency.EMERGENCY
        return emergency or self.is_given_up or open_question(self.tracker()) is None

    def _keep(self, events):
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def left_out(case):
    """Return the lists of the named regions that were neither asked nor answered, without the code under test."""
    evidence = gather_evidence(case, KNOWLEDGE)
    if named_places(evidence, KNOWLEDGE) and not is_in_scope(evidence, KNOWLEDGE):
        return []
    regions = name_regions(evidence, KNOWLEDGE).keys()
    fitting = [screen for screen in KNOWLEDGE.screen if regions & set(screen.regions)]
    known = evidence.present | evidence.absent
    return [
        screen.id
        for screen in fitting or [screen for screen in KNOWLEDGE.screen if not screen.regions]
        if f"screen_{screen.id}" not in case.asked and not known.issuperset(screen.findings)
    ]


findings = st.builds(
    Finding,
    id=st.sampled_from(sorted(KNOWLEDGE.findings)) | st.sampled_from(PLACES) | st.sampled_from(SIGNS),
    status=st.sampled_from([*Status, Status.ABSENT]),
    tense=st.sampled_from([Tense.NOW, Tense.NOW, Tense.NOW, Tense.PAST, Tense.HYPOTHETICAL]),
    start=st.just(1),
    end=st.just(2),
)
readings = st.builds(Reading, findings=st.lists(findings, max_size=3).map(tuple), corrects=st.booleans())


class Conversation(RuleBasedStateMachine):
    """A visitor who tells anything, presses anything, answers anything and asks anything."""

    @initialize(place=st.sampled_from([*PLACES, "ch_burning"]))
    def begin(self, place):
        self.interview, self.told = Interview(), set()
        self.say("describe_symptoms", Reading(findings=(Finding(place, start=1, end=2),)))

    @rule(intent=st.sampled_from(INTENTS), reading=readings)
    def say(self, intent, reading):
        self.interview.take(intent, reading)

    @rule(intent=st.sampled_from(INTENTS))
    def say_shortly(self, intent):
        self.interview.take(intent)

    @rule(data=st.data())
    def press(self, data):
        if self.interview.asked is not None:
            shown = [choice.id for choice in shown_choices(self.interview.asked, KNOWLEDGE)]
            many = self.interview.asked.many and not self.interview.asked.sentence
            self.interview.press(data.draw(st.lists(st.sampled_from(shown), min_size=1, max_size=3 if many else 1)))

    @invariant()
    def the_warning_signs_come_before_every_question_about_causes_and_before_the_end(self):
        if not hasattr(self, "interview"):
            return
        case, asked = self.interview.case, self.interview.asked
        if asked is not None and (asked.screening or asked.id == WHERE or asked.put):
            # One that was put before something new was told still waits; the screening of it comes next.
            return
        emergency = most_urgent(fired_levels(case, KNOWLEDGE).values()) is Urgency.EMERGENCY
        assert emergency or self.interview.is_given_up or not left_out(case)

    @invariant()
    def what_holds_is_raised_and_what_was_raised_stays_unless_it_was_taken_back(self):
        if not hasattr(self, "interview"):
            return
        case = self.interview.case
        assert holding_red_flags(case, KNOWLEDGE) <= set(case.raised)
        assert self.told <= {*case.raised, *case.withdrawn}
        self.told |= set(case.raised)

    @invariant()
    def no_question_waits_for_what_is_known(self):
        if not hasattr(self, "interview") or self.interview.asked is None:
            return
        asked = self.interview.asked
        if asked.id not in self.interview.case.asked and not asked.id.startswith("ask_again_"):
            assert any(self.interview.case.status_of(item) in (None, Status.UNSURE) for item in asked.findings)


Conversation.TestCase.settings = settings(
    max_examples=60, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_conversation = Conversation.TestCase


@pytest.mark.parametrize(
    "place", ["loc_heel_bottom", "loc_foot", "loc_low_back", "loc_calf", "loc_toenail", "ch_burning"]
)
@pytest.mark.parametrize("intent", ["affirm", "deny", "unsure", "skip", "inform_contact"])
def test_the_interview_ends_soon_whatever_is_always_said(place, intent):
    interview = Interview()
    interview.take("describe_symptoms", Reading(findings=(Finding(place, start=1, end=2),)))
    while not interview.is_over:
        interview.take(intent)
        assert interview.turns < 16
    assert interview.is_given_up or fired_levels(interview.case, KNOWLEDGE) or not left_out(interview.case)


def test_who_scolds_the_warning_signs_twice_gets_a_person():
    interview = Interview()
    interview.take("describe_symptoms", Reading(findings=(Finding("loc_heel_bottom", start=1, end=2),)))
    interview.take("express_frustration")
    assert not interview.is_given_up
    interview.take("express_frustration")
    assert interview.is_given_up


@pytest.mark.parametrize("place", PLACES)
def test_no_question_is_put_twice_in_the_same_words_to_who_denies_one_thing_at_a_time(place):
    interview, put = Interview(), []
    interview.take("describe_symptoms", Reading(findings=(Finding(place, start=1, end=2),)))
    while not interview.is_over:
        asked = interview.asked
        put.append(asked.sentence or asked.text)
        if asked.sentence:
            denied = Finding(asked.findings[0], Status.ABSENT, start=1, end=2)
            interview.take("describe_symptoms", Reading(findings=(denied,)))
        else:
            interview.press(["none" if asked.many else "no"])
    assert len(put) == len(set(put))
    assert not suspect_red_flags(interview.case, KNOWLEDGE)
