"""The interview: one question at a time until triage has enough."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions import wiring
from actions.asked_beside import answer_asked, asks_for_visit, asks_too_early
from actions.base import Domain, Events, TurnAction, speak
from actions.case_slots import case_from, heard_from, question_from, question_slot
from actions.practice_values import result_words
from actions.safety import closer_question, is_given_up, note_evasion, note_unread, question_to_put
from bot.case import Case, Question, Reading, Status
from bot.conversation.acknowledgment import acknowledge
from bot.conversation.answers import EVADED, NOTED, UNREAD
from bot.knowledge.model import Reply
from bot.triage import explain_causes, match_causes, tells_complaint
from bot.triage.screening import shown_choices

_MOST_BESIDE = 2
"""Bubbles before the first question."""

_CONTACT_FORMS = ("booking_form", "call_back_form", "message_form")

_WARNED = "action_warn_red_flag"


class ValidateSymptomInterviewForm(FormValidationAction):
    """Goes on to the next question, or ends the form when nothing is left to ask."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_symptom_interview_form"

    def validate_interview_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any]:
        """Clear the answer, which `action_read_findings` has taken in, so that the form asks again."""
        return {"interview_answer": None, **reply_to_answer(value, dispatcher, tracker)}

    async def next_requested_slot(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any] | None:
        """Return None while there is something to ask; else the event that ends the form."""
        asks = wants_complaint(tracker) or open_question(tracker)
        if asks and not tracker.get_slot("outside") and not is_given_up(tracker):
            return None
        ended: dict[str, Any] = SlotSet(REQUESTED_SLOT, None)
        return ended


class ActionAskInterviewAnswer(TurnAction):
    """Puts the pending question again, or the next one."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_symptom_interview_form_interview_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask for the complaint in free words first, where nothing is known yet."""
        answered = _remark(dispatcher, tracker)
        if wants_complaint(tracker):
            dispatcher.utter_message(response="utter_ask_complaint")
            return [*answered, SlotSet("complaint_asked", True)]
        question = open_question(tracker)
        if question is None:
            return answered
        return [*answered, *put_open_question(dispatcher, tracker, question)]


class ActionExplainQuestion(TurnAction):
    """Answers "why do you ask?"."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say why the pending question is asked; where none is, why the causes were named."""
        question = question_from(tracker)
        if question is not None and question.why:
            dispatcher.utter_message(response="utter_question_why", why=question.why)
        elif tracker.active_loop_name in _CONTACT_FORMS:
            dispatcher.utter_message(response="utter_question_why_contact")
        elif question is not None or tracker.active_loop_name:
            dispatcher.utter_message(response="utter_question_why_unknown")
        elif tracker.get_slot("causes") and not tracker.get_slot("red_flags"):
            return _explain_causes(dispatcher, case_from(tracker))
        else:
            dispatcher.utter_message(response="utter_no_question_open")
        return []


def _explain_causes(dispatcher: CollectingDispatcher, case: Case) -> Events:
    """Say again what speaks for and against the causes, and how they are found."""
    knowledge = wiring.knowledge()
    matching = match_causes(case, knowledge)
    dispatcher.utter_message(response="utter_causes_why")
    told = explain_causes(case, matching, knowledge)
    speak(dispatcher, result_words().causes(case, matching, told))
    return [SlotSet("told_records", [f"cause/{cause.id}" for cause in told])]


