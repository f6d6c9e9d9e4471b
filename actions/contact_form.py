"""What the forms that ask who comes have in common: a name, a phone number, and where it helps an e-mail address."""

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
from bot.booking.contact import check_email, check_name, check_phone
from bot.booking.words.contact_words import (
    declines_email,
    declines_phone,
    email_in,
    is_phone_try,
    phone_in,
    phone_try_in,
)
from bot.booking.words.names import introduced_name
from bot.conversation.latest_message import LatestMessage
from bot.errors import ContactError
from bot.knowledge.model import Reply

Slots = dict[str, Any]

_CONTACT_SLOTS = frozenset({"visitor_name", "visitor_phone", "visitor_email"})
_NOTED_EARLY = "utter_details_noted"


class ContactForm(AnsweringForm, ABC):
    """Fills `visitor_name` and `visitor_phone`. A concrete form lists both in `domain.yml`.

    An `extract_` method returns what was meant as the answer, right or wrong, or nothing, which lets the message
    interrupt the form. A `validate_` method checks it and says what is wrong. What is known and good is replaced by
    something good only.
    """

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    def extract_visitor_name(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the name when it was asked for, or was given without being asked."""
        asked, heard = tracker.get_slot(REQUESTED_SLOT), heard_from(tracker)
        if tracker.get_slot("visitor_name") and introduced_name(heard.text) is None:
            return {}
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
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if heard.meaning.pressed:
            return {}
        if phone := phone_in(heard.text):
            usable = _is_phone(phone)
            return {"visitor_phone": phone} if usable or not tracker.get_slot("visitor_phone") else {}
        if tracker.get_slot("visitor_phone") or asked not in ("visitor_name", "visitor_phone"):
            return {}
        tried = phone_try_in(heard.text)
        if asked == "visitor_phone" and is_phone_try(heard.text):
            tried = heard.text
        return {"visitor_phone": tried} if tried else {}

    def validate_visitor_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the number."""
        checked = checked_phone("visitor_phone", value, dispatcher, tracker)
        if checked["visitor_phone"]:
            note_early(dispatcher, tracker)
        return checked


class MailedContactForm(ContactForm, ABC):
    """Fills `visitor_email` too, which is asked for with the rest; one of number and address is enough."""

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    def extract_visitor_phone(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Return the number; empty when the visitor would rather be reached by mail."""
        extracted = super().extract_visitor_phone(dispatcher, tracker, domain)
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if extracted or tracker.get_slot("visitor_phone") or asked not in _CONTACT_SLOTS:
            return extracted
        refused = asked == "visitor_phone" and heard.meaning.reply in (Reply.NO, Reply.SKIP)
        return {"visitor_phone": ""} if refused or declines_phone(heard.text) else {}

    def validate_visitor_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Check the number; the address was asked for with it, and who gives none wants none."""
        told = email_in(heard_from(tracker).text)
        if value == "":
            if told or tracker.get_slot("visitor_email"):
                return {"visitor_phone": ""}
            dispatcher.utter_message(response="utter_one_way_needed")
            return {"visitor_phone": None}
        checked = super().validate_visitor_phone(value, dispatcher, tracker, domain)
        unmailed = tracker.get_slot("visitor_email") is None and told is None
        return {**checked, "visitor_email": ""} if checked["visitor_phone"] and unmailed else checked

    def extract_visitor_email(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the address; empty when the visitor would rather not give one."""
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if email := email_in(heard.text):
            return {"visitor_email": email} if _is_email(email) or not tracker.get_slot("visitor_email") else {}
        if asked not in _CONTACT_SLOTS or tracker.get_slot("visitor_email"):
            return {}
        refused = asked == "visitor_email" and heard.meaning.reply in (Reply.SKIP, Reply.NO)
        if refused or (declines_email(heard.text) and not declines_phone(heard.text)):
            return {"visitor_email": ""}
        return {"visitor_email": heard.text} if asked == "visitor_email" and _is_email_try(heard) else {}

    def validate_visitor_email(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the address."""
        if not value:
            if tracker.get_slot("visitor_phone") == "":
                dispatcher.utter_message(response="utter_one_way_needed")
                return {"visitor_email": None}
            return {"visitor_email": ""}
        try:
            email = check_email(str(value))
            if tracker.get_slot(REQUESTED_SLOT) == "visitor_phone" and phone_in(heard_from(tracker).text) is None:
                # The number is asked for again; what came instead is not lost.
                told = phrase("utter_part_email", value=email)
                dispatcher.utter_message(response=_NOTED_EARLY, details=told)
            return {"visitor_email": email}
        except ContactError:
            dispatcher.utter_message(response="utter_email_invalid")
            return {"visitor_email": None}


def checked_phone(slot: str, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots:
    """Return the slot with the number as it is stored; None where it is none, which is said where it was asked for."""
    try:
        return {slot: check_phone(str(value), wiring.practice().region)}
    except ContactError:
        if tracker.get_slot(REQUESTED_SLOT) in (slot, "visitor_name"):
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


def _is_phone(text: str) -> bool:
    try:
        return bool(check_phone(text, wiring.practice().region))
    except ContactError:
        return False


def _is_email(text: str) -> bool:
    try:
        return bool(check_email(text))
    except ContactError:
        return False


def _is_email_try(heard: LatestMessage) -> bool:
    return " " not in heard.text.strip() and "." in heard.text
