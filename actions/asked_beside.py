"""What messages ask, beside what they are for or too early: each question is kept until it is answered, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import INTERVIEW, Events
from actions.call_details import CALL_BACK, PERSON, call_answer, call_slots, contact_told, is_waiting, settled_call
from actions.case_slots import heard_at, heard_from, urgency_from
from actions.contact_words import note_told, told_details
from actions.message_details import is_message, message_answer, message_slots
from actions.practice_values import practice_values
from actions.result_answers import answered_slots, is_result_told, names_cause, result_answers
from actions.wiring import phrase
from actions.wish_slots import wish_beside
from bot.booking.visit_wish import wishes_visit, wishes_visit_then
from bot.case import ActKind, Urgency
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import IntentMeaning

_VISIT = "visit"

_MOST_ABOUT_RESULT = 3
"""Questions about the likely cause that are answered in one turn; more would be too much to read."""


def asked_slots(heard: LatestMessage, tracker: Tracker, *, complaint: bool) -> Events:
    """Return the slots that keep what a message asks, wishes and tells of who comes, for whoever speaks next.

    Args:
        heard: the message.
        tracker: of the conversation.
        complaint: True where the message tells of a complaint.
    """
    events: Events = [_kept([meaning.id for meaning in _asked(tracker)], tracker)]
    events += [*call_slots(tracker), *message_slots(tracker)]
    if (complaint or tracker.active_loop_name == INTERVIEW) and asks_for_visit(heard):
        events += [SlotSet("booking_wanted", True), SlotSet("visit_wish", wish_beside(heard.text))]
    if tracker.active_loop_name in (None, INTERVIEW):
        # The forms that ask who comes take this up by themselves.
        events += [SlotSet(slot, value) for slot, value in told_details(heard, tracker).items()]
    else:
        events += [SlotSet(slot, value) for slot, value in note_told(heard, tracker).items()]
    if heard.reading.corrects or heard.reading.side is not None:
        events.append(SlotSet("complaint_corrected", True))
    return events


def asks_for_visit(heard: LatestMessage) -> bool:
    """Return whether the message asks for a visit beside something else."""
    if visit_wish_beside(heard) is not None:
        return True
    return heard.meaning.tells and wishes_visit(heard.text)


def visit_wish_beside(heard: LatestMessage) -> dict[str, Any] | None:
    """Return the wish for a visit that the message holds beside something else: empty for any; None for no visit."""
    asks = _wishes_visit(heard) or wishes_visit_then(heard.text, wiring.now(), wiring.practice())
    return (wish_beside(heard.text) or {}) if asks else None


def answer_asked(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    *,
    but: Collection[str] = (),
    ask: str = "",
    buttons: Sequence[Mapping[str, str]] = (),
) -> Events:
    """Answer every open question in one bubble and return what forgets them; nothing where none is open.

    Args:
        dispatcher: takes what is said.
        tracker: of the conversation.
        but: intents that are answered otherwise.
        ask: what is asked after the answers.
        buttons: choices below the answers.
    """
    asked = [meaning for meaning in open_questions(tracker) if meaning.id not in but]
    answers = [answer for meaning in asked if (answer := _answer(meaning, tracker))]
    about, told = _about_result(asked), tracker.get_slot("causes") or []
    answers += result_answers(about, tracker, told)
    if len(asked) == 1 and asked[0].practice and asked[0].response and not tracker.active_loop_name:
        dispatcher.utter_message(response=asked[0].response, answer=answers[0])
    elif answers:
        said = "\n\n".join([*answers, ask] if ask else answers)
        dispatcher.utter_message(response="utter_practice_answer", answer=said, buttons=list(buttons))
    return [*forgotten(tracker), *answered_slots(about, tracker, told)]


def forgotten(tracker: Tracker, *, result_told: bool = False) -> Events:
    """Return what forgets the open questions, because they were answered; nothing where none is open.

    What can be answered after the result only is kept, unless this turn tells it (`result_told`).
    """
    asked = _asked(tracker)
    waiting = () if result_told else _waiting(tracker)
    settled = settled_call(tracker) if any(meaning.topic == PERSON for meaning in asked) else []
    return [_kept([meaning.id for meaning in waiting], tracker), *settled] if asked else []


def open_questions(tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what was asked and can be answered now; in an emergency only what is answered then too."""
    waiting = _waiting(tracker)
    asked = [meaning for meaning in _asked(tracker) if meaning not in waiting]
    if urgency_from(tracker) is Urgency.EMERGENCY:
        return [meaning for meaning in asked if meaning.after_emergency]
    return asked


