"""A message to the practice, or a comment: taken in a few words, stored for staff, never published."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.asked_beside import answer_asked
from actions.base import Domain, Events, TurnAction
from actions.call_details import PERSON, is_reachable, known_contact, where_reached
from actions.case_slots import heard_from
from actions.contact_form import Slots
from actions.contact_once import ASKED, ContactOnceForm, ask_at_most
from actions.message_details import KIND, WORDS, is_comment, store_message, words_told
from bot.booking.words.call_words import without_contact
from bot.case import ActKind


class ActionOpenMessage(TurnAction):
    """Begins a message to the practice; the message form follows."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_open_message"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Take the words where the message has them already; what else was asked is answered first."""
        heard = heard_from(tracker)
        answered = answer_asked(dispatcher, tracker, but=[heard.meaning.id])
        told = [SlotSet(KIND, heard.meaning.topic), SlotSet(WORDS, words_told(heard, heard.meaning))]
        return [*answered, *told, SlotSet("contact_refused", None), SlotSet(ASKED, None), SlotSet("question", None)]


class ValidateMessageForm(ContactOnceForm):
    """Takes the words first, then number or address and name."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_message_form"

    def is_told(self, tracker: Tracker) -> bool:
        """Return whether the words are known, or none will come."""
        return bool(tracker.get_slot(WORDS) or tracker.get_slot("contact_refused"))

    def extract_practice_message(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the text when the words were asked for; a question to the practice interrupts the form."""
        heard = heard_from(tracker)
        if tracker.get_slot(REQUESTED_SLOT) != WORDS or heard.meaning.practice or heard.meaning.topic == PERSON:
            return {}
        says_nothing = heard.meaning.reply is not None or heard.meaning.topic == "stop"
        bare = without_contact(heard.text).strip(" ,.;")
        return {} if says_nothing or not bare else {WORDS: heard.text}

    def extract_contact_refused(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Return that the visitor would rather not say; thanks and anger may be the message itself."""
        if tracker.get_slot(REQUESTED_SLOT) == WORDS and heard_from(tracker).meaning.act is ActKind.REACT:
            return {}
        return super().extract_contact_refused(dispatcher, tracker, domain)


class ActionAskMessageWords(TurnAction):
    """Asks what to pass on."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_message_form_practice_message"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask once, and once more in a few words."""
        first = "utter_ask_comment" if is_comment(tracker) else "utter_ask_message"
        return ask_at_most(dispatcher, tracker, "words", (first, "utter_ask_message_again"))


class ActionAskMessageContact(TurnAction):
    """Stores the words, and asks once where an answer may go."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_message_form_visitor_phone"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store first: who leaves without a number has left the message all the same."""
        store_message(tracker)
        response = "utter_ask_comment_contact" if is_comment(tracker) else "utter_ask_message_contact"
        return ask_at_most(dispatcher, tracker, "contact", (response,))


class ActionSubmitMessage(TurnAction):
    """Stores the message with the way to answer it."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_submit_message"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what becomes of it; say nothing where the visitor went on with something else."""
        emptied = [SlotSet(slot, None) for slot in (KIND, WORDS, ASKED, "contact_refused")]
        if not tracker.get_slot(WORDS):
            dispatcher.utter_message(response="utter_message_not_left")
            return emptied
        store_message(tracker)
        if is_reachable(tracker):
            dispatcher.utter_message(response="utter_message_left", where=where_reached(known_contact(tracker)))
        elif tracker.get_slot("contact_refused"):
            dispatcher.utter_message(response="utter_message_left_unanswered")
        return emptied
