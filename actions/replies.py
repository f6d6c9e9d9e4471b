"""Short replies outside a form: what a yes, a no or a "not sure" means there, and what comes next."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.asked_beside import answer_asked, leaves_question
from actions.base import BOOKING, INTERVIEW, Events, TurnAction
from actions.booking_slots import coming_visits, opened_booking, visit_values
from actions.call_back import ActionSubmitCallBack
from actions.call_details import SLOT, added_details, contact_told, known_contact, where_reached
from actions.cancelling import take_cancel_answer
from actions.case_slots import heard_from, question_from, refuses_more, urgency_from
from actions.conditions import CHECK
from actions.open_forms import stop_form
from actions.red_flags import ActionClearRedFlag
from actions.result_questions import leave_for_visit
from actions.symptom_interview import put_question, starts_interview
from actions.treatments import ActionExplainTreatments
from bot.booking.words.visit_words import declines_visit
from bot.case import Question, Urgency
from bot.conversation.corrections import CLEARING
from bot.knowledge.model import IntentMeaning, Reply


class ActionTakeReply(TurnAction):
    """Takes a yes, a no or a detail that answers no open question."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_take_reply"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Go on with what was offered last, else ask what the visitor would like."""
        meaning = heard_from(tracker).meaning
        if not tracker.active_loop_name and (answered := take_cancel_answer(dispatcher, tracker)) is not None:
            return answered
        if tracker.active_loop_name == BOOKING and declines_visit(heard_from(tracker).text):
            return stop_form(dispatcher, tracker)
        if refuses_more(tracker):
            # "No, leave it as it is" to whatever was offered: nothing else is put in its place.
            return [*_reply_to_offer(dispatcher, tracker, Reply.NO), SlotSet("asked_treatment", None)]
        if starts_interview(tracker):
            return [FollowupAction(INTERVIEW)]
        if tracker.get_slot("asked_treatment") and question_from(tracker) is None:
            return ActionExplainTreatments().act(dispatcher, tracker)
        if tracker.active_loop_name or question_from(tracker) is not None:
            return _ask_again(dispatcher, tracker, meaning)
        if meaning.is_unread:
            return [FollowupAction("action_decline")]
        # A number that somebody was asked for is an answer too.
        if meaning.reply is None and (answered := answer_asked(dispatcher, tracker)):
            return answered
        if told := contact_told(tracker):
            return _offer_call(dispatcher, tracker, told)
        return _reply_to_offer(dispatcher, tracker, meaning.reply)


def _offer_call(dispatcher: CollectingDispatcher, tracker: Tracker, told: dict[str, str]) -> Events:
    """Ask whether somebody who tells a number without being asked wants to be called there."""
    dispatcher.utter_message(response="utter_offer_call", where=where_reached(known_contact(tracker)))
    kept = [SlotSet(slot, value) for slot, value in told.items()]
    return [*kept, SlotSet(SLOT, added_details(tracker)), SlotSet("offer", "call_back")]


def _ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, meaning: IntentMeaning) -> Events:
    """Say that the reply did not answer; a form puts its question again by itself, another question is put here."""
    question = question_from(tracker)
    if answered := answer_asked(dispatcher, tracker):
        return answered
    if question is None or tracker.active_loop_name:
        dispatcher.utter_message(response=_beside_form(tracker, meaning))
        return []
    if meaning.reply is not Reply.YES:
        return ask_once_more(dispatcher, tracker, question)
    dispatcher.utter_message(response="utter_pick_from_list" if question.many else "utter_answer_unread")
    put_question(dispatcher, question)
    return []


def _beside_form(tracker: Tracker, meaning: IntentMeaning) -> str:
    """Return what is said to a reply that an open form could not use."""
    offered = tracker.get_slot(REQUESTED_SLOT) == "visit" and tracker.get_slot("offered_visits")
    if meaning.reply is Reply.YES and offered:
        return "utter_which_visit"
    return "utter_answer_outdated" if meaning.pressed else "utter_not_understood"


def ask_once_more(dispatcher: CollectingDispatcher, tracker: Tracker, question: Question) -> Events:
    """Put a question outside any form once more after a message that was no answer; the next time leave it."""
    if int(tracker.get_slot("unread_answers") or 0):
        dispatcher.utter_message(response="utter_question_left")
        return [SlotSet("question", None), SlotSet("asked_treatment", None), SlotSet("unread_answers", 0)]
    dispatcher.utter_message(response="utter_answer_unread_many" if question.many else "utter_answer_unread")
    put_question(dispatcher, question)
    return [SlotSet("unread_answers", 1)]


def _reply_to_offer(dispatcher: CollectingDispatcher, tracker: Tracker, reply: Reply | None) -> Events:
    offer = tracker.get_slot("offer")
    if offer == "booking" and reply is Reply.YES:
        dispatcher.utter_message(response="utter_opening_booking")
        return [*opened_booking(tracker), FollowupAction("booking_form")]
    if offer == CLEARING and reply is Reply.NO:
        return ActionClearRedFlag().act(dispatcher, tracker)
    if offer == CHECK and reply is Reply.YES:
        return [SlotSet("offer", None), FollowupAction(INTERVIEW)]
    if offer == "call_back" and reply is Reply.YES:
        return [SlotSet("offer", None), *ActionSubmitCallBack().act(dispatcher, tracker)]
    if offer == "booking" and reply is Reply.UNSURE:
        dispatcher.utter_message(response="utter_after_unsure")
        return []
    if offer == "booking" and reply is Reply.NO:
        dispatcher.utter_message(response="utter_after_no")
        return [SlotSet("offer", None), SlotSet("visit_declined", True)]
    if leaves_question(tracker):
        leave_for_visit(dispatcher, tracker)
        return []
    dispatcher.utter_message(response="utter_anything_else" if reply is Reply.NO else "utter_ask_what_next")
    return [SlotSet("offer", None)]


class ActionTellNextStep(TurnAction):
    """Answers "what now?": the next step depends on what is known so far."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_tell_next_step"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say how to go on; an open form puts its question again by itself."""
        if starts_interview(tracker):
            return [FollowupAction(INTERVIEW)]
        if tracker.active_loop_name:
            dispatcher.utter_message(response="utter_help_beside")
            return []
        if (question := question_from(tracker)) is not None:
            return ask_once_more(dispatcher, tracker, question)
        return _say_next_step(dispatcher, tracker)


def _say_next_step(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    if urgency_from(tracker) is Urgency.SAME_DAY:
        dispatcher.utter_message(response="utter_advice_same_day")
        return [SlotSet("offer", None)]
    if coming := coming_visits(tracker):
        dispatcher.utter_message(response="utter_next_step_booked", **visit_values(coming[0].visit))
        return [SlotSet("offer", None)]
    if tracker.get_slot("causes") or tracker.get_slot("told_records"):
        dispatcher.utter_message(response="utter_next_step")
        return [SlotSet("offer", "booking")]
    dispatcher.utter_message(response="utter_help")
    return []