def asks_too_early(tracker: Tracker) -> bool:
    """Return whether the latest message, as the first one, asks what can be answered after the result only."""
    heard, waiting = heard_from(tracker), _waiting(tracker)
    asked = _asked_in(heard, tracker)
    return bool(waiting) and all(meaning in asked for meaning in waiting)


def answer_late(dispatcher: CollectingDispatcher, tracker: Tracker, told: Sequence[str]) -> Events:
    """Answer in one bubble what was asked before the result, and return what forgets it.

    Args:
        dispatcher: takes what is said.
        tracker: of the conversation.
        told: ids of the causes that this turn tells, best first.
    """
    asked = _asked(tracker)
    parts = [answer for meaning in open_questions(tracker) if (answer := _answer(meaning, tracker))]
    parts += result_answers(_about_result(asked), tracker, told)
    if parts:
        dispatcher.utter_message(response="utter_practice_answer", answer="\n\n".join(parts))
    return [*forgotten(tracker, result_told=True), *answered_slots(_about_result(asked), tracker, told)]


def _about_result(asked: Sequence[IntentMeaning]) -> list[IntentMeaning]:
    return [meaning for meaning in asked if meaning.is_about_result][:_MOST_ABOUT_RESULT]


def _waiting(tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what was asked about a likely cause that is not known yet."""
    asked = [meaning for meaning in _asked(tracker) if meaning.is_about_result]
    return [] if not asked or is_result_told(tracker) or names_cause(tracker) else asked


def _asked(tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what the slot keeps and what the latest message asks, unless the slot has that already."""
    kept: dict[str, Any] = tracker.get_slot("asked_beside") or {}
    earlier = [wiring.meanings().of(intent) for intent in kept.get("intents", ())]
    if kept.get("at") == heard_at(tracker):
        return earlier
    heard = heard_from(tracker)
    # The number that a wish to be called still waits for answers that wish.
    answers = tracker.active_loop_name != CALL_BACK and is_waiting(tracker) and contact_told(tracker)
    waiting = [wiring.meanings().about(PERSON)] if answers else []
    asked = _asked_in(heard, tracker)
    return list(dict.fromkeys((*earlier, *asked, *waiting)))


def _asked_in(heard: LatestMessage, tracker: Tracker) -> Sequence[IntentMeaning]:
    """Return what a message asks; a guess at a question by its form counts after a result only."""
    meanings = wiring.meanings()
    sure = [act for act in heard.reading.acts if not act.guessed or is_result_told(tracker)]
    return meanings.asked(heard.meaning, sure)


def leaves_question(tracker: Tracker) -> bool:
    """Return whether the latest message asks something after a result, and nothing that can be answered."""
    acts = heard_from(tracker).reading.acts
    asks = any(act.kind is ActKind.ASK and not act.intent for act in acts)
    return asks and is_result_told(tracker) and not open_questions(tracker)


def _kept(intents: Sequence[str], tracker: Tracker) -> dict[str, Any]:
    kept: dict[str, Any] = SlotSet("asked_beside", {"intents": list(intents), "at": heard_at(tracker)})
    return kept


def _wishes_visit(heard: LatestMessage) -> bool:
    if heard.meaning.topic == _VISIT:
        return False
    meanings = [wiring.meanings().of(act.intent) for act in heard.reading.acts if act.kind is ActKind.WANT]
    return any(meaning.topic == _VISIT and meaning.names_time for meaning in meanings)


def _answer(meaning: IntentMeaning, tracker: Tracker) -> str:
    if meaning.topic == PERSON:
        return call_answer(tracker, meaning)
    if is_message(meaning):
        return message_answer(tracker, meaning)
    values = practice_values()
    if meaning.practice:
        answer = wiring.practice().answers.get(meaning.topic)
        return answer or phrase("utter_practice_answer_missing", **values)
    return phrase(meaning.part, **values) if meaning.part else ""
