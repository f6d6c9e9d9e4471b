"""Questions of the booking form that need more than words: what has to be asked before, and the last one."""

from __future__ import annotations

import textwrap

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import NO_REASON, standing_reason, visit_of, visit_values
from actions.case_slots import case_from, question_from
from actions.safety import evasions_of, safety_question
from actions.symptom_interview import put_open_question
from actions.wiring import phrase
from bot.booking.contact import written_phone

_READ_BACK = 120
"""Characters of the reason that are read back."""


class ActionAskScreeningAnswer(TurnAction):
    """Puts the red-flag question that comes before booking."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_booking_form_screening_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say why it comes first, unless that was just said or the question stands there already."""
        question = safety_question(tracker)
        if question is None:
            return []
        is_first = not any(asked.startswith("screen_") for asked in case_from(tracker).asked)
        if is_first and not evasions_of(tracker) and question_from(tracker) is None:
            dispatcher.utter_message(response="utter_before_booking")
        return put_open_question(dispatcher, tracker, question)


class ActionAskBookingConfirmed(TurnAction):
    """Reads the booking back and asks whether to book it."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_booking_form_booking_confirmed"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Read back, or ask what to change."""
        if tracker.get_slot("booking_change"):
            dispatcher.utter_message(response="utter_ask_booking_detail")
            return [SlotSet("booking_change", None)]
        visit = visit_values(visit_of(tracker.get_slot("visit")))
        if moving := tracker.get_slot("moving"):
            dispatcher.utter_message(response="utter_confirm_move", reference=moving, **visit)
            return []
        email, reason = tracker.get_slot("visitor_email"), standing_reason(tracker) or NO_REASON
        phone = written_phone(tracker.get_slot("visitor_phone") or "", wiring.practice().region)
        note = tracker.get_slot("contact_note")
        dispatcher.utter_message(
            response="utter_confirm_booking",
            name=tracker.get_slot("visitor_name"),
            phone=phrase("utter_confirm_phone", phone=phone) if phone else "",
            note=phrase("utter_confirm_note", note=note) if note else "",
            email=phrase("utter_confirm_booking_email", email=email) if email else phrase("utter_confirm_no_email"),
            reason=phrase("utter_confirm_reason", reason=_shortened(reason)) if reason != NO_REASON else "",
            **visit,
        )
        return []


def _shortened(reason: str) -> str:
    return textwrap.shorten(reason, _READ_BACK, placeholder=" ...")
