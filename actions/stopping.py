"""Stopping what is open, and starting over."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, TurnAction
from actions.booking_slots import coming_visits
from actions.cancelling import ask_to_cancel, take_cancel_answer
from actions.case_slots import case_from, heard_from, question_from
from actions.open_forms import OPEN_SLOTS, closed_form, stop_form
from bot.case import Case


class ActionStartOver(TurnAction):
    """Forgets what was told, but no red flag: that is taken back by an explicit confirmation only."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_start_over"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Empty the case, close what is open and ask where to start."""
        told = case_from(tracker)
        kept = Case(raised=told.raised, escalated=told.escalated, withdrawn=told.withdrawn)
        dispatcher.utter_message(response="utter_started_over")
        emptied = (*OPEN_SLOTS, "told_records", "told_case", "asked_beside", "screening_answer")
        return [
            *closed_form(),
            *(SlotSet(slot, None) for slot in emptied),
            SlotSet("case", kept.to_json()),
            SlotSet("causes", []),
            SlotSet("complaint_asked", False),
            SlotSet("booking_wanted", False),
            SlotSet("visit_declined", False),
        ]


class ActionCancelForm(TurnAction):
    """Stops what is open; nothing of it is kept."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_cancel_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Close the open form and forget its details; a message that merely resembles a stop is not taken for one."""
        if heard_from(tracker).meaning.topic != "stop":
            return [FollowupAction("action_decline")]
        if not tracker.active_loop_name and (answered := take_cancel_answer(dispatcher, tracker)) is not None:
            return answered
        if not tracker.active_loop_name and question_from(tracker) is None:
            return _nothing_open(dispatcher, tracker)
        return stop_form(dispatcher, tracker)


def _nothing_open(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask whether the coming visit of this conversation is to be cancelled; it may be what is meant."""
    coming = coming_visits(tracker)
    if coming:
        return ask_to_cancel(coming[0], dispatcher)
    dispatcher.utter_message(response="utter_nothing_to_cancel")
    return []
