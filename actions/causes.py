"""Possible causes of what the visitor told."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.asked_beside import answer_asked, answer_late, leaves_question
from actions.base import INTERVIEW, Events, TurnAction, speak
from actions.booking_slots import coming_visits, opened_booking, visit_values
from actions.case_slots import case_from, heard_from, urgency_from
from actions.practice_values import practice_values, result_words
from actions.result_questions import answer_likely, leave_for_visit
from actions.safety import hand_to_person, is_given_up, safety_question
from actions.visit_choice import is_first_visit
from actions.wiring import phrase
from bot.case import Case, Finding, Scope, Status, Tense, Urgency
from bot.conversation import answer_about
from bot.conversation.read_back import read_back
from bot.conversation.say import Say
from bot.conversation.sentences import first_clause
from bot.knowledge.model import FindingKind
from bot.triage import explain_causes, judge_urgency, match_causes, screen_red_flags
from bot.triage.evidence import gather_evidence
from bot.triage.result import ExplainedCause, Matching, RaisedFlag

_ADVICE = {
    Urgency.SAME_DAY: "utter_advice_same_day",
    Urgency.SOON: "utter_advice_soon",
    Urgency.SELF_CARE: "utter_advice_self_care",
}


class ActionMatchCauses(TurnAction):
    """Reads back what was understood, names at most three possible causes and says what to do."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_match_causes"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the causes, once no red-flag question waits."""
        if is_given_up(tracker):
            return hand_to_person(dispatcher, tracker)
        case = case_from(tracker)
        matching = match_causes(case, wiring.knowledge())
        closed = [SlotSet("question", None), SlotSet("interview_answer", None)]
        if tracker.get_slot("outside") or (_names_place(case) and not matching.in_scope):
            neighbour = case.scope is Scope.KNEE_HIP
            dispatcher.utter_message(response="utter_neighbour" if neighbour else "utter_other_body_part")
            return [*closed, SlotSet("outside", False)]
        if tracker.get_slot("told_case") == _told_mark(case) and tracker.get_slot("causes"):
            return [*closed, *_nothing_new(dispatcher, tracker)]
        return [*closed, *_tell_causes(dispatcher, tracker, case, matching)]


def _tell_causes(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case, matching: Matching) -> Events:
    knowledge, words = wiring.knowledge(), result_words()
    told = explain_causes(case, matching, knowledge)
    flags = screen_red_flags(case, knowledge, wiring.practice())
    urgency = judge_urgency(case, flags, matching, knowledge)
    before = tracker.get_slot("causes")
    told_before = bool(before) and urgency is urgency_from(tracker) and not tracker.get_slot("booking_wanted")
    if any(flag.level is Urgency.SAME_DAY for flag in flags):
        told_before = tracker.get_slot("told_case") is not None and urgency is urgency_from(tracker)
        advice = first_clause(flags[0].advice)
        speak(
            dispatcher,
            [Say("utter_red_flag_short", {"advice": advice})] if told_before else words.causes_today(case, told),
        )
    elif told_before and leaves_question(tracker) and before[:1] == [cause.id for cause in told[:1]]:
        leave_for_visit(dispatcher, tracker)
    elif told_before:
        speak(dispatcher, [words.changed(before, told)])
    else:
        speak(dispatcher, words.causes(case, matching, told))
    return [
        SlotSet("causes", [cause.id for cause in told]),
        SlotSet("urgency", urgency.value),
        SlotSet("outcome", "causes_shown"),
        SlotSet("told_records", [f"cause/{cause.id}" for cause in told] + [f"fear/{name}" for name in case.feared]),
        SlotSet("told_case", _told_mark(case)),
        *answer_late(dispatcher, tracker, [cause.id for cause in told]),
        *([] if told_before else _what_next(dispatcher, tracker, urgency, flags, told)),
    ]


def changes_causes(tracker: Tracker) -> bool:
    """Return whether something was told since the causes were told; False before that."""
    told = tracker.get_slot("told_case")
    return bool(told) and told != _told_mark(case_from(tracker))


def _told_mark(case: Case) -> list[str]:
    """Return what the told causes rest on; told again they would be the same while it is the same."""
    evidence = gather_evidence(case, wiring.knowledge())
    sides = sorted(f"{item.id} {item.side.value}" for item in case.findings if item.side and _is_now(item))
    numbers = (f"{case.age_years}", f"{case.duration_days}", f"{case.severity_0_10}", case.who.value)
    return [*sorted(evidence.present), "|", *sorted(evidence.absent), "|", *sides, *numbers, *case.named_causes]


def _is_now(finding: Finding) -> bool:
    return finding.tense is Tense.NOW and finding.status is Status.PRESENT


def _nothing_new(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Go on after a message that changes nothing: a wish to book, a treatment that it names, or a question."""
    if tracker.get_slot("booking_wanted"):
        return [*opened_booking(tracker), FollowupAction("booking_form")]
    heard, told = heard_from(tracker), tracker.get_slot("causes") or []
    if heard.reading.subject.treatment:
        return [FollowupAction("action_explain_treatments")]
    if fears := result_words().new_fears(case_from(tracker), heard.reading.feared, told):
        speak(dispatcher, fears)
        return [SlotSet("told_records", [f"fear/{name}" for name in heard.reading.feared])]
    if answered := answer_asked(dispatcher, tracker) or answer_likely(dispatcher, tracker):
        return answered
    if leaves_question(tracker):
        leave_for_visit(dispatcher, tracker)
    else:
        dispatcher.utter_message(response="utter_nothing_new")
    return []


