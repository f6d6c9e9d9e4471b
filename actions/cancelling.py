"""Cancels a booked visit after a yes, in whatever words it comes."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.base import Events
from actions.booking_slots import visit_values
from actions.case_slots import heard_from
from bot.booking.appointments import cancel_visit, find_by_reference
from bot.booking.moving import may_change
from bot.booking.visits import Appointment, Party
from bot.booking.words.managing_words import wants_cancelled
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import Reply

_CANCEL = "cancel_visit"
_STOP = "stop"


def ask_to_cancel(appointment: Appointment, dispatcher: CollectingDispatcher) -> Events:
    """Ask whether to cancel that visit, or say why it cannot be cancelled here.

    What is open is closed: the yes is meant for this question and for no other.
    """
    managed = [SlotSet("booking_task", "cancel"), SlotSet("booking_managed", appointment.reference)]
    if is_refused(appointment, dispatcher):
        return managed
    dispatcher.utter_message(response="utter_ask_cancel_visit", **visit_values(appointment.visit))
    closed = [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False)]
    return [*managed, *closed, SlotSet("question", None), SlotSet("offer", _CANCEL)]


def take_cancel_answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Cancel or keep the visit where the message answers whether to cancel it; None where it does not."""
    if tracker.get_slot("offer") != _CANCEL:
        return None
    wanted = _is_wanted(heard_from(tracker))
    if wanted is None:
        return None
    if wanted:
        return _cancel_managed(dispatcher, tracker)
    dispatcher.utter_message(response="utter_visit_kept")
    return [SlotSet("offer", None)]


def is_refused(appointment: Appointment, dispatcher: CollectingDispatcher, *, changes: bool = True) -> bool:
    """Say why nothing can be done with the visit here: it is cancelled, over, or so soon that a change needs a call."""
    if not appointment.is_booked or appointment.visit.end <= wiring.now():
        dispatcher.utter_message(response="utter_booking_closed")
        return True
    if changes and not may_change(appointment, wiring.practice(), wiring.now()):
        dispatcher.utter_message(response="utter_past_cutoff", **visit_values(appointment.visit))
        return True
    return False


def _is_wanted(heard: LatestMessage) -> bool | None:
    wanted = wants_cancelled(heard.text)
    if wanted is not None:
        return wanted
    if heard.meaning.reply is Reply.YES:
        return True
    return False if heard.meaning.reply is Reply.NO or heard.meaning.topic == _STOP else None


def _cancel_managed(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Cancel the visit that the visitor has just agreed to cancel; a second time says the same."""
    done = [SlotSet("offer", None), SlotSet("booking_managed", None)]
    appointment = find_by_reference(tracker.get_slot("booking_managed") or "")
    if appointment is None:
        dispatcher.utter_message(response="utter_booking_closed")
        return done
    if appointment.is_booked and is_refused(appointment, dispatcher):
        return done
    cancelled = cancel_visit(appointment.reference, by=Party.VISITOR, now=wiring.now())
    dispatcher.utter_message(response="utter_visit_cancelled", **visit_values(cancelled.visit))
    return [*done, SlotSet("outcome", "cancelled")]
