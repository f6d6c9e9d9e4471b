"""Possible causes of what the visitor told, and conditions asked about by name."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import case_from, heard_from
from actions.findings import INTERVIEW
from actions.naming import best_named
from actions.safety import hand_to_person, is_given_up, safety_question
from actions.sentences import capital, sentence
from actions.wiring import phrase
from bot.case import Case, Status, Urgency
from bot.knowledge.model import Cause, FindingKind
from bot.triage import explain_causes, judge_urgency, match_causes, screen_red_flags
from bot.triage.result import ExplainedCause

_ADVICE = {
    Urgency.SAME_DAY: "utter_advice_same_day",
    Urgency.SOON: "utter_advice_soon",
    Urgency.SELF_CARE: "utter_advice_self_care",
}

_READ_BACK_DENIED = 5
"""More denied findings than these are not read back: the visitor has just said no to each."""


class ActionMatchCauses(TurnAction):
    """Reads back what was understood, names at most three possible causes and says what to do."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_match_causes"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the causes, once no red-flag question waits."""
        if is_given_up(tracker):
            return hand_to_person(dispatcher, tracker)
        knowledge, case = wiring.knowledge(), case_from(tracker)
        matching = match_causes(case, knowledge)
        closed = [SlotSet("question", None), SlotSet("interview_answer", None)]
        if tracker.get_slot("outside") or (_names_place(case) and not matching.in_scope):
            dispatcher.utter_message(response="utter_other_body_part")
            return [*closed, SlotSet("outside", False)]
        told = explain_causes(case, matching, knowledge)
        flags = screen_red_flags(case, knowledge, wiring.practice())
        urgency = judge_urgency(case, flags, matching, knowledge)
        say_read_back(dispatcher, case)
        _say_causes(dispatcher, told)
        dispatcher.utter_message(response=_ADVICE.get(urgency, "utter_advice_routine"))
        return [
            *closed,
            SlotSet("causes", [cause.id for cause in told]),
            SlotSet("urgency", urgency.value),
            SlotSet("outcome", "causes_shown"),
            SlotSet("offer", "booking" if urgency is not Urgency.SAME_DAY else None),
        ]


class ActionSummarizeCase(TurnAction):
    """Reads back what was understood so far; where no question waits, tells the causes as well."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_summarize_case"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Read back."""
        case = case_from(tracker)
        if not case.findings:
            dispatcher.utter_message(response="utter_nothing_noted")
            return []
        if tracker.active_loop_name or safety_question(tracker) is not None:
            say_read_back(dispatcher, case)
            return [] if tracker.active_loop_name else [FollowupAction(INTERVIEW)]
        return ActionMatchCauses().act(dispatcher, tracker)


class ActionExplainCause(TurnAction):
    """Explains a condition that the visitor names."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_cause"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Explain the condition, or ask which one is meant."""
        knowledge, heard = wiring.knowledge(), heard_from(tracker)
        chosen = next(iter(heard.values("cause")), None) or best_named(heard.text, knowledge.causes)
        cause = knowledge.causes.get(chosen or "")
        if cause is not None:
            _say_condition(dispatcher, cause)
            return []
        told = tracker.get_slot("causes") or []
        offered = told or [cause.id for cause in knowledge.causes.values() if cause.in_article]
        dispatcher.utter_message(
            response="utter_ask_which_cause" if told else "utter_cause_unknown", buttons=_cause_buttons(offered)
        )
        return []


def say_read_back(dispatcher: CollectingDispatcher, case: Case) -> None:
    """Say what was understood: what is there, and what the visitor said is not."""
    present, absent = _names(case, Status.PRESENT), _names(case, Status.ABSENT)
    if present and 0 < len(absent) <= _READ_BACK_DENIED:
        dispatcher.utter_message(
            response="utter_read_back_denied", present=", ".join(present), absent=", ".join(absent)
        )
    elif present:
        dispatcher.utter_message(response="utter_read_back", present=", ".join(present))


def _names_place(case: Case) -> bool:
    findings = wiring.knowledge().findings
    return any(
        findings[found].kind is FindingKind.LOCATION for found in case.having(Status.PRESENT) if found in findings
    )


def _names(case: Case, status: Status) -> list[str]:
    findings, ids = wiring.knowledge().findings, case.having(status)
    named = (found.id for found in case.findings if found.id in ids and found.id in findings)
    return [findings[finding_id].name for finding_id in dict.fromkeys(named)]


def _say_causes(dispatcher: CollectingDispatcher, told: Sequence[ExplainedCause]) -> None:
    if told:
        dispatcher.utter_message(response="utter_causes_intro", causes="\n\n".join(map(_line, told)))
    else:
        dispatcher.utter_message(response="utter_no_cause_fits")


def _line(cause: ExplainedCause) -> str:
    return phrase(
        "utter_cause_line_against" if cause.reasons_against else "utter_cause_line",
        name=capital(cause.name),
        fit=cause.fit,
        summary=sentence(cause.summary),
        reasons_for=", ".join(cause.reasons_for),
        reasons_against=", ".join(cause.reasons_against),
    )


def _say_condition(dispatcher: CollectingDispatcher, cause: Cause) -> None:
    dispatcher.utter_message(
        response="utter_explain_cause",
        name=capital(cause.name),
        summary=sentence(cause.summary),
        course=sentence(cause.course),
    )
    dispatcher.utter_message(
        response="utter_explain_cause_care",
        self_care="; ".join(cause.self_care),
        clinic_care="; ".join(cause.clinic_care),
    )
    levels = (phrase(f"utter_see_{level.value}", reason=text.rstrip(".")) for level, text in cause.see.items())
    sources = wiring.knowledge().sources
    dispatcher.utter_message(
        response="utter_explain_cause_see",
        see=" ".join(levels),
        sources=", ".join(sources[source_id].title for source_id in cause.sources[:2]),
    )


def _cause_buttons(cause_ids: Sequence[str]) -> list[dict[str, str]]:
    causes = wiring.knowledge().causes
    return [
        {"title": causes[cause_id].name, "payload": f'/ask_cause{{"cause": "{cause_id}"}}'} for cause_id in cause_ids
    ]
