"""Puts the question before the pending one again."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import INTERVIEW, Events, TurnAction
from actions.case_slots import case_from, question_from, question_slot
from bot.triage import question_before


class ActionGoBack(TurnAction):
    """Goes back to the question before; its new answer replaces the earlier one."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_go_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Put the earlier question, or ask what is wrong where there is none or another form waits."""
        earlier = question_before(case_from(tracker), question_from(tracker), wiring.knowledge())
        if earlier is None or tracker.active_loop_name not in (None, INTERVIEW):
            dispatcher.utter_message(response="utter_ask_correction")
            return []
        dispatcher.utter_message(response="utter_going_back")
        events = [SlotSet("question", question_slot(earlier)), SlotSet("unread_answers", 0)]
        return events if tracker.active_loop_name else [*events, FollowupAction(INTERVIEW)]
