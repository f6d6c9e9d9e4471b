"""A person instead of the program: the phone number at once, and a call or a mail on wish."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.asked_beside import answer_asked
from actions.base import Domain, Events, TurnAction
from actions.call_details import (
    CALL_BACK,
    SLOT,
    added_details,
    ask_for_call,
    contact_told,
    is_reachable,
    is_waiting,
    known_contact,
    reason_of_call,
    where_reached,
)
from actions.case_slots import heard_from, urgency_from
from actions.contact_form import Slots
from actions.contact_once import ANGRY, ASKED, ContactOnceForm, ask_at_most, asked_now, is_frustrated
from actions.wiring import phrase
from bot.booking.words.call_words import sounds_impatient
from bot.case import Urgency
from bot.errors import InstepError

_CALL = "call"


class ActionOfferPerson(TurnAction):
    """Says how to reach a person, and asks in the same bubble for what a call needs; the call-back form follows."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_offer_person"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the phone number; nobody is to wait for a call in an emergency, and nobody is asked twice."""
        if urgency_from(tracker) is Urgency.EMERGENCY:
            dispatcher.utter_message(response="utter_call_emergency")
            return [SlotSet("call_back_open", False)]
        # The phone number is the answer to "a person, please"; what else was asked is answered first.
        heard = heard_from(tracker)
        answered = answer_asked(dispatcher, tracker, but=[heard.meaning.id])
        noted = [*answered, SlotSet("question", None), SlotSet(SLOT, added_details(tracker))]
        if _can_answer(tracker):
            return [*noted, SlotSet("call_back_open", True)]
        if tracker.active_loop_name == CALL_BACK:
            dispatcher.utter_message(response="utter_call_now")
            return [*noted, SlotSet("call_back_open", False), ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
        if tracker.get_slot("contact_refused"):
            dispatcher.utter_message(response="utter_call_practice_only")
            return [*noted, SlotSet("call_back_open", False)]
        hurries = is_frustrated(heard) or sounds_impatient(heard.text)
        dispatcher.utter_message(response="utter_call_practice_sorry" if hurries else heard.meaning.response)
        # Who asks for a mail instead is not to be called at a number that was told for something else.
        unwished = [] if heard.meaning.response == _CALLED else [SlotSet("visitor_phone", None)]
        return [*noted, *unwished, SlotSet("call_back_open", True), SlotSet(ASKED, asked_now(tracker, _CALL))]


_CALLED = "utter_call_practice"


def _can_answer(tracker: Tracker) -> bool:
    """Return whether the way to answer that is wished for is known."""
    if contact_told(tracker):
        return True
    return is_reachable(tracker) and heard_from(tracker).meaning.response == _CALLED


def opened_call(tracker: Tracker) -> Events:
    """Return the events that start the call-back form after an answer that has asked for name and number."""
    emergency = urgency_from(tracker) is Urgency.EMERGENCY
    stopped = emergency or tracker.active_loop_name or tracker.get_slot("contact_refused")
    if stopped or not is_waiting(tracker) or is_reachable(tracker):
        return []
    asked = SlotSet(ASKED, asked_now(tracker, _CALL))
    return [asked, SlotSet("call_back_open", True), FollowupAction(CALL_BACK)]


class ValidateCallBackForm(ContactOnceForm):
    """Takes number or address, name, and what is said about reason and time."""

    unasked = ("contact_refused", SLOT)

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_call_back_form"

    def extract_call_details(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return what is said about the call, where something is said about it."""
        details = added_details(tracker)
        known: dict[str, Any] = tracker.get_slot(SLOT) or {}
        told = any(details[key] != known.get(key, "") for key in ("about", "words"))
        return {SLOT: details} if told else {}


class ActionAskCallBackContact(TurnAction):
    """Asks for name and number, once with the offer and once more in a few words."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_call_back_form_visitor_phone"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask; a name that was told is not asked for again."""
        again = "utter_ask_call_number" if tracker.get_slot("visitor_name") else "utter_ask_contact_again"
        return ask_at_most(dispatcher, tracker, _CALL, ("utter_ask_call_contact", again))


class ActionSubmitCallBack(TurnAction):
    """Stores the wish to be called."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_submit_call_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store it and say its reference; a refusal is taken kindly."""
        if not is_reachable(tracker):
            return _not_called(dispatcher, tracker)
        contact = known_contact(tracker)
        try:
            reference = ask_for_call(tracker, contact, reason_of_call(tracker))
        except InstepError:
            dispatcher.utter_message(response="utter_call_back_failed")
            return []
        dispatcher.utter_message(
            response="utter_call_back_stored" if contact.phone else "utter_mail_back_stored",
            thanks=phrase("utter_part_thanks_name", name=contact.name) if contact.name else phrase("utter_part_thanks"),
            where=where_reached(contact),
            passed_on=_passed_on(tracker),
            reference=reference,
        )
        return [SlotSet("outcome", "call_back"), SlotSet(SLOT, None), SlotSet(ASKED, None)]


def _not_called(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the phone number to somebody who has told no number, unless the form was left for something else."""
    refused = tracker.get_slot("contact_refused")
    if refused and tracker.get_slot(ASKED):
        dispatcher.utter_message(response="utter_call_now" if refused == ANGRY else "utter_call_refused")
    return [SlotSet("call_back_open", False), SlotSet(ASKED, None)]


def _passed_on(tracker: Tracker) -> str:
    """Return what staff are told with the call, in the visitor's words; empty where there is nothing."""
    details: dict[str, Any] = tracker.get_slot(SLOT) or {}
    told = [details[key] for key in ("about", "words") if details.get(key)]
    return phrase("utter_part_passed_on", details=", ".join(told)) if told else ""
