"""Books a visit, finds it again, and changes a detail before it is booked."""

from __future__ import annotations

import hashlib
import re

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import closed_booking, opened_booking, visit_of, visit_values
from actions.case_slots import case_from, heard_from, question_from, urgency_from
from actions.safety import hand_to_person, note_evasion, safety_question
from actions.wiring import phrase
from bot.booking.appointments import appointments_of, book_visit
from bot.booking.visits import AppointmentState, Contact, VisitRequest
from bot.case import Urgency
from bot.errors import InstepError, SlotTakenError

LONGEST_REASON = 300
"""Characters of the visitor's own description that are stored with a booking."""

_LIVE = (AppointmentState.HELD, AppointmentState.CONFIRMED, AppointmentState.CHANGED)
_DETAILS = (
    ("visitor_email", re.compile(r"mail", re.IGNORECASE)),
    ("visitor_phone", re.compile(r"phone|number|mobile|cell", re.IGNORECASE)),
    ("visitor_name", re.compile(r"name", re.IGNORECASE)),
    ("visit", re.compile(r"time|day|date|hour|visit|appointment", re.IGNORECASE)),
)


class ActionOpenBooking(TurnAction):
    """Starts a booking, unless what was told must not wait for one."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_open_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the booking, or say whom to call today."""
        if urgency_from(tracker) in (Urgency.EMERGENCY, Urgency.SAME_DAY):
            dispatcher.utter_message(response="utter_booking_same_day")
            return [SlotSet("booking_open", False)]
        return [*self._insisted(dispatcher, tracker), *opened_booking(tracker)]

    @staticmethod
    def _insisted(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count a wish to book that passes over a red-flag question that was put."""
        pending = question_from(tracker)
        if pending is None or not pending.screening:
            return []
        return [SlotSet(slot, value) for slot, value in note_evasion(dispatcher, tracker).items()]


class ActionChangeBookingDetail(TurnAction):
    """Asks again for one detail of the booking that is being made."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_change_booking_detail"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Empty the detail that the message names; the open form then asks for it."""
        if tracker.active_loop_name != "booking_form":
            dispatcher.utter_message(response="utter_change_booking")
            return []
        heard = heard_from(tracker)
        detail = next(iter(heard.values("detail")), None) or _detail_named(heard.text)
        if detail is None:
            return [SlotSet("booking_change", True)]
        return [SlotSet(detail, None), SlotSet("booking_change", None)]


class ActionSubmitBooking(TurnAction):
    """Stores the confirmed booking and says its reference."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_submit_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Book; offer other visits where somebody else was faster."""
        if safety_question(tracker) is not None:
            return hand_to_person(dispatcher, tracker)
        try:
            appointment = book_visit(_request(tracker), practice=wiring.practice())
        except SlotTakenError:
            dispatcher.utter_message(response="utter_visit_taken")
            return [SlotSet("visit", None), SlotSet("booking_confirmed", None), FollowupAction("booking_form")]
        except InstepError:
            dispatcher.utter_message(response="utter_booking_failed")
            return closed_booking()
        dispatcher.utter_message(
            response="utter_booked",
            reference=appointment.reference,
            json_message={"kind": "booked"},
            **visit_values(appointment.visit),
        )
        dispatcher.utter_message(response="utter_booked_next")
        done = [SlotSet("booking_reference", appointment.reference), SlotSet("outcome", "booked")]
        return [*closed_booking(), *done]


class ActionShowBooking(TurnAction):
    """Shows the visits that were booked in this conversation."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_show_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show date, time and reference of each."""
        lines = [
            phrase("utter_booking_line", reference=appointment.reference, **visit_values(appointment.visit))
            for appointment in appointments_of(tracker.sender_id)
            if appointment.state in _LIVE
        ]
        if lines:
            dispatcher.utter_message(response="utter_booking_found", visits="\n\n".join(lines))
        else:
            dispatcher.utter_message(response="utter_no_booking_found")
        return []


def _request(tracker: Tracker) -> VisitRequest:
    contact = Contact(
        name=tracker.get_slot("visitor_name"),
        phone=tracker.get_slot("visitor_phone"),
        email=tracker.get_slot("visitor_email") or "",
    )
    visit_id = tracker.get_slot("visit")
    parts = (tracker.sender_id, visit_id, contact.name, contact.phone, contact.email)
    return VisitRequest(
        key=hashlib.sha256("\n".join(parts).encode()).hexdigest(),
        conversation_id=tracker.sender_id,
        visit=visit_of(visit_id),
        contact=contact,
        reason=case_from(tracker).complaint[:LONGEST_REASON],
    )


def _detail_named(text: str) -> str | None:
    return next((detail for detail, words in _DETAILS if words.search(text)), None)
