"""A person instead of the program: the phone number at once, and a call-back on wish."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.asked_beside import answer_asked
from actions.base import Events, TurnAction
from actions.booking_slots import LONGEST_REASON
from actions.case_slots import case_from, heard_from, urgency_from
from actions.contact_form import ContactForm
from bot.booking.appointments import request_call_back
from bot.booking.contact import written_phone
from bot.booking.visits import Contact
from bot.case import Urgency
from bot.errors import InstepError


class ActionOfferPerson(TurnAction):
    """Says how to reach a person; the call-back form follows."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_offer_person"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the phone number; nobody is to wait for a call in an emergency."""
        if urgency_from(tracker) is Urgency.EMERGENCY:
            dispatcher.utter_message(response="utter_call_emergency")
            return [SlotSet("call_back_open", False)]
        # The phone number is the answer to "a person, please"; what else was asked is answered first.
        answered = answer_asked(dispatcher, tracker, but=[heard_from(tracker).meaning.id])
        dispatcher.utter_message(response="utter_call_practice")
        return [*answered, SlotSet("call_back_open", True), SlotSet("question", None)]


class ValidateCallBackForm(ContactForm):
    """Takes name and phone number."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_call_back_form"


class ActionSubmitCallBack(TurnAction):
    """Stores the wish to be called."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_submit_call_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store it and say its reference."""
        contact = Contact(name=tracker.get_slot("visitor_name"), phone=tracker.get_slot("visitor_phone"))
        try:
            reference = ask_for_call(tracker, contact, case_from(tracker).complaint[:LONGEST_REASON])
        except InstepError:
            dispatcher.utter_message(response="utter_call_back_failed")
            return []
        dispatcher.utter_message(
            response="utter_call_back_stored",
            name=contact.name,
            phone=written_phone(contact.phone, wiring.practice().region),
            reference=reference,
        )
        return [SlotSet("outcome", "call_back")]


def ask_for_call(tracker: Tracker, contact: Contact, reason: str) -> str:
    """Store that the visitor is to be called, once for each name and number, and return the reference."""
    key = f"{contact.name}\n{contact.phone}"
    return request_call_back(tracker.sender_id, contact, reason, key, urgency=urgency_from(tracker))
