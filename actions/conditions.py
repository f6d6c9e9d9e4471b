"""Conditions that the visitor asks about by name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction, speak
from actions.booking_slots import opened_beside
from actions.case_slots import case_from, heard_from, urgency_from
from actions.practice_values import result_words
from actions.wiring import phrase
from bot.case import Status, Urgency
from bot.conversation.latest_message import LatestMessage
from bot.conversation.sentences import bullets, capital, sentence
from bot.knowledge.model import Cause

CHECK = "check"
"""Value of the slot `offer` while the visitor is asked whether to look whether a condition fits."""


class ActionExplainCause(TurnAction):
    """Explains a condition that the visitor names."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_cause"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Explain the condition, or ask which one is meant."""
        knowledge, heard, case = wiring.knowledge(), heard_from(tracker), case_from(tracker)
        told = tracker.get_slot("causes") or []
        chosen = next(iter(heard.values("cause")), None) or heard.reading.subject.cause
        feared = heard.reading.feared
        fears = [SlotSet("told_records", [f"fear/{name}" for name in feared])]
        if case.having(Status.PRESENT) and (answer := result_words().new_fears(case, feared, told)):
            speak(dispatcher, answer)
            return fears
        if not chosen and (answer := result_words().fear_in_general(feared)):
            speak(dispatcher, answer)
            return [*fears, SlotSet("offer", CHECK)]
        cause = knowledge.causes.get(chosen or _cause_meant(heard, told))
        if cause is not None:
            booking = opened_beside(tracker)
            _say_condition(dispatcher, cause, tracker, is_alone=not (booking or tracker.active_loop_name))
            next_offer = booking or offered_check(tracker)
            return [SlotSet("told_records", [f"cause/{cause.id}"]), *next_offer]
        offered = told or [cause.id for cause in knowledge.causes.values() if cause.in_article]
        dispatcher.utter_message(
            response="utter_ask_which_cause" if told else "utter_cause_unknown", buttons=_cause_buttons(offered)
        )
        return []


def _cause_meant(heard: LatestMessage, told: Sequence[str]) -> str:
    """Return the cause that a message without a name means: "is it serious?" asks about the first one told."""
    return told[0] if told and (len(told) == 1 or heard.reading.subject.points_back) else ""


def offers_check(tracker: Tracker) -> bool:
    """Return whether it can be offered to look whether a condition fits: nothing waits, and no cause was told."""
    urgent = urgency_from(tracker) in (Urgency.EMERGENCY, Urgency.SAME_DAY)
    return not (urgent or tracker.active_loop_name or tracker.get_slot("causes"))


def offered_check(tracker: Tracker) -> Events:
    """Return what lets a yes begin the interview, where that was offered."""
    return [SlotSet("offer", CHECK)] if offers_check(tracker) else []


def _say_condition(dispatcher: CollectingDispatcher, cause: Cause, tracker: Tracker, *, is_alone: bool) -> None:
    dispatcher.utter_message(
        response="utter_explain_cause",
        name=capital(cause.name),
        summary=sentence(cause.summary),
        course=sentence(cause.course),
    )
    see = sorted(cause.see.items(), key=lambda item: item[0].rank)
    levels = [phrase(f"utter_see_{level.value}", reason=text.rstrip(".")) for level, text in see]
    # While a form waits, its question follows; choices beside it would be a second question.
    buttons = _next_buttons(cause, tracker) if is_alone else []
    ask = phrase("utter_part_ask_check") if is_alone and offers_check(tracker) else ""
    dispatcher.utter_message(response="utter_explain_cause_see", see=bullets(levels), ask=ask, buttons=buttons)


def _next_buttons(cause: Cause, tracker: Tracker) -> list[dict[str, str]]:
    told = tracker.get_slot("causes") or []
    check = {"title": phrase("utter_part_check"), "payload": "/describe_symptoms"}
    visit = {"title": phrase("utter_part_book"), "payload": "/request_booking"}
    others = [cause_id for cause_id in told if cause_id != cause.id]
    return [
        {"title": phrase("utter_part_what_helps"), "payload": f"/ask_treatments{json.dumps({'cause': cause.id})}"},
        *_cause_buttons(others),
        visit if told else check,
        {"title": phrase("utter_part_sources"), "payload": "/ask_source"},
    ]


def _cause_buttons(cause_ids: Sequence[str]) -> list[dict[str, str]]:
    causes = wiring.knowledge().causes
    return [
        {"title": capital(causes[cause_id].name), "payload": f"/ask_cause{json.dumps({'cause': cause_id})}"}
        for cause_id in cause_ids
    ]
