"""What the booking form and the call-back form have in common: a name and a phone number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.answering_form import AnsweringForm
from actions.base import Domain
from actions.case_slots import heard_from
from actions.contact_words import name_in, name_unasked
from actions.wiring import phrase
from bot.booking.contact import check_name, check_phone
from bot.booking.words.contact_words import email_in, is_phone_try, phone_in
from bot.errors import ContactError

Slots = dict[str, Any]

_CONTACT_SLOTS = frozenset({"visitor_name", "visitor_phone", "visitor_email"})
_NOTED_EARLY = "utter_details_noted"


class ContactForm(AnsweringForm, ABC):
    """Fills `visitor_name` and `visitor_phone`. A concrete form lists both in `domain.yml`.

    An `extract_` method returns what was meant as the answer, right or wrong, or nothing, which lets the message
    interrupt the form. A `validate_` method checks it and says what is wrong.
    """

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    def extract_visitor_name(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the name when it was asked for, or was given without being asked."""
        asked, heard = tracker.get_slot(REQUESTED_SLOT), heard_from(tracker)
        # A reason may look like a name; beside a number or an address it is one.
        may_be_reason = asked == "visit_reason" and not (phone_in(heard.text) or email_in(heard.text))
        unasked = None if may_be_reason else name_unasked(heard)
        name = name_in(heard) if asked == "visitor_name" else unasked
        return {"visitor_name": name} if name else {}

    def validate_visitor_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the name."""
        try:
            name = check_name(str(value))
        except ContactError:
            dispatcher.utter_message(response="utter_name_invalid")
            return {"visitor_name": None}
        note_early(dispatcher, tracker)
        return {"visitor_name": name}

    def extract_visitor_phone(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the number when it was asked for, or was given without being asked."""
        text = heard_from(tracker).text
        phone = phone_in(text)
        if phone and not heard_from(tracker).meaning.pressed:
            return {"visitor_phone": phone}
        asked = tracker.get_slot(REQUESTED_SLOT) == "visitor_phone"
        return {"visitor_phone": text} if asked and is_phone_try(text) else {}

    def validate_visitor_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the number."""
        checked = checked_phone("visitor_phone", value, dispatcher, tracker)
        if checked["visitor_phone"]:
            note_early(dispatcher, tracker)
        return checked


def checked_phone(slot: str, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots:
    """Return the slot with the number as it is stored; None where it is none, which is said where it was asked for."""
    try:
        return {slot: check_phone(str(value), wiring.practice().region)}
    except ContactError:
        if tracker.get_slot(REQUESTED_SLOT) == slot:
            dispatcher.utter_message(response="utter_phone_invalid")
        return {slot: None}


def note_early(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Thank once for contact details of the message that were not asked for yet."""
    asked = tracker.get_slot(REQUESTED_SLOT) in _CONTACT_SLOTS
    if asked or any(message.get("response") == _NOTED_EARLY for message in dispatcher.messages):
        return
    text = heard_from(tracker).text
    name = name_unasked(heard_from(tracker))
    parts = {"utter_part_name": name, "utter_part_phone": phone_in(text), "utter_part_email": email_in(text)}
    told = [phrase(part, value=value) for part, value in parts.items() if value]
    if told:
        dispatcher.utter_message(response=_NOTED_EARLY, details=", ".join(told))
