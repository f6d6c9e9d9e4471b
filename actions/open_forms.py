"""Closing whatever form is open."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.base import BOOKING, Events
from bot.booking.appointments import release_holds

OPEN_SLOTS = (
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
    "contact_note",
    "booking_confirmed",
    "booking_held",
    "moving",
    "lookup_reference",
    "lookup_phone",
    "lookup_name",
    "lookup_code",
    "call_details",
    "contact_asked",
    "contact_refused",
    "practice_message",
    "message_kind",
)
"""What a form holds until it is done; nothing of it is kept when the visitor stops."""


def closed_form() -> Events:
    """Return the events that close the open form, if any."""
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False)]


def stop_form(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say that the open form is stopped, and return what closes and empties it."""
    dispatcher.utter_message(response="utter_move_stopped" if tracker.get_slot("moving") else "utter_cancelled")
    release_holds(tracker.sender_id)
    declined = tracker.active_loop_name == BOOKING and not tracker.get_slot("moving")
    refused = [SlotSet("visit_declined", True)] if declined else []
    return [*closed_form(), *(SlotSet(slot, None) for slot in OPEN_SLOTS), *refused]
