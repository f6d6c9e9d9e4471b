"""Treatment options, told honestly; what would forbid one is asked before it is described."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import case_from, heard_from, question_slot
from actions.findings import INTERVIEW
from actions.naming import best_named
from actions.safety import safety_question
from actions.sentences import bullets, capital, sentence
from actions.symptom_interview import put_question
from actions.wiring import phrase
from bot.triage import caution_question, explain_treatments
from bot.triage.result import TreatmentOption

_NAMING = frozenset({"ask_treatments", "nlu_fallback"})
"""Intents of messages that may name a treatment."""

_MOST_CAUTIONS = 4
"""Cautions told unasked; those that forbid the treatment for this visitor were asked for before."""


class ActionExplainTreatments(TurnAction):
    """Lists the options, or describes the one that the visitor asks about."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_treatments"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """List or describe; ask first what would forbid the one described, and what could not wait for it."""
        if not tracker.active_loop_name and safety_question(tracker) is not None:
            dispatcher.utter_message(response="utter_before_treatments")
            return [FollowupAction(INTERVIEW)]
        knowledge, heard, case = wiring.knowledge(), heard_from(tracker), case_from(tracker)
        causes = _causes_meant(heard.text if heard.intent in _NAMING else "", tracker)
        named = _treatment_named(tracker)
        options = explain_treatments(case, causes, knowledge)
        option = next((option for option in options if option.id == named), None) or _other_option(tracker, named)
        if option is None:
            _say_list(dispatcher, options)
            return [SlotSet("asked_treatment", None)]
        # While a form asks its own questions, the how-to is left out rather than a second question put beside.
        question = caution_question(case, [option], knowledge)
        if question is not None and not tracker.active_loop_name:
            put_question(dispatcher, question)
            return [SlotSet("asked_treatment", option.id), SlotSet("question", question_slot(question))]
        _say_option(dispatcher, option, with_how=question is None)
        return [SlotSet("asked_treatment", None), SlotSet("told_record", f"treatment/{option.id}")]


def _causes_meant(text: str, tracker: Tracker) -> list[str]:
    named = best_named(text, wiring.knowledge().causes) if text else None
    return [named] if named else list(tracker.get_slot("causes") or [])


def _treatment_named(tracker: Tracker) -> str | None:
    heard = heard_from(tracker)
    if heard.intent not in _NAMING:
        waiting: str | None = tracker.get_slot("asked_treatment")
        return waiting
    pressed: str | None = next(iter(heard.values("treatment")), None)
    return pressed or best_named(heard.text, wiring.knowledge().treatments)


def _other_option(tracker: Tracker, named: str | None) -> TreatmentOption | None:
    """Return the option of that id even where it does not belong to the causes told."""
    knowledge = wiring.knowledge()
    if named is None or named not in knowledge.treatments:
        return None
    options = explain_treatments(case_from(tracker), knowledge.treatments[named].causes, knowledge)
    return next((option for option in options if option.id == named), None)


def _say_list(dispatcher: CollectingDispatcher, options: Sequence[TreatmentOption]) -> None:
    buttons = [
        {"title": capital(option.name), "payload": f'/ask_treatments{{"treatment": "{option.id}"}}'}
        for option in options
    ]
    dispatcher.utter_message(response="utter_treatments_intro", buttons=buttons)


def _say_option(dispatcher: CollectingDispatcher, option: TreatmentOption, *, with_how: bool) -> None:
    if option.blocked:
        dispatcher.utter_message(
            response="utter_treatment_blocked",
            name=capital(option.name),
            summary=sentence(option.summary),
            blocked=sentence(option.blocked),
        )
        return
    dispatcher.utter_message(
        response="utter_explain_treatment" if option.time_to_effect else "utter_explain_treatment_untimed",
        name=capital(option.name),
        summary=sentence(option.summary),
        evidence=sentence(option.evidence),
        time_to_effect=sentence(option.time_to_effect),
    )
    if with_how and option.how:
        dispatcher.utter_message(response="utter_treatment_how", how=sentence(option.how))
    if option.cautions:
        cautions = bullets(map(sentence, option.cautions[:_MOST_CAUTIONS]))
        more = phrase("utter_part_more_cautions") if len(option.cautions) > _MOST_CAUTIONS else ""
        dispatcher.utter_message(response="utter_treatment_cautions", cautions=cautions, more=more)
