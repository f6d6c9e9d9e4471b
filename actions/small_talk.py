"""Short replies outside a question, repeating and stopping."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.base import Events, TurnAction
from actions.booking_slots import coming_visits, opened_booking
from actions.call_back import ActionSubmitCallBack
from actions.case_slots import case_from, heard_from, question_from, urgency_from
from actions.findings import INTERVIEW
from actions.managed_booking import ask_to_cancel, cancel_managed
from actions.symptom_interview import put_question, starts_interview
from actions.treatments import ActionExplainTreatments
from bot.booking.appointments import release_holds
from bot.case import Case, Question, Urgency

_KEPT_MESSAGES = 3

_OPEN_SLOTS = (
    "question",
    "interview_answer",
    "asked_treatment",
    "offer",
    "visit",
    "visit_wish",
    "offered_visits",
    "patient",
    "visit_reason",
    "visitor_name",
    "visitor_phone",
    "visitor_email",
    "booking_confirmed",
    "booking_held",
    "moving",
    "lookup_reference",
    "lookup_phone",
)


_SMALL_TALK = {
    "greet": ("utter_greet", "utter_greet_beside"),
    "ask_help": ("utter_help", "utter_help_beside"),
    "thank": ("utter_thank", "utter_thank_beside"),
    "goodbye": ("utter_goodbye", "utter_goodbye"),
}
"""What is said alone and while a form waits."""

_EMERGENCY = {"thank": "utter_thank_emergency", "goodbye": "utter_thank_emergency"}


class ActionTakeReply(TurnAction):
    """Takes a yes, a no or a detail that answers no open question."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_take_reply"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Go on with what was offered last, else ask what the visitor would like."""
        intent = heard_from(tracker).intent
        if starts_interview(tracker):
            return [FollowupAction(INTERVIEW)]
        if tracker.get_slot("asked_treatment") and question_from(tracker) is None:
            return ActionExplainTreatments().act(dispatcher, tracker)
        if tracker.active_loop_name or question_from(tracker) is not None:
            return _ask_again(dispatcher, tracker, intent)
        if intent == "nlu_fallback":
            return [FollowupAction("action_decline")]
        return _reply_to_offer(dispatcher, tracker, intent)


def _ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, intent: str) -> Events:
    """Say that the reply did not answer; a form puts its question again by itself, another question is put here."""
    question = question_from(tracker)
    if question is None or tracker.active_loop_name:
        outdated = intent == "answer_question"
        dispatcher.utter_message(response="utter_answer_outdated" if outdated else "utter_not_understood")
        return []
    if intent != "affirm":
        return ask_once_more(dispatcher, tracker, question)
    dispatcher.utter_message(response="utter_pick_from_list" if question.many else "utter_answer_unread")
    put_question(dispatcher, question)
    return [SlotSet("asked_which", question.id)]


def ask_once_more(dispatcher: CollectingDispatcher, tracker: Tracker, question: Question) -> Events:
    """Put a question outside any form once more after a message that was no answer; the next time leave it."""
    if int(tracker.get_slot("unread_answers") or 0):
        dispatcher.utter_message(response="utter_question_left")
        return [SlotSet("question", None), SlotSet("asked_treatment", None), SlotSet("unread_answers", 0)]
    dispatcher.utter_message(response="utter_answer_unread_many" if question.many else "utter_answer_unread")
    put_question(dispatcher, question)
    return [SlotSet("unread_answers", 1)]


def _reply_to_offer(dispatcher: CollectingDispatcher, tracker: Tracker, intent: str) -> Events:
    offer = tracker.get_slot("offer")
    if offer == "booking" and intent == "affirm":
        dispatcher.utter_message(response="utter_opening_booking")
        return [*opened_booking(tracker), FollowupAction("booking_form")]
    if offer == "call_back" and intent == "affirm":
        return [SlotSet("offer", None), *ActionSubmitCallBack().act(dispatcher, tracker)]
    if offer == "cancel_visit" and intent == "affirm":
        return cancel_managed(dispatcher, tracker)
    if offer == "cancel_visit" and intent == "deny":
        dispatcher.utter_message(response="utter_visit_kept")
        return [SlotSet("offer", None)]
    if offer == "booking" and intent == "unsure":
        dispatcher.utter_message(response="utter_after_unsure")
        return []
    if offer == "booking" and intent == "deny":
        dispatcher.utter_message(response="utter_after_no")
    else:
        dispatcher.utter_message(response="utter_anything_else" if intent == "deny" else "utter_ask_what_next")
    return [SlotSet("offer", None)]


class ActionAnswerSmallTalk(TurnAction):
    """Answers a greeting, thanks, a goodbye or a call for help; choices only where no form waits with a question."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_small_talk"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer; an open form puts its question again by itself. A symptom told with it is taken up."""
        intent = heard_from(tracker).intent
        if starts_interview(tracker):
            return [FollowupAction(INTERVIEW)]
        if urgency_from(tracker) is Urgency.EMERGENCY and intent in _EMERGENCY:
            dispatcher.utter_message(response=_EMERGENCY[intent])
            return []
        alone, beside = _SMALL_TALK[intent]
        dispatcher.utter_message(response=beside if tracker.active_loop_name else alone)
        return []


class ActionStartOver(TurnAction):
    """Forgets what was told, but no red flag: that is taken back by an explicit confirmation only."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_start_over"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Empty the case, close what is open and ask where to start."""
        told = case_from(tracker)
        kept = Case(raised=told.raised, escalated=told.escalated)
        dispatcher.utter_message(response="utter_started_over")
        emptied = (*_OPEN_SLOTS, "asked_which", "told_records", "told_case", "second_goal", "screening_answer")
        return [
            *_closed_form(),
            *(SlotSet(slot, None) for slot in emptied),
            SlotSet("case", kept.to_json()),
            SlotSet("causes", []),
            SlotSet("complaint_asked", False),
            SlotSet("booking_wanted", False),
        ]


class ActionRepeatMessage(TurnAction):
    """Says the last messages again; an open form puts its question again by itself."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_repeat_message"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Repeat what was said before the visitor's message, with its choices."""
        if tracker.active_loop_name:
            return []
        said = _said_before(tracker)
        for event in said[-_KEPT_MESSAGES:]:
            data = event.get("data") or {}
            dispatcher.utter_message(
                response="utter_repeated",
                message=event["text"],
                buttons=data.get("buttons") or [],
                json_message=data.get("custom") or None,
            )
        if not said:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        return []


