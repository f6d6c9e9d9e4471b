"""What Instep does not do, and what it did not understand."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.asked_beside import leaves_question
from actions.base import INTERVIEW, Events, TurnAction, speak
from actions.case_slots import case_from, heard_from, question_from
from actions.causes import ActionMatchCauses, changes_causes
from actions.conditions import ActionExplainCause
from actions.practice_values import result_words
from actions.replies import ask_once_more
from actions.result_answers import waiting_flag
from actions.result_questions import answer_likely, leave_for_visit
from actions.symptom_interview import starts_interview
from actions.treatments import ActionExplainTreatments
from bot.conversation.latest_message import LatestMessage
from bot.conversation.sentences import first_clause
from bot.knowledge.model import FindingKind
from bot.triage import match_causes

_GENERAL = frozenset({FindingKind.ALARM, FindingKind.CONTEXT})
"""Kinds of findings that do not say where the complaint is."""


class ActionDecline(TurnAction):
    """Declines, unless the message tells a symptom after all: then what was read counts more than the intent."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_decline"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Decline, or start the interview."""
        heard, pending = heard_from(tracker), question_from(tracker)
        if starts_interview(tracker) and not _is_elsewhere(tracker, heard):
            if wiring.question_after(case_from(tracker)) is None:
                return ActionMatchCauses().act(dispatcher, tracker)
            return [FollowupAction(INTERVIEW)]
        if pending is not None and not tracker.active_loop_name:
            return ask_once_more(dispatcher, tracker, pending)
        if pending is None and not tracker.active_loop_name and changes_causes(tracker):
            return ActionMatchCauses().act(dispatcher, tracker)
        return _take_name(dispatcher, tracker, heard)


def _is_elsewhere(tracker: Tracker, heard: LatestMessage) -> bool:
    """Return whether only a general sign or circumstance is told, by words about another part of the body."""
    if heard.meaning.topic != "other_body_part":
        return False
    records = wiring.knowledge().findings
    kinds = {records[finding.id].kind for finding in heard.reading.findings if finding.id in records}
    return kinds <= _GENERAL and not match_causes(case_from(tracker), wiring.knowledge()).in_scope


def _is_for_visit(tracker: Tracker, heard: LatestMessage) -> bool:
    """Return whether a question after a result, which names no other part of the body, has no answer here."""
    return tracker.active_loop_name in (None, INTERVIEW) and not heard.reading.sites and leaves_question(tracker)


def _take_name(dispatcher: CollectingDispatcher, tracker: Tracker, heard: LatestMessage) -> Events:
    """Explain the treatment or the condition that the message names; else decline or ask for other words."""
    told = tracker.get_slot("causes") or []
    if fears := result_words().new_fears(case_from(tracker), heard.reading.feared, told):
        speak(dispatcher, fears)
        return [SlotSet("told_records", [f"fear/{name}" for name in heard.reading.feared])]
    if heard.reading.subject.treatment:
        return ActionExplainTreatments().act(dispatcher, tracker)
    if heard.reading.subject.cause:
        return ActionExplainCause().act(dispatcher, tracker)
    if answered := answer_likely(dispatcher, tracker):
        return answered
    if (flag := waiting_flag(case_from(tracker))) is not None:
        dispatcher.utter_message(response="utter_red_flag_short", advice=first_clause(flag.advice))
        return []
    if _is_for_visit(tracker, heard):
        leave_for_visit(dispatcher, tracker)
        return []
    dispatcher.utter_message(response=heard.meaning.response or "utter_not_understood")
    return []
