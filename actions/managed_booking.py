"""Finds a booked visit again and shows, moves or cancels it, or tells staff that somebody comes late."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.asked_beside import answer_asked
from actions.base import BOOKING, Events, TurnAction
from actions.booking_slots import coming_visits, opened_booking, opened_move, visit_values
from actions.call_details import ask_for_call
from actions.cancelling import ask_to_cancel, is_refused, take_cancel_answer
from actions.case_slots import heard_from
from actions.lookup import LOST, MOST_LOOKUPS, NEW_VISIT, lookups
from actions.open_forms import stop_form
from actions.waiting_list import open_waiting_list, wait_for_earlier
from actions.wiring import phrase
from actions.wish_slots import wish_in
from bot.booking.appointments import find_by_reference, find_by_reference_and_phone
from bot.booking.lateness import NOTE_MAX, note_lateness
from bot.booking.proof_codes import proved_visit, visit_under
from bot.booking.storage.references import reference_in, tidy_reference
from bot.booking.visits import Appointment, Contact
from bot.booking.wish_json import wish_from_json
from bot.booking.words.managing_words import names_own_visit, says_reference_lost, wants_new_visit
from bot.conversation.latest_message import LatestMessage
from bot.errors import InstepError

_TASKS = {
    "show": "utter_part_task_show",
    "move": "utter_part_task_move",
    "cancel": "utter_part_task_cancel",
    "earlier": "utter_part_task_earlier",
}

_OF_A_VISIT = ("show", "move")
"""Tasks that are read in the words of somebody who has no visit yet and wants one."""


class ActionFindBooking(TurnAction):
    """Finds the visit that the visitor wants to see, move or cancel, or comes late to."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_find_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do it at once with a visit that is known; else the form asks for what proves who it is."""
        cancels = heard_from(tracker).meaning.topic == "cancel"
        if cancels and (done := take_cancel_answer(dispatcher, tracker)) is not None:
            return [*done, SlotSet("lookup_open", False)]
        answered = answer_asked(dispatcher, tracker, but=[heard_from(tracker).meaning.id])
        return [*answered, *_find(dispatcher, tracker)]


