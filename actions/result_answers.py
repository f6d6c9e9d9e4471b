"""Answers questions about the likely cause, as paragraphs: for the cause and the person, or for the red flag raised."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import wiring
from actions.base import Events
from actions.case_slots import case_from, heard_from, urgency_from
from actions.practice_values import practice_values
from actions.wiring import phrase
from bot.case import Case, Urgency
from bot.conversation import Guidance, OtherCauses, answer_about, answer_while_urgent, other_causes, persons_of
from bot.conversation.latest_message import LatestMessage
from bot.conversation.sentences import capital
from bot.knowledge.model import IntentMeaning
from bot.triage import screen_red_flags
from bot.triage.result import RaisedFlag

_OTHER_CAUSES = "other_causes"
_ANSWERED = "answered_topics"


def is_result_told(tracker: Tracker) -> bool:
    """Return whether a question about the likely cause can be answered: one was told, or a red flag comes first."""
    return tracker.get_slot("told_case") is not None or waiting_flag(case_from(tracker)) is not None


def names_cause(tracker: Tracker) -> bool:
    """Return whether the latest message names the cause that it asks about, and no form waits."""
    return not tracker.active_loop_name and _named(heard_from(tracker)) != ""


def waiting_flag(case: Case) -> RaisedFlag | None:
    """Return the most urgent red flag that waits for care today or at once; None where none is raised."""
    flags = screen_red_flags(case, wiring.knowledge(), wiring.practice())
    return flags[0] if flags and flags[0].level in (Urgency.EMERGENCY, Urgency.SAME_DAY) else None


def cause_asked(tracker: Tracker, told: Sequence[str], meaning: IntentMeaning) -> str:
    """Return the cause that a question is about: the one that it names, else the first one told; empty for none."""
    compares = wiring.knowledge().topics[meaning.topic].compares and told
    return ("" if compares else _named(heard_from(tracker))) or next(iter(told), "")


def result_answers(asked: Sequence[IntentMeaning], tracker: Tracker, told: Sequence[str]) -> list[str]:
    """Return the answers to questions about the likely cause, each once, in order; none that was given before.

    Args:
        asked: what the questions mean.
        tracker: of the conversation.
        told: ids of the causes told, best first; empty where none could be told.
    """
    flag = waiting_flag(case_from(tracker)) if asked else None
    if flag is not None:
        text = answer_while_urgent([meaning.topic for meaning in asked], flag, wiring.knowledge()).text
        text = text.format_map(practice_values())
        # The turn that raises the flag has said its advice already.
        left = text.removesuffix(flag.advice).strip() if flag.advice in _said_in_turn(tracker) else text
        return [left] if left else []
    texts = [_told_once(meaning, tracker, told).format_map(practice_values()) for meaning in asked]
    return list(dict.fromkeys(text or phrase("utter_part_result_unclear") for text in texts))


def answered_slots(asked: Sequence[IntentMeaning], tracker: Tracker, told: Sequence[str]) -> Events:
    """Return the slot that keeps which questions `result_answers` has answered; nothing while a red flag waits."""
    if not asked or waiting_flag(case_from(tracker)) is not None:
        return []
    before = tracker.get_slot(_ANSWERED) or []
    shown = [mark for meaning in asked for mark in _marks_shown(meaning, tracker, told)]
    return [SlotSet(_ANSWERED, list(dict.fromkeys([*before, *shown])))]


def _told_once(meaning: IntentMeaning, tracker: Tracker, told: Sequence[str]) -> str:
    """Return the answer; where it was given before, that more is for the visit, and what is next best to know."""
    if not _is_answered(meaning.topic, tracker, told, meaning):
        return _answer(meaning, tracker, told).text
    other = _goes_on_with(meaning, tracker, told)
    case, cause = case_from(tracker), cause_asked(tracker, told, meaning)
    more = answer_about(other, cause, case, wiring.knowledge(), urgency_from(tracker)).text if other else ""
    return phrase("utter_part_asked_again", **practice_values(), more=more).strip()


def _goes_on_with(meaning: IntentMeaning, tracker: Tracker, told: Sequence[str]) -> str:
    """Return the topic that was not answered yet and fits best after one that was; empty for none."""
    topics = wiring.knowledge().topics[meaning.topic].again
    return next((topic for topic in topics if not _is_answered(topic, tracker, told, meaning)), "")


def _marks_shown(meaning: IntentMeaning, tracker: Tracker, told: Sequence[str]) -> list[str]:
    shown = meaning.topic
    if _is_answered(meaning.topic, tracker, told, meaning):
        shown = _goes_on_with(meaning, tracker, told)
    return [_mark(shown, tracker, told, meaning)] if shown else []


def _is_answered(topic: str, tracker: Tracker, told: Sequence[str], meaning: IntentMeaning) -> bool:
    if topic == meaning.topic and not wiring.knowledge().topics[topic].again:
        return False
    return _mark(topic, tracker, told, meaning) in (tracker.get_slot(_ANSWERED) or [])


def _mark(topic: str, tracker: Tracker, told: Sequence[str], meaning: IntentMeaning) -> str:
    """Return what stands for an answer: the same topic, cause, persons and urgency have the same one."""
    case = case_from(tracker)
    persons = ",".join(persons_of(case, wiring.knowledge()))
    named = _named(heard_from(tracker)) if topic == _OTHER_CAUSES else ""
    return "/".join((topic, cause_asked(tracker, told, meaning), persons, urgency_from(tracker).value, named))


def _answer(meaning: IntentMeaning, tracker: Tracker, told: Sequence[str]) -> Guidance:
    knowledge, case = wiring.knowledge(), case_from(tracker)
    cause = cause_asked(tracker, told, meaning)
    if meaning.topic == _OTHER_CAUSES and cause:
        named = _named(heard_from(tracker))
        compared = [cause, named] if named not in ("", cause) else told
        others = other_causes(cause, compared, case, knowledge)
        if others.others:
            return Guidance(_say_others(others))
    return answer_about(meaning.topic, cause, case, knowledge, urgency_from(tracker))


def _said_in_turn(tracker: Tracker) -> str:
    events = takewhile(lambda event: event.get("event") != "user", reversed(tracker.events))
    return "\n".join(event.get("text") or "" for event in events if event.get("event") == "bot")


def _say_others(told: OtherCauses) -> str:
    parts = []
    for other in told.others:
        response = "utter_part_other_cause" if other.sign else "utter_part_other_cause_unsigned"
        parts.append(phrase(response, name=capital(_short(other.name)), sign=other.sign))
    if told.sign:
        parts.append(phrase("utter_part_other_cause", name=capital(_short(told.first)), sign=told.sign))
    return " ".join(parts)


def _named(heard: LatestMessage) -> str:
    pressed = next(iter(heard.values("cause")), "")
    return pressed or heard.reading.subject.cause or ""


def _short(name: str) -> str:
    return name.partition(" (")[0]
