"""Conditions that the visitor asks about by name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import heard_from
from actions.naming import best_named
from actions.sentences import bullets, capital, sentence
from actions.wiring import phrase
from bot.knowledge.model import Cause

_MOST_MEASURES = 4
"""Measures of each kind that are told; the first ones of a record matter most."""


class ActionExplainCause(TurnAction):
    """Explains a condition that the visitor names."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_cause"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Explain the condition, or ask which one is meant."""
        knowledge, heard = wiring.knowledge(), heard_from(tracker)
        chosen = next(iter(heard.values("cause")), None) or best_named(heard.text, knowledge.causes)
        cause = knowledge.causes.get(chosen or "")
        if cause is not None:
            _say_condition(dispatcher, cause, is_alone=not tracker.active_loop_name)
            return [SlotSet("told_record", f"cause/{cause.id}")]
        told = tracker.get_slot("causes") or []
        offered = told or [cause.id for cause in knowledge.causes.values() if cause.in_article]
        dispatcher.utter_message(
            response="utter_ask_which_cause" if told else "utter_cause_unknown", buttons=_cause_buttons(offered)
        )
        return []


def _say_condition(dispatcher: CollectingDispatcher, cause: Cause, *, is_alone: bool) -> None:
    dispatcher.utter_message(
        response="utter_explain_cause",
        name=capital(cause.name),
        summary=sentence(cause.summary),
        course=sentence(cause.course),
    )
    dispatcher.utter_message(
        response="utter_explain_cause_care",
        self_care=bullets(cause.self_care[:_MOST_MEASURES]),
        clinic_care=bullets(cause.clinic_care[:_MOST_MEASURES]),
    )
    levels = [phrase(f"utter_see_{level.value}", reason=text.rstrip(".")) for level, text in cause.see.items()]
    # While a form waits, its question follows; choices beside it would be a second question.
    response = "utter_explain_cause_see" if is_alone else "utter_explain_cause_see_only"
    dispatcher.utter_message(response=response, see=bullets(levels))


def _cause_buttons(cause_ids: Sequence[str]) -> list[dict[str, str]]:
    causes = wiring.knowledge().causes
    return [
        {"title": capital(causes[cause_id].name), "payload": f"/ask_cause{json.dumps({'cause': cause_id})}"}
        for cause_id in cause_ids
    ]
