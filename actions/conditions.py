"""Conditions that the visitor asks about by name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import case_from, heard_from
from actions.cause_words import say_fears
from actions.naming import best_named
from actions.sentences import bullets, capital, sentence
from actions.wiring import phrase
from bot.case import Status
from bot.knowledge.model import Cause


class ActionExplainCause(TurnAction):
    """Explains a condition that the visitor names."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_cause"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Explain the condition, or ask which one is meant."""
        knowledge, heard, case = wiring.knowledge(), heard_from(tracker), case_from(tracker)
        told = tracker.get_slot("causes") or []
        if case.having(Status.PRESENT) and (records := say_fears(dispatcher, case, heard.values("feared"), told)):
            return [SlotSet("told_records", list(records))]
        chosen = next(iter(heard.values("cause")), None) or best_named(heard.text, knowledge.causes)
        # "Is it serious?" asks about the only cause that was told.
        cause = knowledge.causes.get(chosen or (told[0] if len(told) == 1 else ""))
        if cause is not None:
            _say_condition(dispatcher, cause, tracker)
            return [SlotSet("told_records", [f"cause/{cause.id}"])]
        offered = told or [cause.id for cause in knowledge.causes.values() if cause.in_article]
        dispatcher.utter_message(
            response="utter_ask_which_cause" if told else "utter_cause_unknown", buttons=_cause_buttons(offered)
        )
        return []


def _say_condition(dispatcher: CollectingDispatcher, cause: Cause, tracker: Tracker) -> None:
    dispatcher.utter_message(
        response="utter_explain_cause",
        name=capital(cause.name),
        summary=sentence(cause.summary),
        course=sentence(cause.course),
    )
    levels = [phrase(f"utter_see_{level.value}", reason=text.rstrip(".")) for level, text in cause.see.items()]
    # While a form waits, its question follows; choices beside it would be a second question.
    buttons = [] if tracker.active_loop_name else _next_buttons(cause, tracker)
    dispatcher.utter_message(response="utter_explain_cause_see", see=bullets(levels), buttons=buttons)


def _next_buttons(cause: Cause, tracker: Tracker) -> list[dict[str, str]]:
    told = tracker.get_slot("causes")
    check = {"title": phrase("utter_part_check"), "payload": "/describe_symptoms"}
    visit = {"title": phrase("utter_part_book"), "payload": "/request_booking"}
    return [
        {"title": phrase("utter_part_what_helps"), "payload": f"/ask_treatments{json.dumps({'cause': cause.id})}"},
        visit if told else check,
        {"title": phrase("utter_part_sources"), "payload": "/ask_source"},
    ]


def _cause_buttons(cause_ids: Sequence[str]) -> list[dict[str, str]]:
    causes = wiring.knowledge().causes
    return [
        {"title": capital(causes[cause_id].name), "payload": f"/ask_cause{json.dumps({'cause': cause_id})}"}
        for cause_id in cause_ids
    ]
