"""Questions about the likely cause: what to do, what to leave out, how long it takes, how sure that is."""

from __future__ import annotations

import json

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.asked_beside import answer_asked, open_questions
from actions.base import INTERVIEW, Events, TurnAction
from actions.booking_slots import may_open_booking, opened_beside
from actions.case_slots import case_from, heard_from, question_from, refuses_more
from actions.conditions import offered_check, offers_check
from actions.result_answers import (
    answered_slots,
    cause_asked,
    is_result_told,
    names_cause,
    result_answers,
    waiting_flag,
)
from actions.safety import safety_question
from actions.symptom_interview import starts_interview
from actions.wiring import phrase
from bot.case import ActKind
from bot.conversation import likely_question
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import IntentMeaning, NextOffer


class ActionAnswerResultQuestion(TurnAction):
    """Answers what is asked about the likely cause, from the guidance of the cause for the person."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_result_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer each question once; one that comes too early is kept until the likely cause is told."""
        if refuses_more(tracker):
            return [FollowupAction("action_take_reply")]
        if _goes_on(tracker):
            return [FollowupAction(INTERVIEW)]
        asked = [meaning for meaning in open_questions(tracker) if meaning.is_about_result]
        if asked:
            ask, buttons, offered = _offer(tracker, asked)
            answered = answer_asked(dispatcher, tracker, ask=ask, buttons=buttons)
            return [*answered, *offered, *opened_beside(tracker)]
        answered = answer_asked(dispatcher, tracker)
        if tracker.active_loop_name == INTERVIEW or question_from(tracker) is not None:
            # The form says that the question is kept, and goes on.
            return answered
        if tracker.active_loop_name:
            dispatcher.utter_message(response="utter_result_question_beside")
            return answered
        dispatcher.utter_message(response="utter_result_question_first")
        return [*answered, FollowupAction(INTERVIEW)]


def answer_likely(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer a message that seems to be about something else, but after a result most likely asks about it.

    Returns what changes; nothing where it is no such message, and then nothing was said.
    """
    if tracker.active_loop_name or not is_result_told(tracker) or refuses_more(tracker):
        return []
    ranked = tracker.latest_message.get("intent_ranking") or []
    ranking = [(item["name"], float(item["confidence"])) for item in ranked if item.get("name")]
    asked = likely_question(heard_from(tracker).meaning, ranking, wiring.meanings())
    told = tracker.get_slot("causes") or []
    answers = result_answers([asked], tracker, told) if asked is not None else []
    if asked is None or not answers:
        return []
    ask, buttons, offered = _offer(tracker, [asked])
    said = "\n\n".join([*answers, ask] if ask else answers)
    dispatcher.utter_message(response="utter_practice_answer", answer=said, buttons=buttons)
    return [*answered_slots([asked], tracker, told), *(offered or [SlotSet("offer", None)])]


def leave_for_visit(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say honestly that a question has no answer here, and who can answer it."""
    waits = waiting_flag(case_from(tracker)) is not None
    dispatcher.utter_message(response="utter_question_for_today" if waits else "utter_question_for_visit")


def _goes_on(tracker: Tracker) -> bool:
    """Return whether the interview has to take up what the message tells; the question is kept and answered there.

    After a result, what is told in the question itself ("can I run although it hurts?") is no reason to tell it again.
    """
    if tracker.active_loop_name:
        return False
    if not is_result_told(tracker):
        return starts_interview(tracker)
    if waiting_flag(case_from(tracker)) is None and safety_question(tracker) is not None:
        return True
    return starts_interview(tracker) and _tells_beside(heard_from(tracker))


def _tells_beside(heard: LatestMessage) -> bool:
    acts = heard.reading.acts
    asking = [act for act in acts if act.kind is ActKind.ASK]
    told = [act for act in acts if act.kind in (ActKind.TELL, ActKind.DENY)]
    return any(not any(ask.start <= act.start and act.end <= ask.end for ask in asking) for act in told)


def _offer(tracker: Tracker, asked: list[IntentMeaning]) -> tuple[str, list[dict[str, str]], Events]:
    """Return the one thing that fits after the answer, as words or as a choice, and what a yes to it means."""
    if tracker.active_loop_name or waiting_flag(case_from(tracker)) is not None:
        return "", [], []
    told = tracker.get_slot("causes") or []
    if not told:
        ask = phrase("utter_part_ask_check").strip() if offers_check(tracker) and names_cause(tracker) else ""
        return ask, [], offered_check(tracker) if ask else []
    offer = wiring.knowledge().topics[asked[-1].topic].offer
    if offer is NextOffer.VISIT and may_open_booking(tracker) and not tracker.get_slot("visit_declined"):
        return "", [{"title": phrase("utter_part_book"), "payload": "/request_booking"}], [SlotSet("offer", "booking")]
    if offer is not NextOffer.TREATMENTS:
        return "", [], [SlotSet("offer", None)]
    payload = f"/ask_treatments{json.dumps({'cause': cause_asked(tracker, told, asked[-1])})}"
    return "", [{"title": phrase("utter_part_what_helps"), "payload": payload}], [SlotSet("offer", None)]
