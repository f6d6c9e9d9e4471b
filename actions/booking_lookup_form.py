"""The form that asks for the reference number and the phone number of a booked visit."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answering_form import AnsweringForm
from actions.base import Domain
from actions.case_slots import heard_from
from actions.contact_form import Slots, checked_phone
from bot.booking.storage.references import reference_in
from bot.booking.words.contact_words import is_phone_try, phone_in


class ValidateBookingLookupForm(AnsweringForm):
    """Takes reference number and phone number in any order."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_booking_lookup_form"

    def extract_lookup_reference(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the reference number; what has digits or is one word is meant as one when it was asked for."""
        text = heard_from(tracker).text
        if found := reference_in(text):
            return {"lookup_reference": found}
        asked = tracker.get_slot(REQUESTED_SLOT) == "lookup_reference"
        meant = any(character.isdigit() for character in text) and phone_in(text) is None
        return {"lookup_reference": text} if asked and meant else {}

    def validate_lookup_reference(
        self, value: Any, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Take what looks like a reference number."""
        found = reference_in(str(value))
        if found is None:
            dispatcher.utter_message(response="utter_reference_invalid")
        return {"lookup_reference": found}

    def extract_lookup_phone(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the number, asked for or given beside the reference."""
        text = heard_from(tracker).text
        if phone := phone_in(text):
            return {"lookup_phone": phone}
        asked = tracker.get_slot(REQUESTED_SLOT) == "lookup_phone"
        return {"lookup_phone": text} if asked and is_phone_try(text) else {}

    def validate_lookup_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the number."""
        return checked_phone("lookup_phone", value, dispatcher, tracker)
