"""The base of the forms that ask for a name and a number once, together, and take no for an answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.base import Domain, Events
from actions.case_slots import heard_at, heard_from
from actions.contact_form import ContactForm, Slots
from bot.booking.contact import check_email, check_name, check_phone
from bot.booking.words.call_words import call_time_in
from bot.booking.words.contact_words import email_in, is_phone_try, phone_in
from bot.booking.words.names import name_in
from bot.case import ActKind
from bot.conversation.latest_message import LatestMessage
from bot.errors import ContactError
from bot.knowledge.model import Reply

ASKED = "contact_asked"
"""Slot: what was asked for (`what`), how often (`times`) and at which message last (`at`)."""

REFUSED, ANGRY = "refused", "angry"
"""Values of the slot `contact_refused`."""


class ContactOnceForm(ContactForm, ABC):
    """Fills `visitor_phone` or `visitor_email`, and `visitor_name` where it is told; one way to answer is enough.

    A concrete form lists these three in `domain.yml`, `visitor_phone` as the first of them: that is the one that is
    asked for.

    Attributes:
        unasked: slots that are taken where they are told and never asked for.
    """

    unasked: ClassVar[tuple[str, ...]] = ("contact_refused",)

    @abstractmethod
    def name(self) -> str:
        """Return the name in `domain.yml`."""

    async def required_slots(
        self,
        domain_slots: list[str],
        _dispatcher: CollectingDispatcher,
        _tracker: Tracker,
        _domain: Domain,
    ) -> list[str]:
        """Return the slots of the form with those that are never asked for."""
        return [*domain_slots, *self.unasked]

    async def next_requested_slot(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any] | None:
        """Return the event that ends the form once there is a number, an address or a refusal, else None."""
        reached = tracker.get_slot("visitor_phone") or tracker.get_slot("visitor_email")
        ended: dict[str, Any] = SlotSet(REQUESTED_SLOT, None)
        return ended if self.is_told(tracker) and (reached or tracker.get_slot("contact_refused")) else None

    def is_told(self, _tracker: Tracker) -> bool:
        """Return whether everything but the contact is known."""
        return True

    def extract_visitor_name(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Return the name: with the number also what stands before it, without one no words about a time."""
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT) == "visitor_phone"
        if phone_in(heard.text) or email_in(heard.text):
            name = name_in(heard.text, asked=True)
            return {"visitor_name": name} if name else {}
        if _says_when(heard):
            return {}
        if asked:
            tracker = tracker.copy()
            tracker.slots[REQUESTED_SLOT] = "visitor_name"
        return super().extract_visitor_name(dispatcher, tracker, domain)

    def validate_visitor_name(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Keep a name; what is none is left out without a word, because a number is enough."""
        try:
            return {"visitor_name": check_name(str(value))}
        except ContactError:
            return {"visitor_name": tracker.get_slot("visitor_name")}

    def extract_visitor_phone(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the text with the number in it, so that an extension behind it counts."""
        heard = heard_from(tracker)
        if heard.meaning.pressed:
            return {}
        asked = tracker.get_slot(REQUESTED_SLOT) == "visitor_phone"
        tried = asked and is_phone_try(heard.text) and not _says_when(heard)
        if phone_in(heard.text) or tried:
            return {"visitor_phone": heard.text}
        # A "yes" takes the offer; the number is still missing.
        return {"visitor_phone": None} if asked and heard.meaning.reply is Reply.YES else {}

    def validate_visitor_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the number; what is wrong with it is said, and is the question at once."""
        if value is None:
            return {"visitor_phone": None}
        try:
            return {"visitor_phone": check_phone(str(value), wiring.practice().region)}
        except ContactError:
            dispatcher.utter_message(response="utter_phone_invalid")
            return {"visitor_phone": None, ASKED: asked_again(tracker)}

    def extract_visitor_email(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the address that the message holds."""
        email = email_in(heard_from(tracker).text)
        return {"visitor_email": email} if email else {}

    def validate_visitor_email(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the address; beside a number it is left out without a word."""
        try:
            return {"visitor_email": check_email(str(value))}
        except ContactError:
            if phone_in(heard_from(tracker).text):
                return {"visitor_email": None}
            dispatcher.utter_message(response="utter_contact_email_invalid")
            return {"visitor_email": None, ASKED: asked_again(tracker)}

    def extract_contact_refused(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return that the visitor would rather not say, or has had enough."""
        heard = heard_from(tracker)
        if tracker.get_slot(REQUESTED_SLOT) is None or phone_in(heard.text) or email_in(heard.text):
            return {}
        if is_frustrated(heard):
            return {"contact_refused": ANGRY}
        meaning = heard.meaning
        leaves = meaning.courtesy and meaning.act is ActKind.REACT
        refuses = meaning.reply in (Reply.NO, Reply.SKIP) or meaning.topic == "stop" or leaves
        return {"contact_refused": REFUSED} if refuses else {}


def is_frustrated(heard: LatestMessage) -> bool:
    """Return whether the visitor says to have lost patience."""
    named = [heard.meaning, *(wiring.meanings().of(act.intent) for act in heard.reading.acts)]
    return any(meaning.topic == "frustration" for meaning in named)


def ask_at_most(
    dispatcher: CollectingDispatcher, tracker: Tracker, what: str, responses: Sequence[str], **values: str
) -> Events:
    """Ask in the next of these words, none of them twice; after the last one close the form without a word.

    In a message's turn that has asked already nothing is said.

    Args:
        dispatcher: takes what is said.
        tracker: of the conversation.
        what: what is asked for; another thing begins with the first words.
        responses: the words, in order.
        values: their placeholders.
    """
    asked = _asked(tracker, what)
    if asked["at"] == heard_at(tracker) and asked["times"]:
        return []
    if asked["times"] >= len(responses):
        return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
    dispatcher.utter_message(response=responses[asked["times"]], **values)
    return [SlotSet(ASKED, asked_now(tracker, what))]


def asked_now(tracker: Tracker, what: str) -> dict[str, Any]:
    """Return the value of the slot `contact_asked` once it has been asked for."""
    return {"what": what, "times": _asked(tracker, what)["times"] + 1, "at": heard_at(tracker)}


def asked_again(tracker: Tracker) -> dict[str, Any]:
    """Return the value of the slot `contact_asked` after other words have asked for the same."""
    asked: dict[str, Any] = tracker.get_slot(ASKED) or {"what": "", "times": 0}
    return {**asked, "at": heard_at(tracker)}


def _asked(tracker: Tracker, what: str) -> dict[str, Any]:
    asked: dict[str, Any] = tracker.get_slot(ASKED) or {}
    return asked if asked.get("what") == what else {"what": what, "times": 0, "at": None}


def _says_when(heard: LatestMessage) -> bool:
    return bool(call_time_in(heard.text, wiring.now(), wiring.practice()).words)
