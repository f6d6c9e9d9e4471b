"""The red-flag question that has to be answered before booking, causes or treatments go on."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.base import Events
from actions.case_slots import case_from, question_from
from bot.case import Case, Question, Status, Urgency
from bot.triage import tells_complaint
from bot.triage.red_flags import screening_id
from bot.triage.screening import closed_choices

MOST_EVASIONS = 2
"""Times that the question may be passed over; then only a person can help on."""


MOST_UNREAD = 3
"""Answers to it that may stay without meaning."""


def safety_question(tracker: Tracker) -> Question | None:
    """Return the red-flag question that waits for an answer or has to be put first; None when there is none."""
    pending = question_from(tracker)
    if pending is not None and pending.screening:
        return pending
    case = case_from(tracker)
    if not tells_complaint((item for item in case.findings if item.status is Status.PRESENT), wiring.knowledge()):
        return None
    question = question_to_put(case)
    return question if question is not None and question.screening else None


def question_to_put(case: Case) -> Question | None:
    """Return the next question: after a "not sure" to a list the closed one about its most urgent part."""
    return closer_question(case) or wiring.question_after(case)


def closer_question(case: Case) -> Question | None:
    """Return the closed question of the most urgent red flag in a list that was answered with "not sure".

    One is enough: the visitor was told what to do if any of the others turns out to be true.
    """
    knowledge, doubted = wiring.knowledge(), case.having(Status.UNSURE)
    for screen in knowledge.screen:
        if screening_id(screen.id) not in case.asked or doubted.isdisjoint(screen.findings):
            continue
        later = case.asked[case.asked.index(screening_id(screen.id)) + 1 :]
        touching = [flag for flag in knowledge.red_flags.values() if not set(flag.raises).isdisjoint(screen.findings)]
        doubtful = [flag for flag in touching if flag.question and doubted.intersection(flag.raises)]
        if not doubtful or any(screening_id(flag.id) in later for flag in touching):
            continue
        worst = min(doubtful, key=lambda flag: flag.level.rank)
        if worst.level is Urgency.EMERGENCY:
            return Question(
                id=screening_id(worst.id),
                text=worst.question,
                choices=closed_choices(knowledge),
                findings=_open(worst.raises, case),
                screening=True,
                why=knowledge.interview.why_screening,
            )
    return None


def note_evasion(dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
    """Say once, kindly, why the question cannot be passed over; return the slots that keep count."""
    evasions = evasions_of(tracker) + 1
    tracker.slots["screening_evasions"] = evasions
    if evasions < MOST_EVASIONS:
        dispatcher.utter_message(response="utter_safety_first")
    return {"screening_evasions": evasions}


def note_unread(tracker: Tracker, *, ends: bool = True) -> dict[str, Any]:
    """Count an answer that could not be read; the third one to a red-flag question counts as passed over for good.

    Args:
        tracker: its slots are changed too.
        ends: True for a red-flag question.
    """
    unread = int(tracker.get_slot("unread_answers") or 0) + 1
    counted = {"unread_answers": unread}
    if ends and unread >= MOST_UNREAD:
        counted["screening_evasions"] = MOST_EVASIONS
        tracker.slots["screening_evasions"] = MOST_EVASIONS
    return counted


def evasions_of(tracker: Tracker) -> int:
    """Return how often the red-flag question was passed over."""
    return int(tracker.get_slot("screening_evasions") or 0)


def is_given_up(tracker: Tracker) -> bool:
    """Return whether the red-flag question was passed over so often that only a person can help on."""
    return evasions_of(tracker) >= MOST_EVASIONS and safety_question(tracker) is not None


def hand_to_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say whom to call and what to watch for; go on with a call-back only."""
    dispatcher.utter_message(response="utter_safety_unanswered")
    emptied = ("question", "interview_answer", "screening_answer", "asked_treatment", "visit", "visit_wish")
    closed = [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False)]
    opened = [SlotSet("offer", None), SlotSet("call_back_open", True), FollowupAction("call_back_form")]
    if _reachable(tracker):
        opened = [SlotSet("offer", "call_back")]
    return [*closed, *(SlotSet(slot, None) for slot in emptied), *opened]


def _reachable(tracker: Tracker) -> bool:
    return bool(tracker.get_slot("visitor_name") and tracker.get_slot("visitor_phone"))


def _open(finding_ids: tuple[str, ...], case: Case) -> tuple[str, ...]:
    settled = case.having(Status.PRESENT) | case.having(Status.ABSENT)
    return tuple(finding_id for finding_id in finding_ids if finding_id not in settled)
