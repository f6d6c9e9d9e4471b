"""Warnings: what to do now comes before everything else."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.asked_beside import answer_asked, open_questions
from actions.base import INTERVIEW, Events, TurnAction
from actions.case_slots import case_from, heard_from, urgency_from
from actions.result_answers import result_answers
from bot.case import Urgency
from bot.conversation.corrections import CLEARING, disputes_alarm
from bot.conversation.sentences import first_clause
from bot.knowledge.model import Reply
from bot.triage import screen_red_flags
from bot.triage.result import RaisedFlag

_TOLD_AT_ONCE = 2

_AGAIN = ("utter_emergency_again", "utter_emergency_first", "utter_emergency_help")
"""What to do is said again in turn in these words."""


class ActionWarnRedFlag(TurnAction):
    """Says what to do about newly raised red flags, most urgent first."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_warn_red_flag"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Give the advice; an emergency closes everything that was open."""
        flags = _flags(tracker)
        pending = tracker.get_slot("pending_red_flags") or []
        new = [flag for flag in flags if flag.id in pending] or flags
        if flags and flags[0].level is Urgency.EMERGENCY:
            # What is new is told, also beside an emergency that was told before.
            emergencies = [flag for flag in new if flag.level is Urgency.EMERGENCY]
            if emergencies:
                _say_emergency(dispatcher, emergencies[0])
            else:
                _stay_with(dispatcher, tracker, flags[0])
            return [*_told(flags), *_closed(), SlotSet("outcome", "emergency"), SlotSet("causes", [])]
        for flag in new[:_TOLD_AT_ONCE]:
            kind = {"kind": "same_day"} if flag.level is Urgency.SAME_DAY else None
            dispatcher.utter_message(response="utter_red_flag_advice", advice=flag.advice, json_message=kind)
        return [*_told(flags), *_going_on(dispatcher, tracker)]


class ActionRepeatEmergency(TurnAction):
    """Stays with the emergency, and lets the visitor say that it was a misunderstanding."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_repeat_emergency"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Repeat the instruction, or ask to confirm that nothing of it is happening."""
        heard, flags = heard_from(tracker), _flags(tracker)
        emergencies = [flag for flag in flags if flag.level is Urgency.EMERGENCY]
        misunderstood = heard.meaning.topic == "misunderstanding"
        if not flags or not (emergencies or misunderstood):
            dispatcher.utter_message(response="utter_no_red_flag_open")
            return []
        disputed = heard.meaning.reply is Reply.NO or disputes_alarm(
            case_from(tracker), heard.reading, wiring.knowledge()
        )
        if misunderstood or (disputed and tracker.get_slot("offer") != CLEARING):
            names = ", ".join(flag.name for flag in emergencies or flags)
            dispatcher.utter_message(response="utter_confirm_misunderstanding", flags=names)
            return [SlotSet("offer", CLEARING)]
        _stay_with(dispatcher, tracker, emergencies[0])
        return [*_closed(), SlotSet("offer", None)]


class ActionClearRedFlag(TurnAction):
    """Says that an emergency was taken back; `action_read_findings` has done it after the explicit confirmation."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_clear_red_flag"

    def act(self, dispatcher: CollectingDispatcher, _tracker: Tracker) -> Events:
        """Say so and let the conversation go on."""
        dispatcher.utter_message(response="utter_red_flag_cleared")
        return [SlotSet("offer", None), SlotSet("outcome", "open")]


def _flags(tracker: Tracker) -> tuple[RaisedFlag, ...]:
    return screen_red_flags(case_from(tracker), wiring.knowledge(), wiring.practice())


def _say_emergency(dispatcher: CollectingDispatcher, flag: RaisedFlag) -> None:
    dispatcher.utter_message(response="utter_emergency", advice=flag.advice, json_message={"kind": "emergency"})


def _stay_with(dispatcher: CollectingDispatcher, tracker: Tracker, flag: RaisedFlag) -> None:
    """Answer what was asked as far as it matters now, else say what to do in other words than the last time."""
    heard = heard_from(tracker)
    asked = [one for one in wiring.meanings().asked(heard.meaning, heard.reading.acts) if one.is_about_result]
    answers = result_answers(asked, tracker, ())
    said = sum(event.get("event") == "user" for event in tracker.events)
    response = "utter_emergency_answer" if answers else _AGAIN[said % len(_AGAIN)]
    values = {"answer": " ".join(answers), "advice": first_clause(flag.advice)}
    dispatcher.utter_message(response=response, json_message={"kind": "emergency"}, **values)


def _told(flags: Sequence[RaisedFlag]) -> Events:
    marks = [flag.mark for flag in flags]
    return [SlotSet("pending_red_flags", []), SlotSet("told_red_flags", marks), SlotSet("interview_answer", None)]


def _closed() -> Events:
    return [
        ActiveLoop(None),
        SlotSet(REQUESTED_SLOT, None),
        SlotSet("question", None),
        SlotSet("booking_open", False),
        SlotSet("asked_treatment", None),
    ]


def _going_on(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Return what lets the interview go on; a routine booking does not go on beside care that is due today."""
    if tracker.active_loop_name == INTERVIEW or (
        tracker.active_loop_name is None and heard_from(tracker).meaning.tells
    ):
        if wiring.question_after(case_from(tracker)) is None:
            dispatcher.utter_message(response="utter_ask_more_after_red_flag")
            return _closed()
        return [FollowupAction(INTERVIEW)]
    if urgency_from(tracker) is Urgency.SAME_DAY and tracker.active_loop_name == "booking_form":
        return _closed()
    if tracker.active_loop_name:
        return [FollowupAction(tracker.active_loop_name)]
    # Nothing else follows: what was asked beside is answered; where to go was just said.
    topics = wiring.knowledge().topics
    where = [one.id for one in open_questions(tracker) if one.topic in topics and topics[one.topic].asks_where]
    return answer_asked(dispatcher, tracker, but=where)
