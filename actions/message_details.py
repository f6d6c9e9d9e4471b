"""What a visitor wants to tell the practice: its words and its kind, between slots and the stored message."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import wiring
from actions.base import Events
from actions.call_details import known_contact
from actions.case_slots import heard_from, urgency_from
from actions.wiring import phrase
from bot.booking.practice_messages import leave_message
from bot.booking.requests import MessageKind
from bot.booking.words.call_words import says_something
from bot.case import Urgency
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import IntentMeaning

WORDS, KIND = "practice_message", "message_kind"
"""Slots; the kind is the topic of the intent and the value of a `MessageKind`."""

_TOPICS = frozenset({MessageKind.MESSAGE.value, MessageKind.COMMENT.value})


def is_message(meaning: IntentMeaning) -> bool:
    """Return whether somebody who says this leaves words for the practice."""
    return meaning.topic in _TOPICS


def is_comment(tracker: Tracker) -> bool:
    """Return whether the open message is a comment, which wants no answer unless one is asked for."""
    return bool(tracker.get_slot(KIND) == MessageKind.COMMENT.value)


def words_told(heard: LatestMessage, meaning: IntentMeaning) -> str | None:
    """Return the words that the message holds for the practice; None where it is only the wish to leave some.

    Args:
        heard: the message.
        meaning: of the wish, which may be beside what the message is for.
    """
    own = [heard.text[act.start : act.end] for act in heard.reading.acts if act.intent == meaning.id]
    text = heard.text if heard.meaning == meaning else " ".join(own)
    return text if says_something(text) else None


def message_slots(tracker: Tracker) -> Events:
    """Return the slots that keep words for the practice beside something else."""
    heard = heard_from(tracker)
    for act in heard.reading.acts:
        meaning = wiring.meanings().of(act.intent)
        if is_message(meaning) and meaning != heard.meaning and (words := words_told(heard, meaning)):
            return [SlotSet(WORDS, words), SlotSet(KIND, meaning.topic)]
    return []


def message_answer(tracker: Tracker, meaning: IntentMeaning) -> str:
    """Return the answer to words for the practice beside something else: that they are stored."""
    if urgency_from(tracker) is Urgency.EMERGENCY or tracker.active_loop_name == "message_form":
        return ""
    if not tracker.get_slot(WORDS):
        return phrase("utter_part_message_later")
    store_message(tracker)
    return phrase(meaning.part)


def store_message(tracker: Tracker) -> str:
    """Store the words with the contact that is known, once, and return the reference."""
    kind = MessageKind(tracker.get_slot(KIND) or MessageKind.MESSAGE)
    return leave_message(tracker.sender_id, kind, tracker.get_slot(WORDS), known_contact(tracker))