def _find(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    heard = heard_from(tracker)
    lost = "lost" in heard.values("detail") or says_reference_lost(heard.text)
    task = (lost and tracker.get_slot("booking_task")) or heard.meaning.topic
    remembered = [SlotSet("booking_task", task), SlotSet("visit_wish", wish_in(heard)), SlotSet("offer", None)]
    remembered.append(SlotSet("visit_note", heard.text[:NOTE_MAX]))
    closed = SlotSet("lookup_open", False)
    if known := _known_visit(heard, tracker):
        return [*remembered, closed, *_work_on(task, known, dispatcher, tracker, note=heard.text)]
    if task == "cancel" and tracker.active_loop_name == BOOKING and not reference_in(heard.text):
        # Nothing is booked here: the booking that is being made is meant.
        return [closed, *stop_form(dispatcher, tracker)]
    if tracker.active_loop_name == BOOKING and task == "show" and not reference_in(heard.text):
        # Nothing is booked here, and a booking is being made: whether that one is booked is asked.
        dispatcher.utter_message(response="utter_not_booked_yet")
        return [closed]
    if task in _OF_A_VISIT and not reference_in(heard.text) and wants_new_visit(heard.text):
        return [closed, *opened_booking(tracker), FollowupAction("booking_form")]
    if task == "earlier" and not reference_in(heard.text) and not names_own_visit(heard.text):
        return [*remembered, closed, *open_waiting_list(dispatcher, tracker)]
    if lookups(tracker) >= MOST_LOOKUPS:
        dispatcher.utter_message(response="utter_lookup_limit")
        return [closed]
    reference = reference_in(heard.text) or (LOST if lost else None)
    emptied = dict.fromkeys(("lookup_phone", "lookup_name", "lookup_code", "code_sent"))
    opened = {"lookup_reference": reference, **emptied, "lookup_open": True}
    return [*remembered, *(SlotSet(slot, value) for slot, value in opened.items())]


def _known_visit(heard: LatestMessage, tracker: Tracker) -> Appointment | None:
    """Return the visit of this conversation, or the one that was proved here; the one whose reference is named."""
    managed = find_by_reference(tracker.get_slot("booking_managed") or tracker.get_slot("moving") or "")
    proved = [managed] if managed and managed.is_booked and managed.visit.end > wiring.now() else []
    known = [*proved, *coming_visits(tracker)]
    if named := reference_in(heard.text):
        return next((one for one in known if one.reference == tidy_reference(named)), None)
    return known[0] if known else None


class ActionManageBooking(TurnAction):
    """Shows, moves or cancels the visit that was looked up."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_manage_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do what was asked for, or say that nothing was found, without telling which of the two was wrong."""
        counted = [SlotSet("lookups", lookups(tracker) + 1), SlotSet("lookup_open", False)]
        task, reference = tracker.get_slot("booking_task") or "show", tracker.get_slot("lookup_reference") or LOST
        if task == NEW_VISIT:
            return [SlotSet("lookup_open", False), *opened_booking(tracker), FollowupAction("booking_form")]
        found = _proved(tracker, reference)
        if task == "late":
            return [*counted, *_pass_lateness_on(found, dispatcher, tracker)]
        if found is not None:
            return [*counted, *_work_on(task, found, dispatcher, tracker)]
        if reference == LOST:
            return [*counted, *_call_to_prove(task, dispatcher, tracker)]
        dispatcher.utter_message(response="utter_lookup_failed")
        return counted


def _proved(tracker: Tracker, reference: str) -> Appointment | None:
    """Return the visit that reference and number, or name, number and code prove; who comes late needs no code."""
    name, phone = tracker.get_slot("lookup_name") or "", tracker.get_slot("lookup_phone") or ""
    if reference != LOST:
        return find_by_reference_and_phone(reference, phone)
    if tracker.get_slot("booking_task") == "late":
        return visit_under(name, phone, wiring.now())
    code = tracker.get_slot("lookup_code")
    return proved_visit(name, phone, code, wiring.now()) if code else None


def _pass_lateness_on(found: Appointment | None, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell staff; the same is said whether or not a visit was found, so that nobody learns who has one."""
    note = tracker.get_slot("visit_note") or ""
    contact = Contact(name=tracker.get_slot("lookup_name") or "", phone=tracker.get_slot("lookup_phone") or "")
    try:
        if found is not None:
            note_lateness(found.reference, note, now=wiring.now())
        else:
            ask_for_call(tracker, contact, note)
    except InstepError:
        dispatcher.utter_message(response="utter_lateness_failed")
        return []
    dispatcher.utter_message(response="utter_lateness_passed_on")
    return []


def _call_to_prove(task: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask the practice to call, because nothing proves who asks."""
    contact = Contact(name=tracker.get_slot("lookup_name"), phone=tracker.get_slot("lookup_phone"))
    reason = phrase("utter_part_lost_reference", task=phrase(_TASKS.get(task, _TASKS["show"])))
    try:
        ask_for_call(tracker, contact, reason)
    except InstepError:
        dispatcher.utter_message(response="utter_call_back_failed")
        return []
    dispatcher.utter_message(response="utter_lookup_call_back")
    return [SlotSet("outcome", "call_back")]


def _work_on(
    task: str, appointment: Appointment, dispatcher: CollectingDispatcher, tracker: Tracker, *, note: str = ""
) -> Events:
    values = visit_values(appointment.visit)
    managed = [SlotSet("booking_managed", appointment.reference)]
    if task == "cancel":
        return ask_to_cancel(appointment, dispatcher)
    if is_refused(appointment, dispatcher, changes=task == "move"):
        return managed
    if task == "show":
        dispatcher.utter_message(response="utter_booking_found", reference=appointment.reference, **values)
        return managed
    if task == "late":
        note_lateness(appointment.reference, note[:NOTE_MAX], now=wiring.now())
        dispatcher.utter_message(response="utter_lateness_noted", **values)
        return managed
    if task == "earlier":
        return [*managed, *wait_for_earlier(appointment, dispatcher, tracker)]
    dispatcher.utter_message(response="utter_moving_visit", **values)
    wish = wish_in(heard_from(tracker), appointment.visit) or tracker.get_slot("visit_wish")
    opened = opened_move(tracker, appointment, wish_from_json(wish) if wish else None)
    return [*managed, *opened, ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), FollowupAction("booking_form")]
