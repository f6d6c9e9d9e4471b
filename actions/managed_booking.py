"""Finds a booked visit again and shows, moves or cancels it, or waits for an earlier one."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.asked_beside import answer_asked
from actions.base import Events, TurnAction
from actions.booking_slots import coming_visits, opened_move, visit_values
from actions.case_slots import heard_from
from actions.visit_choice import offers_for
from actions.wiring import phrase
from actions.wish_slots import wish_in
from bot.booking.announcements import is_mailed
from bot.booking.appointments import cancel_visit, find_by_reference, find_by_reference_and_phone
from bot.booking.moving import may_change
from bot.booking.requests import WaitingRequest
from bot.booking.storage.references import reference_in
from bot.booking.visits import Appointment, Party, Wish
from bot.booking.waiting import join_waiting_list
from bot.booking.wish_json import wish_from_json
from bot.errors import AppointmentClosedError

MOST_LOOKUPS = 3
"""Tries to find a visit in one conversation; who guesses gets no further."""


class ActionFindBooking(TurnAction):
    """Finds the visit that the visitor wants to see, move or cancel."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_find_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do it at once with a visit of this conversation; else the form asks for reference and phone number."""
        answered = answer_asked(dispatcher, tracker, but=[heard_from(tracker).meaning.id])
        return [*answered, *_find(dispatcher, tracker)]


def _find(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    heard = heard_from(tracker)
    task = heard.meaning.topic
    remembered = [SlotSet("booking_task", task), SlotSet("visit_wish", wish_in(heard))]
    coming = coming_visits(tracker)
    if coming and not reference_in(heard.text):
        found = _work_on(task, coming[0], dispatcher, tracker)
        return [*remembered, SlotSet("lookup_open", False), *found]
    if _lookups(tracker) >= MOST_LOOKUPS:
        dispatcher.utter_message(response="utter_lookup_limit")
        return [SlotSet("lookup_open", False)]
    emptied = [SlotSet("lookup_reference", reference_in(heard.text)), SlotSet("lookup_phone", None)]
    return [*remembered, *emptied, SlotSet("lookup_open", True)]


class ActionManageBooking(TurnAction):
    """Shows, moves or cancels the visit that was looked up."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_manage_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do what was asked for, or say that nothing was found, without telling which of the two was wrong."""
        counted = [SlotSet("lookups", _lookups(tracker) + 1), SlotSet("lookup_open", False)]
        reference, phone = tracker.get_slot("lookup_reference") or "", tracker.get_slot("lookup_phone") or ""
        appointment = find_by_reference_and_phone(reference, phone)
        if appointment is None:
            dispatcher.utter_message(response="utter_lookup_failed")
            return counted
        return [*counted, *_work_on(tracker.get_slot("booking_task") or "show", appointment, dispatcher, tracker)]


def ask_to_cancel(appointment: Appointment, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask whether to cancel that visit, or say why it cannot be cancelled here."""
    return [SlotSet("booking_task", "cancel"), *_work_on("cancel", appointment, dispatcher, tracker)]


def cancel_managed(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
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


def is_refused(appointment: Appointment, dispatcher: CollectingDispatcher, *, changes: bool = True) -> bool:
    """Say why nothing can be done with the visit here: it is cancelled, over, or so soon that a change needs a call."""
    if not appointment.is_booked or appointment.visit.end <= wiring.now():
        dispatcher.utter_message(response="utter_booking_closed")
        return True
    if changes and not may_change(appointment, wiring.practice(), wiring.now()):
        dispatcher.utter_message(response="utter_past_cutoff", **visit_values(appointment.visit))
        return True
    return False


def _work_on(task: str, appointment: Appointment, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    values = visit_values(appointment.visit)
    managed = [SlotSet("booking_managed", appointment.reference)]
    if is_refused(appointment, dispatcher, changes=task in ("cancel", "move")):
        return managed
    if task == "show":
        dispatcher.utter_message(response="utter_booking_found", reference=appointment.reference, **values)
        return managed
    if task == "earlier":
        return [*managed, *_wait_for_earlier(appointment, dispatcher, tracker)]
    if task == "cancel":
        dispatcher.utter_message(response="utter_ask_cancel_visit", **values)
        return [*managed, SlotSet("offer", "cancel_visit")]
    dispatcher.utter_message(response="utter_moving_visit", **values)
    wish = wish_in(heard_from(tracker)) or tracker.get_slot("visit_wish")
    return [*managed, *opened_move(tracker, appointment, wish_from_json(wish) if wish else None), *_to_form()]


def _wait_for_earlier(appointment: Appointment, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Offer an earlier visit that is free now; without one keep the visitor on the waiting list."""
    wish = Wish(before=appointment.visit.start)
    offers = offers_for(tracker, wish, limit=1)
    if offers.met and may_change(appointment, wiring.practice(), wiring.now()):
        return [*opened_move(tracker, appointment, wish), *_to_form()]
    reference = appointment.reference
    request = WaitingRequest(reference, tracker.sender_id, reference, wish)
    try:
        join_waiting_list(request, now=wiring.now(), practice=wiring.practice())
    except AppointmentClosedError:
        dispatcher.utter_message(response="utter_booking_closed")
        return []
    reached = "utter_waiting_mail" if is_mailed(appointment) else "utter_waiting_phone"
    dispatcher.utter_message(
        response="utter_waiting",
        reached=phrase(reached),
        reference=reference,
        **visit_values(appointment.visit),
    )
    return []


def _to_form() -> Events:
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), FollowupAction("booking_form")]


def _lookups(tracker: Tracker) -> int:
    return int(tracker.get_slot("lookups") or 0)