def _what_next(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    urgency: Urgency,
    flags: Sequence[RaisedFlag],
    told: Sequence[ExplainedCause],
) -> Events:
    """Give the advice and offer a visit; go on with one that was asked for beside the symptoms.

    What was raised keeps its own destination: it is said again and nothing else is.
    """
    if urgency is Urgency.SAME_DAY:
        advice = next((flag.advice for flag in flags if flag.level is Urgency.SAME_DAY), "")
        stays = Say("utter_red_flag_stays", {"advice": first_clause(advice)})
        speak(dispatcher, [stays if advice else Say(_ADVICE[urgency])])
        return [SlotSet("offer", None), SlotSet("booking_wanted", False)]
    if tracker.get_slot("booking_wanted"):
        return [*opened_booking(tracker), FollowupAction("booking_form")]
    return _offer_visit(dispatcher, tracker, urgency, told)


def _offer_visit(
    dispatcher: CollectingDispatcher, tracker: Tracker, urgency: Urgency, told: Sequence[ExplainedCause]
) -> Events:
    """Say what helps at home until then, and offer a visit; the visit not again where it was refused."""
    first = told[0].id if told else ""
    help_now = answer_about("now", first, case_from(tracker), wiring.knowledge(), urgency).text if first else ""
    advice, coming = _ADVICE.get(urgency, "utter_advice_routine"), coming_visits(tracker)
    values = {"help": help_now.format_map(practice_values())}
    if coming:
        booked = phrase("utter_part_visit_coming", **visit_values(coming[0].visit))
        dispatcher.utter_message(response=advice, offer=booked, **values)
        return [SlotSet("offer", None)]
    if tracker.get_slot("visit_declined"):
        dispatcher.utter_message(response=advice, **values)
        return [SlotSet("offer", None)]
    offer = phrase("utter_part_offer_first" if is_first_visit(tracker) else "utter_part_offer")
    dispatcher.utter_message(response=advice, offer=offer, **values)
    return [SlotSet("offer", "booking")]


class ActionSummarizeCase(TurnAction):
    """Says back what was understood so far; where no question waits, tells the causes unless they were told."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_summarize_case"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say back."""
        case = case_from(tracker)
        if not case.findings:
            dispatcher.utter_message(response="utter_nothing_noted")
            return []
        if tracker.active_loop_name or safety_question(tracker) is not None:
            speak(dispatcher, read_back(case, wiring.knowledge(), phrase))
            return [] if tracker.active_loop_name else [FollowupAction(INTERVIEW)]
        if tracker.get_slot("causes"):
            speak(dispatcher, read_back(case, wiring.knowledge(), phrase))
            dispatcher.utter_message(response="utter_ask_correction")
            return []
        return ActionMatchCauses().act(dispatcher, tracker)


def _names_place(case: Case) -> bool:
    findings = wiring.knowledge().findings
    return any(
        findings[found].kind is FindingKind.LOCATION for found in case.having(Status.PRESENT) if found in findings
    )
