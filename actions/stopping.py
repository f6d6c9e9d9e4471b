"""Stopping what is open, and starting over."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.base import Events, TurnAction
from actions.booking_slots import coming_visits
from actions.case_slots import case_from, heard_from, question_from
from actions.managed_booking import ask_to_cancel
from bot.booking.appointments import release_holds
from bot.case import Case

_OPEN_SLOTS = (
    "question",
    "interview_answer",
    "asked_treatment",
    "offer",
    "visit",
    "visit_wish",
    "offered_visits",
    "patient",
    "visit_reason",
    "visitor_name",
    "visitor_phone",
    "visitor_email",
    "booking_confirmed",
    "booking_held",
    "moving",
    "lookup_reference",
    "lookup_phone",
)


class ActionStartOver(TurnAction):
    """Forgets what was told, but no red flag: that is taken back by an explicit confirmation only."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_start_over"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Empty the case, close what is open and ask where to start."""
        told = case_from(tracker)
        kept = Case(raised=told.raised, escalated=told.escalated)
        dispatcher.utter_message(response="utter_started_over")
        emptied = (*_OPEN_SLOTS, "asked_which", "told_records", "told_case", "asked_beside", "screening_answer")
        return [
            *_closed_form(),
            *(SlotSet(slot, None) for slot in emptied),
            SlotSet("case", kept.to_json()),
            SlotSet("causes", []),
            SlotSet("complaint_asked", False),
            SlotSet("booking_wanted", False),
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
        if not tracker.active_loop_name and question_from(tracker) is None:
            return _nothing_open(dispatcher, tracker)
        dispatcher.utter_message(response="utter_move_stopped" if tracker.get_slot("moving") else "utter_cancelled")
        release_holds(tracker.sender_id)
        emptied = [SlotSet(slot, None) for slot in _OPEN_SLOTS]
        return [*_closed_form(), *emptied]


def _nothing_open(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask whether the coming visit of this conversation is to be cancelled; it may be what is meant."""
    coming = coming_visits(tracker)
    if coming:
        return ask_to_cancel(coming[0], dispatcher, tracker)
    dispatcher.utter_message(response="utter_nothing_to_cancel")
    return []


def _closed_form() -> Events:
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False)]
