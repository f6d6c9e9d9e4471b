"""The waiting list: for an earlier visit than the booked one, or for the first one that becomes free."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import contact_from, opened_move, reason_from, visit_values
from actions.case_slots import urgency_from
from actions.contact_form import MailedContactForm
from actions.visit_choice import offers_for, patient_from
from actions.wiring import phrase
from actions.wish_slots import wish_from
from bot.booking.announcements import can_mail
from bot.booking.moving import may_change
from bot.booking.requests import WaitingRequest
from bot.booking.visits import Appointment, Contact, Wish
from bot.booking.waiting import join_waiting_list
from bot.case import Urgency
from bot.errors import AppointmentClosedError

_FORM = "waiting_list_form"


class ValidateWaitingListForm(MailedContactForm):
    """Takes name, phone number and, where it is given, the address that offers go to."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return f"validate_{_FORM}"


class ActionJoinWaitingList(TurnAction):
    """Puts somebody without a visit on the waiting list."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_join_waiting_list"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store it and say how an offer comes."""
        contact = contact_from(tracker)
        request = WaitingRequest(
            key="first visit",
            conversation_id=tracker.sender_id,
            wish=wish_from(tracker) or Wish(),
            contact=contact,
            patient=patient_from(tracker),
            urgency=urgency_from(tracker),
            reason=tracker.get_slot("visit_reason") or reason_from(tracker) or "",
        )
        join_waiting_list(request, now=wiring.now(), practice=wiring.practice())
        dispatcher.utter_message(response="utter_waiting_listed", name=contact.name, reached=_reached(contact))
        return []


def open_waiting_list(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Return the events that ask who wants to wait; who must not wait is told whom to call."""
    if urgency_from(tracker) in (Urgency.EMERGENCY, Urgency.SAME_DAY):
        emergency = urgency_from(tracker) is Urgency.EMERGENCY
        dispatcher.utter_message(response="utter_call_emergency" if emergency else "utter_booking_same_day")
        return []
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), SlotSet("booking_open", False), FollowupAction(_FORM)]


def wait_for_earlier(appointment: Appointment, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Offer an earlier visit that is free now; without one keep the visitor on the waiting list."""
    wish = Wish(before=appointment.visit.start)
    offers = offers_for(tracker, wish, limit=1)
    if offers.met and may_change(appointment, wiring.practice(), wiring.now()):
        opened = opened_move(tracker, appointment, wish)
        return [*opened, ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), FollowupAction("booking_form")]
    reference = appointment.reference
    request = WaitingRequest(reference, tracker.sender_id, reference, wish)
    try:
        join_waiting_list(request, now=wiring.now(), practice=wiring.practice())
    except AppointmentClosedError:
        dispatcher.utter_message(response="utter_booking_closed")
        return []
    dispatcher.utter_message(
        response="utter_waiting",
        reached=_reached(appointment.contact),
        reference=reference,
        **visit_values(appointment.visit),
    )
    return []


def _reached(contact: Contact) -> str:
    if can_mail(contact):
        return phrase("utter_waiting_mail")
    return phrase("utter_waiting_phone" if contact.phone else "utter_waiting_written")