def _remark(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say a word about what stands beside the symptoms; what has no room is said later.

    Beside the advice of a red flag only questions are answered, and not in the turn in which it is given.
    """
    heard, case = heard_from(tracker), case_from(tracker)
    if not tracker.get_slot("red_flags"):
        if not case.asked and question_from(tracker) is None:
            _acknowledge(dispatcher, case, heard.reading)
        _remark_impossible(dispatcher, heard.reading)
        speak(dispatcher, result_words().fear_here(heard.reading.feared))
    # Three bubbles at most, and the question is one of them.
    if tracker.latest_action_name == _WARNED or len(dispatcher.messages) >= _MOST_BESIDE:
        return []
    answered = answer_asked(dispatcher, tracker)
    if not answered and heard.meaning.tells and asks_for_visit(heard) and not tracker.get_slot("red_flags"):
        dispatcher.utter_message(response="utter_wish_noted")
    elif asks_too_early(tracker) and not wants_complaint(tracker):
        dispatcher.utter_message(response="utter_result_question_kept")
    return answered


def _acknowledge(dispatcher: CollectingDispatcher, case: Case, reading: Reading) -> bool:
    """Show what was heard; return whether there was anything to show."""
    say = acknowledge(case, reading, wiring.knowledge(), wiring.phrase)
    speak(dispatcher, [say] if say else [])
    return say is not None


def _remark_impossible(dispatcher: CollectingDispatcher, reading: Reading) -> None:
    """Say how a number was taken that lies outside its scale."""
    if reading.impossible_pain is not None:
        dispatcher.utter_message(response="utter_impossible_pain", value=str(reading.impossible_pain))
    if reading.impossible_age is not None:
        dispatcher.utter_message(response="utter_impossible_age", value=str(reading.impossible_age))


def wants_complaint(tracker: Tracker) -> bool:
    """Return whether the visitor has to be asked to describe the complaint in free words."""
    case = case_from(tracker)
    return not (
        tells_complaint(case.findings, wiring.knowledge()) or case.complaint or tracker.get_slot("complaint_asked")
    )


def starts_interview(tracker: Tracker) -> bool:
    """Return whether a message tells a symptom where no form and no question waits, whatever its intent is."""
    if tracker.active_loop_name or question_from(tracker) is not None:
        return False
    reading = heard_from(tracker).reading
    if reading.general:
        return False
    sites = [site for name in reading.sites if (site := wiring.knowledge().sites.get(name))]
    if sites and not any(site.podiatric for site in sites):
        return False
    present = (item for item in reading.findings if item.status is Status.PRESENT)
    return tells_complaint(present, wiring.knowledge())


def open_question(tracker: Tracker) -> Question | None:
    """Return the question that waits for an answer, else the next one."""
    return question_from(tracker) or question_to_put(case_from(tracker))


def reply_to_answer(word: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
    """Say why the question still waits for an answer, where it does; return the slots that keep count of it."""
    question = question_from(tracker)
    if word == EVADED:
        return note_evasion(dispatcher, tracker)
    heard = heard_from(tracker)
    if word == NOTED and not _acknowledge(dispatcher, case_from(tracker), heard.reading):
        dispatcher.utter_message(response="utter_symptom_noted")
    if word != UNREAD or question is None:
        return {}
    if question.many and heard.meaning.reply is Reply.YES:
        dispatcher.utter_message(response="utter_pick_from_list")
        return {}
    counted = note_unread(tracker, ends=question.screening)
    if not is_given_up(tracker):
        dispatcher.utter_message(response="utter_answer_unread_many" if question.many else "utter_answer_unread")
    return counted


def put_open_question(dispatcher: CollectingDispatcher, tracker: Tracker, question: Question) -> Events:
    """Put the question, with what to watch for before the one that follows a "not sure" to a list."""
    if question_from(tracker) is None and closer_question(case_from(tracker)) is not None:
        dispatcher.utter_message(response="utter_screening_unsure")
    put_question(dispatcher, question)
    return [SlotSet("question", question_slot(question))]


def put_question(dispatcher: CollectingDispatcher, question: Question) -> None:
    """Say the question with its choices."""
    buttons = [
        {
            "title": choice.label,
            "payload": f"/answer_question{json.dumps({'question': question.id, 'answer': choice.id})}",
            "alone": choice.alone,
        }
        for choice in shown_choices(question, wiring.knowledge())
    ]
    dispatcher.utter_message(
        response="utter_interview_question",
        question=question.sentence or question.text,
        buttons=buttons,
        json_message={"many": True} if question.many and not question.sentence else None,
    )
