"""What messages ask beside what they are for: each question is kept until it is answered, once, in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import INTERVIEW, Events
from actions.case_slots import Heard, heard_at, heard_from, urgency_from
from actions.practice_values import practice_values
from actions.wiring import phrase
from actions.wish_slots import wish_beside
from bot.booking.visit_wish import wishes_visit
from bot.case import ActKind, Urgency
from bot.knowledge.model import IntentMeaning

_VISIT = "visit"


def asked_slots(heard: Heard, tracker: Tracker, *, complaint: bool) -> Events:
    """Return the slots that keep what a message asks and wishes, for whoever speaks next.

    Args:
        heard: the message.
        tracker: of the conversation.
        complaint: True where the message tells of a complaint.
    """
    events: Events = [_kept([meaning.id for meaning in _asked(tracker)], tracker)]
    if (complaint or tracker.active_loop_name == INTERVIEW) and asks_for_visit(heard):
        events += [SlotSet("booking_wanted", True), SlotSet("visit_wish", wish_beside(heard.text))]
    return events


def asks_for_visit(heard: Heard) -> bool:
    """Return whether the message asks for a visit beside something else."""
    return _wishes_visit(heard) or (heard.meaning.tells and wishes_visit(heard.text))


def visit_wish_beside(heard: Heard) -> dict[str, Any] | None:
    """Return the wish for a visit that the message holds beside something else: empty for any; None for no visit."""
    return (wish_beside(heard.text) or {}) if _wishes_visit(heard) else None


def answer_asked(dispatcher: CollectingDispatcher, tracker: Tracker, *, but: Collection[str] = ()) -> Events:
    """Answer every open question in one bubble and return what forgets them; nothing where none is open.

    Args:
        dispatcher: takes what is said.
        tracker: of the conversation.
        but: intents that are answered otherwise.
    """
    asked = [meaning for meaning in open_questions(tracker) if meaning.id not in but]
    answers = [answer for meaning in asked if (answer := _answer(meaning))]
    if len(asked) == 1 and asked[0].practice and asked[0].response and not tracker.active_loop_name:
        dispatcher.utter_message(response=asked[0].response, answer=answers[0])
    elif answers:
        dispatcher.utter_message(response="utter_practice_answer", answer="\n\n".join(answers))
    return forgotten(tracker)


def forgotten(tracker: Tracker) -> Events:
    """Return what forgets the open questions, because they were answered; nothing where none is open."""
    return [_kept([], tracker)] if _asked(tracker) else []


def open_questions(tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what was asked and is not answered yet; in an emergency only what is answered then too."""
    asked = _asked(tracker)
    if urgency_from(tracker) is Urgency.EMERGENCY:
        return [meaning for meaning in asked if meaning.after_emergency]
    return asked


def late_answers(tracker: Tracker, *, may_book: bool) -> list[str]:
    """Return the answers to what was asked beside the symptoms, as paragraphs; empty where nothing was."""
    asked = open_questions(tracker)
    parts = [phrase("utter_part_also_asked", answer=_answer(meaning)) for meaning in asked if meaning.practice]
    parts += [_answer(meaning) for meaning in asked if not meaning.practice]
    if tracker.get_slot("booking_wanted"):
        parts.append(phrase("utter_part_also_visit" if may_book else "utter_part_no_visit"))
    return parts


def _asked(tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what the slot keeps and what the latest message asks, unless the slot has that already."""
    kept: dict[str, Any] = tracker.get_slot("asked_beside") or {}
    earlier = [wiring.meanings().of(intent) for intent in kept.get("intents", ())]
    if kept.get("at") == heard_at(tracker):
        return earlier
    heard = heard_from(tracker)
    return list(dict.fromkeys((*earlier, *wiring.meanings().asked(heard.meaning, heard.reading.acts))))


def _kept(intents: Sequence[str], tracker: Tracker) -> dict[str, Any]:
    kept: dict[str, Any] = SlotSet("asked_beside", {"intents": list(intents), "at": heard_at(tracker)})
    return kept


def _wishes_visit(heard: Heard) -> bool:
    if heard.meaning.topic == _VISIT:
        return False
    meanings = [wiring.meanings().of(act.intent) for act in heard.reading.acts if act.kind is ActKind.WANT]
    return any(meaning.topic == _VISIT and meaning.names_time for meaning in meanings)


def _answer(meaning: IntentMeaning) -> str:
    values = practice_values()
    if meaning.practice:
        answer = wiring.practice().answers.get(meaning.topic)
        return answer or phrase("utter_practice_answer_missing", **values)
    return phrase(meaning.part, **values) if meaning.part else ""
