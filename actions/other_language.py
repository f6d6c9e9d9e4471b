"""A message in another language: the phone at once, and an entry that staff see."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, TurnAction
from actions.call_details import (
    LONGEST_REASON,
    SLOT,
    ask_for_call,
    contact_told,
    known_contact,
    phrase_of_other_language,
    reason_of_call,
    where_reached,
)
from actions.case_slots import heard_from
from bot.booking.practice_messages import leave_message, messages_of
from bot.booking.requests import MessageKind

_KEY = "other language"


class ActionAnswerOtherLanguage(TurnAction):
    """Says which language Instep understands and how to reach the practice, which is told what was written."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_other_language"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store what is written in another language, in one entry; a number in it makes a call-back too."""
        text = heard_from(tracker).text
        if not (tracker.latest_message or {}).get("other_language"):
            dispatcher.utter_message(response="utter_language")
            return []
        told, contact = contact_told(tracker), known_contact(tracker)
        again = any(one.kind is MessageKind.OTHER_LANGUAGE for one in messages_of(tracker.sender_id))
        leave_message(tracker.sender_id, MessageKind.OTHER_LANGUAGE, text, contact, key=_KEY)
        if told:
            ask_for_call(tracker, contact, reason_of_call(tracker) or text[:LONGEST_REASON])
            dispatcher.utter_message(response=phrase_of_other_language(contact), where=where_reached(contact))
            numbers = [SlotSet(slot, value) for slot, value in told.items()]
            return [*numbers, SlotSet(SLOT, None), SlotSet("outcome", "call_back")]
        dispatcher.utter_message(response="utter_other_language_again" if again else "utter_other_language")
        said = text[:LONGEST_REASON]
        return [] if again else [SlotSet(SLOT, {"about": said, "said": said, "other_language": True})]
