"""The booking form: a visit, who comes, and the confirmation."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.base import Domain
from actions.booking_slots import CLEAR, LONGEST_REASON, NO_REASON
from actions.case_slots import heard_from
from actions.contact_form import MailedContactForm, Slots
from actions.contact_words import name_in, noted
from actions.safety import is_given_up, safety_question
from actions.symptom_interview import reply_to_answer
from actions.visit_choice import (
    confirms_visit,
    exactly_wished,
    held_visit,
    later_than_offered,
    typed_visit,
    visit_named,
    wish_named,
)
from actions.wiring import phrase
from bot.booking.visits import Patient
from bot.booking.wish_json import wish_to_json
from bot.booking.wish_reader import read_patient, says_book_it
from bot.booking.words.contact_words import email_in, phone_in
from bot.booking.words.names import patient_named
from bot.booking.words.reasons import reason_answered, reason_changed, reason_named, sentence_at
from bot.case import ActKind, Status
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import Journey, Reply

_PATIENT_ANSWERS = {Reply.YES: "existing", Reply.NO: "new", Reply.UNSURE: "new", Reply.SKIP: "new"}


class ValidateBookingForm(MailedContactForm):
    """Takes the visitor's answers, in any order, and checks each."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "validate_booking_form"

    def validate_screening_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Keep the slot empty, so that the form asks, while a red-flag question has to be answered first."""
        counted = reply_to_answer(value, dispatcher, tracker)
        if safety_question(tracker) is not None:
            return {"screening_answer": None, **counted}
        return {"screening_answer": CLEAR, **counted}

    async def next_requested_slot(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any] | None:
        """Return the event that ends the form once the red-flag question was passed over too often, else None."""
        ended: dict[str, Any] = SlotSet(REQUESTED_SLOT, None)
        return ended if is_given_up(tracker) else None

    def extract_visit(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the visit or the wish that the message names: as `visit_named` does."""
        named = visit_named(tracker)
        return {"visit": named} if named else {}

    def validate_visit(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Hold the visit if it is free; else return what has to be offered."""
        if isinstance(value, str):
            return {"visit": value}
        if "id" in value:
            return held_visit(value["id"], dispatcher, tracker)
        if "unread" in value:
            return {"visit": None, "visit_unread": True}
        if "others" in value:
            refusals = int(tracker.get_slot("visit_refusals") or 0) + 1
            return {"visit": None, "visit_wish": later_than_offered(tracker), "visit_refusals": refusals}
        wish = wish_named(value, tracker)
        exact = exactly_wished(wish, tracker)
        held = held_visit(exact, dispatcher, tracker) if exact else {"visit": None, "booking_change": None}
        return {**held, "visit_wish": wish_to_json(wish), "visit_refusals": 0}

    def extract_visitor_name(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Return who comes; where that is somebody else, `name` and `booker`, the visitor's own name."""
        heard = heard_from(tracker)
        patient = None if heard.entities else patient_named(heard.text)
        if patient is None:
            return super().extract_visitor_name(dispatcher, tracker, domain)
        booker = tracker.get_slot("visitor_name") or name_in(heard)
        return {"visitor_name": {"name": patient, "booker": booker if booker != patient else None}}

    def validate_visitor_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Check the name, and note for staff who booked for somebody else."""
        if isinstance(value, str):
            return super().validate_visitor_name(value, dispatcher, tracker, domain)
        note = phrase("utter_part_booked_by", name=value["booker"]) if value["booker"] else None
        checked = super().validate_visitor_name(value["name"], dispatcher, tracker, domain)
        return {**checked, **noted(note, tracker)}

    def extract_patient(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return whether the visitor has been to the practice, asked for or told beside something else."""
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT) == "patient"
        detail = heard.meaning.act is ActKind.DETAIL or heard.meaning.topic == "visit"
        if told := read_patient(heard.text, asked=asked or detail):
            return {"patient": told.value}
        if asked and heard.meaning.reply is not None:
            return {"patient": _PATIENT_ANSWERS[heard.meaning.reply]}
        return {}

    def validate_patient(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Keep it, and take the kind of visit that is meant for such a patient."""
        tracker.slots["patient"] = value
        visit_id = tracker.get_slot("visit")
        # A visit that the same message names is still to be checked, and then gets the type of such patients.
        if not isinstance(visit_id, str) or (retyped := typed_visit(visit_id, Patient(value))) == visit_id:
            return {"patient": value}
        return {"patient": value, **held_visit(retyped, dispatcher, tracker)}

    def extract_visit_reason(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the visitor's words when the reason was asked for, or what is named as the reason at any time."""
        heard, asked = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if heard.entities:
            return {}
        if asked != "visit_reason":
            reason = _reason_unasked(heard, asked)
            return {"visit_reason": reason} if reason else {}
        if heard.meaning.reply in (Reply.SKIP, Reply.NO, Reply.UNSURE):
            return {"visit_reason": NO_REASON}
        reason = reason_answered(heard.text) if _may_be_reason(heard) else reason_named(heard.text)
        return {"visit_reason": reason} if reason else {}

    def validate_visit_reason(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Keep it; what it tells may have to be asked about first, so that nothing urgent waits for a visit."""
        first = None if safety_question(tracker) is not None else CLEAR
        return {"visit_reason": str(value)[:LONGEST_REASON], "screening_answer": first}

    def extract_booking_confirmed(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the answer to the last question; "book it" is a yes, "book another one" is none."""
        heard = heard_from(tracker)
        if tracker.get_slot(REQUESTED_SLOT) != "booking_confirmed":
            return {}
        if heard.meaning.reply is Reply.YES or confirms_visit(heard, tracker):
            return {"booking_confirmed": True}
        return {"booking_confirmed": False} if heard.meaning.reply is Reply.NO else {}

    def validate_booking_confirmed(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Book only after a yes to what was read back; after a no ask what to change."""
        ready = bool(value) and not tracker.get_slot("booking_change")
        return {"booking_confirmed": True if ready else None, "booking_change": None if value else True}


def _may_be_reason(heard: LatestMessage) -> bool:
    """Return whether the answer to what the visit is about can be its reason: no yes, no question, no other wish."""
    if heard.meaning.reply is Reply.YES or says_book_it(heard.text) or heard.meaning.topic == "visit":
        return False
    if heard.meaning.topic == "contact" and (phone_in(heard.text) or email_in(heard.text)):
        return False
    return not heard.meaning.interrupts_journey(Journey.BOOKING)


def _reason_unasked(heard: LatestMessage, asked: str | None) -> str | None:
    """Return the reason that a message names unasked; where the booking is read back, a complaint is one."""
    if reason := reason_named(heard.text):
        return reason
    if asked != "booking_confirmed":
        return None
    told = [item for item in heard.reading.findings if item.status is Status.PRESENT]
    if reason := reason_changed(heard.text):
        return reason
    return sentence_at(heard.text, told[0].start) if told and heard.meaning.tells else None