class ActionCancelForm(TurnAction):
    """Stops what is open; nothing of it is kept."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_cancel_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Close the open form and forget its details; a message that merely resembles a stop is not taken for one."""
        if heard_from(tracker).intent != "cancel":
            return [FollowupAction("action_decline")]
        if not tracker.active_loop_name and question_from(tracker) is None:
            return _nothing_open(dispatcher, tracker)
        dispatcher.utter_message(response="utter_move_stopped" if tracker.get_slot("moving") else "utter_cancelled")
        release_holds(tracker.sender_id)
        emptied = [SlotSet(slot, None) for slot in _OPEN_SLOTS]
        return [*_closed_form(), *emptied]


def _nothing_open(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask whether the coming visit of this conversation is to be cancelled; it may be what is meant."""
    coming = coming_visits(tracker)
    if coming:
        return ask_to_cancel(coming[0], dispatcher, tracker)
    dispatcher.utter_message(response="utter_nothing_to_cancel")
    return []


def _closed_form() -> Events:
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False)]


def _said_before(tracker: Tracker) -> Events:
    events = tracker.events
    turns = [place for place, event in enumerate(events) if event.get("event") == "user"]
    if not turns:
        return []
    first = turns[-2] if len(turns) > 1 else 0
    return [event for event in events[first : turns[-1]] if event.get("event") == "bot" and event.get("text")]
