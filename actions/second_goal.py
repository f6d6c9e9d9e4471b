"""The second thing that a message asked for beside the symptoms: it is picked up after the causes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import wiring
from actions.base import Events
from actions.case_slots import Heard
from actions.wiring import phrase
from actions.wish_slots import wish_beside
from bot.booking.visit_wish import wishes_visit

_BOOKING = "request_booking"
_PERSON = "request_human"


def goal_slots(heard: Heard) -> Events:
    """Return the slots that keep what a message asks for beside the symptoms that it tells."""
    goals = heard.values("second_goal")
    if heard.intent != "describe_symptoms":
        return []
    events = [SlotSet("second_goal", goal) for goal in goals[:1] if goal != _BOOKING]
    if asks_for_visit(heard):
        events += [SlotSet("booking_wanted", True), SlotSet("visit_wish", wish_beside(heard.text))]
    return events


def asks_for_visit(heard: Heard) -> bool:
    """Return whether the message asks for a visit beside something else."""
    return _BOOKING in heard.values("second_goal") or wishes_visit(heard.text)


def answer_beside(heard: Heard) -> str:
    """Return what the practice says to the second thing that the message asks, empty where it says nothing."""
    goals = [goal for goal in heard.values("second_goal") if goal != heard.intent]
    return wiring.practice().answers.get(goals[0].removeprefix("ask_"), "") if goals else ""


def visit_wish_beside(heard: Heard) -> dict[str, Any] | None:
    """Return the wish for a visit that the message holds beside something else: empty for any; None for no visit."""
    return (wish_beside(heard.text) or {}) if _BOOKING in heard.values("second_goal") else None


def goal_answer(tracker: Tracker, *, may_book: bool) -> list[str]:
    """Return the answers to what was asked beside the symptoms, as paragraphs; empty where nothing was."""
    parts = []
    goal = tracker.get_slot("second_goal") or ""
    answer = wiring.practice().answers.get(goal.removeprefix("ask_"))
    if answer:
        parts.append(phrase("utter_part_also_asked", answer=answer))
    if goal == _PERSON:
        parts.append(phrase("utter_part_also_person", practice_phone=tracker.get_slot("practice_phone") or ""))
    if tracker.get_slot("booking_wanted"):
        parts.append(phrase("utter_part_also_visit" if may_book else "utter_part_no_visit"))
    return parts
