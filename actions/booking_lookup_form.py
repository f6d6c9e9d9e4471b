"""The form that finds a booked visit: by reference and phone number, or by name, phone number and a code."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.answering_form import AnsweringForm
from actions.base import Domain, Events, TurnAction
from actions.case_slots import heard_from
from actions.contact_form import Slots, checked_phone
from actions.contact_words import name_in, name_unasked
from actions.lookup import LOST, MOST_LOOKUPS, NEW_VISIT, lookups
from bot.booking.contact import check_name
from bot.booking.proof_codes import proved_visit, send_code, sends_codes
from bot.booking.storage.references import reference_in
from bot.booking.words.contact_words import is_phone_try, phone_in
from bot.booking.words.managing_words import code_in, says_no_code, says_reference_lost, wants_new_visit
from bot.errors import ContactError
from bot.knowledge.model import Reply

NO_CODE = "-"
"""Value of the slot `lookup_code` of somebody whom no code reaches."""

_REFUSALS = (Reply.NO, Reply.SKIP, Reply.UNSURE)


class ValidateBookingLookupForm(AnsweringForm):
    """Takes reference, phone number and name in any order."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_booking_lookup_form"

    async def next_requested_slot(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any] | None:
        """Return the event that asks for the next detail that is needed, or ends the form."""
        if tracker.get_slot("booking_task") == NEW_VISIT:
            ended: dict[str, Any] = SlotSet(REQUESTED_SLOT, None)
            return ended
        missing = (slot for slot in _needed(tracker) if tracker.get_slot(slot) is None)
        requested: dict[str, Any] = SlotSet(REQUESTED_SLOT, next(missing, None))
        return requested

    def extract_lookup_reference(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the reference number, or that it is lost; what has digits was meant as one when it was asked for."""
        heard = heard_from(tracker)
        if found := reference_in(heard.text):
            return {"lookup_reference": found}
        if not heard.entities and wants_new_visit(heard.text):
            return {"lookup_reference": NEW_VISIT}
        if tracker.get_slot(REQUESTED_SLOT) != "lookup_reference":
            return {}
        # Who answers with name or number has no reference at hand.
        beside = phone_in(heard.text) is not None or name_unasked(heard) is not None
        if heard.meaning.reply in _REFUSALS or says_reference_lost(heard.text) or beside:
            return {"lookup_reference": LOST}
        return {"lookup_reference": heard.text} if any(character.isdigit() for character in heard.text) else {}

    def validate_lookup_reference(
        self, value: Any, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Take what looks like a reference number."""
        if value == NEW_VISIT:
            return {"lookup_reference": LOST, "booking_task": NEW_VISIT}
        if value == LOST:
            return {"lookup_reference": LOST}
        found = reference_in(str(value))
        if found is None:
            dispatcher.utter_message(response="utter_reference_invalid")
        return {"lookup_reference": found}

    def extract_lookup_phone(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the number, asked for or given beside the rest."""
        text, asked = heard_from(tracker).text, tracker.get_slot(REQUESTED_SLOT)
        if asked == "lookup_code":
            return {}
        if phone := phone_in(text):
            return {"lookup_phone": phone}
        return {"lookup_phone": text} if asked == "lookup_phone" and is_phone_try(text) else {}

    def validate_lookup_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the number."""
        return checked_phone("lookup_phone", value, dispatcher, tracker)

    def extract_lookup_name(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the name, asked for or given beside the rest."""
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if reference_in(heard.text):
            return {}
        name = name_in(heard) if asked == "lookup_name" else name_unasked(heard)
        return {"lookup_name": name} if name and asked != "lookup_code" else {}

    def validate_lookup_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the name."""
        try:
            return {"lookup_name": check_name(str(value))}
        except ContactError:
            if tracker.get_slot(REQUESTED_SLOT) == "lookup_name":
                dispatcher.utter_message(response="utter_name_invalid")
            return {"lookup_name": None}

    def extract_lookup_code(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the code, or that none came, when it was asked for."""
        heard = heard_from(tracker)
        if tracker.get_slot(REQUESTED_SLOT) != "lookup_code":
            return {}
        if code := code_in(heard.text):
            return {"lookup_code": code}
        none = heard.meaning.reply in _REFUSALS or says_no_code(heard.text)
        return {"lookup_code": NO_CODE} if none else {}

    def validate_lookup_code(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Keep a code that is right; after too many wrong ones go on as if none had come."""
        name, phone = tracker.get_slot("lookup_name") or "", tracker.get_slot("lookup_phone") or ""
        if value == NO_CODE or proved_visit(name, phone, str(value), wiring.now()):
            return {"lookup_code": value}
        tries = lookups(tracker) + 1
        if tries >= MOST_LOOKUPS:
            return {"lookup_code": NO_CODE, "lookups": tries}
        dispatcher.utter_message(response="utter_code_wrong")
        return {"lookup_code": None, "lookups": tries}


class ActionAskLookupCode(TurnAction):
    """Sends a code and asks for it."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_booking_lookup_form_lookup_code"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Send it once; the same is said whether or not there is such a visit, so that nobody learns who has one."""
        if tracker.get_slot("code_sent"):
            dispatcher.utter_message(response="utter_ask_code_again")
            return []
        name, phone = tracker.get_slot("lookup_name") or "", tracker.get_slot("lookup_phone") or ""
        send_code(name, phone, tracker.sender_id, wiring.now())
        dispatcher.utter_message(response="utter_ask_code")
        return [SlotSet("code_sent", True)]


def _needed(tracker: Tracker) -> tuple[str, ...]:
    """Return what has to be told; to come late, or without a reference, a name does in place of it."""
    reference = tracker.get_slot("lookup_reference")
    if reference == LOST or (reference is None and tracker.get_slot("booking_task") == "late"):
        proof = tracker.get_slot("booking_task") != "late" and sends_codes()
        return ("lookup_name", "lookup_phone", *(("lookup_code",) if proof else ()))
    return ("lookup_reference", "lookup_phone")
