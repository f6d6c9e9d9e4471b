"""Books a visit, and changes a detail before it is booked."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.asked_beside import answer_asked
from actions.base import Events, TurnAction
from actions.booking_slots import (
    NO_REASON,
    closed_booking,
    coming_visits,
    contact_from,
    opened_booking,
    standing_reason,
    visit_of,
    visit_values,
)
from actions.call_details import ask_for_call
from actions.cancelling import is_refused
from actions.case_slots import case_from, heard_from, question_from, urgency_from
from actions.safety import hand_to_person, note_evasion, safety_question
from actions.visit_choice import offers_for, patient_from, visit_request
from actions.wiring import phrase
from actions.wish_slots import wish_said
from bot.booking.announcements import is_mailed
from bot.booking.appointments import (
    change_visit,
    confirm_visit,
    find_by_reference,
    hold_visit,
)
from bot.booking.links import private_link
from bot.booking.visits import Appointment, Party
from bot.booking.words.visit_words import detail_named
from bot.case import Urgency
from bot.errors import BookingLimitError, InstepError, SlotTakenError, VisitTooLateError
from bot.triage import make_brief

_log = logging.getLogger(__name__)


class ActionOpenBooking(TurnAction):
    """Starts a booking, unless what was told must not wait for one."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_open_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the booking; say whom to call where it cannot wait, and which visit is booked already."""
        if urgency_from(tracker) is Urgency.EMERGENCY:
            dispatcher.utter_message(response="utter_call_emergency")
            return [SlotSet("booking_open", False)]
        if urgency_from(tracker) is Urgency.SAME_DAY and not offers_for(tracker, None, limit=1).visits:
            dispatcher.utter_message(response="utter_booking_same_day")
            return [SlotSet("booking_open", False)]
        heard = heard_from(tracker)
        answered = answer_asked(dispatcher, tracker)
        another = heard.meaning.topic == "another_visit"
        coming = coming_visits(tracker)
        if coming and not another:
            dispatcher.utter_message(response="utter_already_booked", **visit_values(coming[0].visit))
            return [*answered, SlotSet("booking_open", False)]
        return [
            *answered,
            *self._insisted(dispatcher, tracker),
            *opened_booking(tracker),
            SlotSet("another_visit", another),
        ]

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
            dispatcher.utter_message(response="utter_nothing_to_change")
            return []
        heard = heard_from(tracker)
        detail = next(iter(heard.values("detail")), None) or detail_named(heard.text)
        if detail is None:
            return [SlotSet("booking_change", True)]
        wish = wish_said(heard.text) if detail == "visit" and not heard.entities else None
        wished = [SlotSet("visit_wish", wish)] if wish else []
        return [SlotSet(detail, None), SlotSet("booking_change", None), *wished]


class ActionSubmitBooking(TurnAction):
    """Stores the confirmed booking and says its reference."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_submit_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Book or move; offer other visits where somebody else was faster, a call-back where it cannot be done."""
        if safety_question(tracker) is not None:
            return hand_to_person(dispatcher, tracker)
        moving = tracker.get_slot("moving")
        booked = find_by_reference(moving) if moving else None
        if booked is not None and is_refused(booked, dispatcher):
            return closed_booking()
        try:
            appointment = _moved(tracker, moving) if moving else _booked(tracker)
        except SlotTakenError:
            dispatcher.utter_message(response="utter_visit_taken")
            return [*_again(), FollowupAction("booking_form")]
        except VisitTooLateError:
            dispatcher.utter_message(response="utter_booking_same_day")
            return closed_booking()
        except InstepError as error:
            return _call_instead(dispatcher, tracker, error)
        second = bool(tracker.get_slot("second_person")) and not moving
        _say_booked(dispatcher, appointment, moved=bool(moving), second=second)
        done = [
            SlotSet("second_person", None),
            SlotSet("booking_reference", appointment.reference),
            SlotSet("outcome", "booked"),
        ]
        return [*closed_booking(), *done]


def _booked(tracker: Tracker) -> Appointment:
    practice, now = wiring.practice(), wiring.now()
    request = replace(
        visit_request(tracker, tracker.get_slot("visit")),
        reason=_told_reason(tracker),
        patient=patient_from(tracker),
        note=tracker.get_slot("contact_note") or "",
        brief=_brief(tracker),
    )
    held = hold_visit(request, now=now, practice=practice)
    another = bool(tracker.get_slot("another_visit"))
    return confirm_visit(held.reference, contact_from(tracker), now=now, practice=practice, another=another)


def _moved(tracker: Tracker, reference: str) -> Appointment:
    visit = visit_of(tracker.get_slot("visit"))
    return change_visit(reference, visit, by=Party.VISITOR, now=wiring.now(), practice=wiring.practice())


def _brief(tracker: Tracker) -> str:
    """Return the clinician brief as JSON, empty where no symptom was told."""
    case = case_from(tracker)
    return json.dumps(make_brief(case, wiring.knowledge(), wiring.practice()).to_json()) if case.findings else ""


def _told_reason(tracker: Tracker) -> str:
    reason = standing_reason(tracker) or ""
    return "" if reason == NO_REASON else reason


def _say_booked(dispatcher: CollectingDispatcher, appointment: Appointment, *, moved: bool, second: bool) -> None:
    values = visit_values(appointment.visit)
    link = private_link(appointment.uid)
    dispatcher.utter_message(
        response="utter_moved" if moved else "utter_booked",
        reference=appointment.reference,
        json_message={"kind": "booked"},
        **values,
    )
    mailed = phrase("utter_booked_mail", email=appointment.contact.email) if is_mailed(appointment) else ""
    dispatcher.utter_message(
        response="utter_booked_next", link=link, mailed=mailed, hours=wiring.practice().cutoff_hours
    )
    if second:
        dispatcher.utter_message(response="utter_second_person")


def _again() -> Events:
    return [SlotSet("visit", None), SlotSet("booking_held", None), SlotSet("booking_confirmed", None)]


def _call_instead(dispatcher: CollectingDispatcher, tracker: Tracker, error: InstepError) -> Events:
    """Ask the practice to call; the visitor has given name and number, so nothing of it is to be typed again."""
    _log.warning("no booking: %s", type(error).__name__)
    try:
        ask_for_call(tracker, contact_from(tracker), _told_reason(tracker))
    except InstepError:
        dispatcher.utter_message(response="utter_booking_failed")
        return closed_booking()
    limited = isinstance(error, BookingLimitError)
    dispatcher.utter_message(response="utter_booking_limit" if limited else "utter_booking_failed_call_back")
    return [*closed_booking(), SlotSet("outcome", "call_back")]
