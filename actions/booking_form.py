"""The booking form: a visit, who comes, and the confirmation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.base import Domain, Events, TurnAction
from actions.booking_slots import CLEAR, visit_of, visit_values, wish_from, wish_slot
from actions.case_slots import Heard, case_from, heard_from, question_from
from actions.contact_form import ContactForm, Slots
from actions.contact_words import email_in
from actions.findings import NOTED
from actions.safety import evasions_of, is_given_up, safety_question
from actions.symptom_interview import put_open_question, reply_to_answer
from actions.visit_words import chosen_by_place
from actions.wiring import phrase
from bot.booking.appointments import offer_visits, offered_visit
from bot.booking.contact import check_email, written_phone
from bot.booking.visits import When
from bot.booking.when import read_when
from bot.errors import ContactError

_OTHERS = frozenset({"deny", "inform_visit_time", "skip", "unsure"})


class ValidateBookingForm(ContactForm):
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
        if value == NOTED:
            dispatcher.utter_message(response="utter_symptom_noted")
        return {"screening_answer": CLEAR, **counted}

    async def next_requested_slot(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> dict[str, Any] | None:
        """Return the event that ends the form once the red-flag question was passed over too often, else None."""
        ended: dict[str, Any] = SlotSet(REQUESTED_SLOT, None)
        return ended if is_given_up(tracker) else None

    def extract_visit(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the visit or the wish that the message names: `id`, `wish` or `others`."""
        heard, requested = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
        if chosen := next(iter(heard.values("visit")), None):
            return {"visit": {"id": chosen}}
        if requested not in (None, "visit") and heard.intent != "inform_visit_time":
            return {}
        if chosen := chosen_by_place(heard.text, tracker.get_slot("offered_visits") or []):
            return {"visit": {"id": chosen}}
        when = read_when(heard.text, wiring.now())
        if when != When():
            return {"visit": {"wish": wish_slot(when)}}
        return {"visit": {"others": True}} if requested == "visit" and heard.intent in _OTHERS else {}

    def validate_visit(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the visit if it is free; else what has to be offered."""
        if isinstance(value, str):
            return {"visit": value}
        if "id" in value:
            if offered_visit(wiring.practice(), wiring.now(), value["id"]):
                return {"visit": value["id"], "booking_change": None}
            dispatcher.utter_message(response="utter_visit_taken")
            return {"visit": None}
        if "others" in value:
            refusals = int(tracker.get_slot("visit_refusals") or 0) + 1
            return {"visit": None, "visit_wish": _later_than_offered(tracker), "visit_refusals": refusals}
        tracker.slots["visit_wish"] = value["wish"]
        wished = {"visit_wish": value["wish"], "visit_refusals": 0}
        return {"visit": _exactly_wished(tracker), "booking_change": None, **wished}

    def extract_visitor_email(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the address; empty when the visitor would rather not give one."""
        heard = heard_from(tracker)
        if email := email_in(heard.text):
            return {"visitor_email": email}
        if tracker.get_slot(REQUESTED_SLOT) != "visitor_email":
            return {}
        if heard.intent in ("skip", "deny"):
            return {"visitor_email": ""}
        return {"visitor_email": heard.text} if _is_email_try(heard) else {}

    def validate_visitor_email(
        self, value: Any, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Check the address."""
        if not value:
            return {"visitor_email": ""}
        try:
            return {"visitor_email": check_email(str(value))}
        except ContactError:
            dispatcher.utter_message(response="utter_email_invalid")
            return {"visitor_email": None}

    def extract_booking_confirmed(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain) -> Slots:
        """Return the answer to the last question."""
        intent = heard_from(tracker).intent
        if tracker.get_slot(REQUESTED_SLOT) != "booking_confirmed" or intent not in ("affirm", "deny"):
            return {}
        return {"booking_confirmed": intent == "affirm"}

    def validate_booking_confirmed(
        self, value: Any, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Domain
    ) -> Slots:
        """Book only after a yes to what was read back; after a no ask what to change."""
        ready = bool(value) and not tracker.get_slot("booking_change")
        return {"booking_confirmed": True if ready else None, "booking_change": None if value else True}


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
        email = tracker.get_slot("visitor_email")
        dispatcher.utter_message(
            response="utter_confirm_booking",
            name=tracker.get_slot("visitor_name"),
            phone=written_phone(tracker.get_slot("visitor_phone"), wiring.practice().region),
            email=phrase("utter_confirm_booking_email", email=email) if email else "",
            **visit_values(visit_of(tracker.get_slot("visit"))),
        )
        return []


def _exactly_wished(tracker: Tracker) -> str | None:
    """Return the free visit at exactly the day and time wished, None where there is none or the wish is wider."""
    wish = wish_from(tracker)
    if wish is None or wish.date is None or wish.time is None or wish.bound or wish.until or wish.last_date:
        return None
    visits = offer_visits(wiring.practice(), wiring.now(), when=wish, limit=1)
    fits = visits and (visits[0].start.date(), visits[0].start.time()) == (wish.date, wish.time)
    return visits[0].id if fits else None


def _later_than_offered(tracker: Tracker) -> dict[str, Any]:
    starts = [visit_of(visit_id).start.date() for visit_id in tracker.get_slot("offered_visits") or []]
    first = max(starts, default=wiring.now().date()) + dt.timedelta(days=1)
    return wish_slot(When(date=first))


def _is_email_try(heard: Heard) -> bool:
    return " " not in heard.text.strip() and "." in heard.text
