"""Treatment options, told honestly; what would forbid one is asked before it is described how it is done."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import INTERVIEW, Events, TurnAction
from actions.case_slots import case_from, heard_from, question_slot, urgency_from
from actions.conditions import offered_check, offers_check
from actions.safety import safety_question
from actions.symptom_interview import put_question
from actions.treatment_words import (
    Buttons,
    exercises_button,
    how_button,
    overview_button,
    say_exercise,
    say_how,
    say_option,
    say_overview,
    say_rest,
)
from actions.wiring import phrase
from bot.case import Urgency
from bot.triage import caution_question, explain_treatments, unasked_cautions
from bot.triage.result import TreatmentOption

_TREATMENTS = "treatments"


class ActionExplainTreatments(TurnAction):
    """Lists the options, describes the one that the visitor asks about, or says how it is done."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_treatments"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """List or describe at once; ask what would forbid it, and what cannot wait, before saying how it is done."""
        if urgency_from(tracker) is Urgency.SAME_DAY:
            dispatcher.utter_message(response="utter_treatments_same_day")
            return [SlotSet("asked_treatment", None)]
        causes, named = _causes_meant(tracker), _treatment_named(tracker)
        options = explain_treatments(case_from(tracker), causes, wiring.knowledge())
        option = next((option for option in options if option.id == named), None) or _other_option(tracker, named)
        if option is None:
            return _list(dispatcher, tracker, options, causes)
        told = [SlotSet("told_records", [f"treatment/{option.id}"])]
        if tracker.get_slot("asked_treatment") == option.id or _asks_how(tracker):
            return [*told, *_tell_how(dispatcher, tracker, option, causes)]
        say_option(dispatcher, option, [] if tracker.active_loop_name else _next_choices(tracker, option, causes))
        return [*told, SlotSet("asked_treatment", None)]


def _list(
    dispatcher: CollectingDispatcher, tracker: Tracker, options: tuple[TreatmentOption, ...], causes: list[str]
) -> Events:
    if "more" in heard_from(tracker).values("part"):
        say_rest(dispatcher, options, causes)
    elif tracker.active_loop_name and not causes:
        dispatcher.utter_message(response="utter_treatments_later")
    else:
        say_overview(
            dispatcher,
            options,
            causes,
            is_alone=not tracker.active_loop_name,
            ask=phrase("utter_part_ask_check") if causes and offers_check(tracker) else "",
            last=_check_or_book(tracker),
        )
    told = [f"cause/{cause}" for cause in causes] + [f"treatment/{option.id}" for option in options]
    return [
        SlotSet("asked_treatment", None),
        SlotSet("told_records", told),
        *(offered_check(tracker) if causes else []),
    ]


def _tell_how(dispatcher: CollectingDispatcher, tracker: Tracker, option: TreatmentOption, causes: list[str]) -> Events:
    knowledge, case = wiring.knowledge(), case_from(tracker)
    alone = not tracker.active_loop_name
    if alone and not option.blocked and safety_question(tracker) is not None:
        dispatcher.utter_message(response="utter_before_treatments")
        return [FollowupAction(INTERVIEW)]
    question = caution_question(case, [option], knowledge)
    if question is not None and alone and not option.blocked:
        put_question(dispatcher, question)
        return [SlotSet("asked_treatment", option.id), SlotSet("question", question_slot(question))]
    chosen = heard_from(tracker).values("exercise")
    exercise = next((item for item in option.exercises if item.id in chosen and not item.unknown), None)
    if exercise is not None:
        say_exercise(dispatcher, exercise, [exercises_button(option, causes), overview_button(causes)] if alone else [])
    elif question is not None and not option.blocked:
        # While a form asks its own questions, the how-to is left out rather than a second question put beside.
        dispatcher.utter_message(response="utter_treatments_later")
    else:
        say_how(dispatcher, option, unasked_cautions(case, [option], knowledge), causes, is_alone=alone)
    return [SlotSet("asked_treatment", None)]


def _next_choices(tracker: Tracker, option: TreatmentOption, causes: list[str]) -> Buttons:
    how = [how_button(option, causes)] if option.how else []
    return [*how, overview_button(causes), *_check_or_book(tracker)]


def _check_or_book(tracker: Tracker) -> Buttons:
    """Return the offer that fits: the check of the symptoms, or a visit where it was done."""
    if tracker.get_slot("causes"):
        return [{"title": phrase("utter_part_book"), "payload": "/request_booking"}]
    return [{"title": phrase("utter_part_check"), "payload": "/describe_symptoms"}]


def _asks_how(tracker: Tracker) -> bool:
    heard = heard_from(tracker)
    if heard.values("part") or heard.values("exercise"):
        return True
    return heard.meaning.topic == _TREATMENTS and heard.reading.subject.how


def _causes_meant(tracker: Tracker) -> list[str]:
    heard, known = heard_from(tracker), wiring.knowledge().causes
    chosen = [cause for cause in heard.values("cause") if cause in known]
    if chosen:
        return chosen
    may_name = heard.meaning.names_treatment and not heard.values("treatment")
    named = heard.reading.subject.cause if may_name else None
    return [named] if named else list(tracker.get_slot("causes") or [])


def _treatment_named(tracker: Tracker) -> str | None:
    heard = heard_from(tracker)
    if not heard.meaning.names_treatment:
        waiting: str | None = tracker.get_slot("asked_treatment")
        return waiting
    pressed: str | None = next(iter(heard.values("treatment")), None)
    return pressed or heard.reading.subject.treatment or _treatment_told(tracker)


def _treatment_told(tracker: Tracker) -> str | None:
    """Return the only treatment that was told last where the message means it ("does it help with back pain?")."""
    told = tracker.get_slot("told_records") or []
    heard = heard_from(tracker)
    kind, _, record = told[0].partition("/") if len(told) == 1 else ("", "", "")
    means_it = heard.meaning.topic == _TREATMENTS and heard.reading.subject.asks_of_it
    return record if kind == "treatment" and means_it else None


def _other_option(tracker: Tracker, named: str | None) -> TreatmentOption | None:
    """Return the option of that id even where it does not belong to the causes told."""
    knowledge = wiring.knowledge()
    if named is None or named not in knowledge.treatments:
        return None
    options = explain_treatments(case_from(tracker), knowledge.treatments[named].causes, knowledge)
    return next((option for option in options if option.id == named), None)
