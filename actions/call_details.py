"""What a wish to be called says: what it is about and when. It waits in a slot until somebody can be called."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import wiring
from actions.base import Events
from actions.case_slots import case_from, heard_from, urgency_from
from actions.practice_values import practice_values
from actions.wiring import phrase
from bot.booking.appointments import request_call_back
from bot.booking.contact import check_email, check_phone, written_phone
from bot.booking.requests import CallTime
from bot.booking.visits import Contact, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.booking.words.call_words import about_in, call_time_in
from bot.booking.words.contact_words import email_in, phone_in
from bot.booking.words.names import name_in
from bot.case import Act, ActKind, Urgency
from bot.conversation.latest_message import LatestMessage
from bot.errors import ContactError
from bot.knowledge.model import IntentMeaning

CALL_BACK = "call_back_form"
MESSAGE = "message_form"
PERSON = "person"

SLOT = "call_details"
"""Values: `about` and `said` (what the visitor wrote), `wish` (JSON), `words` (when, as written), `other_language`."""

LONGEST_REASON = 300
"""Characters of the visitor's own words that are stored as the reason of a call."""

_CONTACT_SLOTS = ("visitor_name", "visitor_phone", "visitor_email")


def wants_call(heard: LatestMessage) -> bool:
    """Return whether the message asks for a person or a call beside what it is for."""
    return heard.meaning.topic != PERSON and any(_is_call(act) for act in heard.reading.acts)


def call_slots(tracker: Tracker) -> Events:
    """Return the slots that keep a wish to be called beside something else, and the number that is told for one.

    The forms that ask for a number take it themselves.
    """
    heard, told = heard_from(tracker), contact_told(tracker)
    events: Events = []
    if wants_call(heard):
        events.append(SlotSet(SLOT, added_details(tracker)))
    if (events or is_waiting(tracker)) and tracker.active_loop_name not in (CALL_BACK, MESSAGE, "booking_form"):
        events += [SlotSet(slot, value) for slot, value in told.items()]
    return events


def is_waiting(tracker: Tracker) -> bool:
    """Return whether somebody wants to be called and has not told yet where."""
    return tracker.get_slot(SLOT) is not None


def is_reachable(tracker: Tracker) -> bool:
    """Return whether a number or an address is known, told now or before."""
    told = contact_told(tracker)
    return any(told.get(slot) or tracker.get_slot(slot) for slot in _CONTACT_SLOTS[1:])


def contact_told(tracker: Tracker) -> dict[str, str]:
    """Return the contact slots that the latest message tells, checked; only together with a number or an address."""
    heard = heard_from(tracker)
    told: dict[str, str] = {}
    try:
        if not heard.meaning.pressed and phone_in(heard.text):
            told["visitor_phone"] = check_phone(heard.text, wiring.practice().region)
        if email := email_in(heard.text):
            told["visitor_email"] = check_email(email)
    except ContactError:
        return told
    if told and (name := _name_told(heard)):
        told["visitor_name"] = name
    return told


def _name_told(heard: LatestMessage) -> str | None:
    """Return the name that stands with a number: introduced, written as a name, or in a clause with it."""
    return name_in(heard.text, asked=False)


def added_details(tracker: Tracker) -> dict[str, Any]:
    """Return what was said about the call so far with what the latest message adds."""
    heard, now, practice = heard_from(tracker), wiring.now(), wiring.practice()
    known: dict[str, Any] = tracker.get_slot(SLOT) or {}
    text = _about_call(heard)
    time = call_time_in(text, now, practice)
    beside = wants_call(heard) or known.get("said")
    return {
        **known,
        "about": about_in(text, now, practice) or known.get("about", ""),
        "wish": wish_to_json(time.wish) if time.words else known.get("wish"),
        "words": time.words or known.get("words", ""),
        "said": (known.get("said") or heard.text)[:LONGEST_REASON] if beside else "",
    }


def call_answer(tracker: Tracker, meaning: IntentMeaning) -> str:
    """Return the answer to a wish to be called beside something else: that it is stored, or what is missing for it."""
    if urgency_from(tracker) is Urgency.EMERGENCY or tracker.active_loop_name == CALL_BACK:
        return ""
    if not is_reachable(tracker):
        refused = tracker.get_slot("contact_refused")
        part = "utter_part_also_person" if refused else meaning.part
        return phrase(part, **practice_values())
    contact, details = known_contact(tracker), tracker.get_slot(SLOT) or {}
    ask_for_call(tracker, contact, reason_of_call(tracker))
    stored = phrase_of_other_language(contact) if details.get("other_language") else "utter_part_call_stored"
    return phrase(stored, where=where_reached(contact), **practice_values())


def settled_call(tracker: Tracker) -> Events:
    """Return what forgets the wish to be called once it is stored; nothing while a number is missing."""
    if is_waiting(tracker) and is_reachable(tracker):
        return [SlotSet(SLOT, None), SlotSet("outcome", "call_back")]
    return []


def known_contact(tracker: Tracker) -> Contact:
    """Return who is to be called, as far as it is known, with what the latest message tells."""
    told = contact_told(tracker)
    name, phone, email = (told.get(slot) or tracker.get_slot(slot) or "" for slot in _CONTACT_SLOTS)
    return Contact(name=name, phone=phone, email=email)


def phrase_of_other_language(contact: Contact) -> str:
    """Return the response that says in several languages how the practice will answer."""
    return "utter_other_language_call" if contact.phone else "utter_other_language_mail"


def where_reached(contact: Contact) -> str:
    """Return the number, or the address of somebody who has given no number."""
    return written_phone(contact.phone, wiring.practice().region) if contact.phone else contact.email


def reason_of_call(tracker: Tracker) -> str:
    """Return what the call is about: as the visitor says, else the complaint, else what was written with the wish."""
    details: dict[str, Any] = tracker.get_slot(SLOT) or {}
    reason: str = details.get("about") or case_from(tracker).complaint or details.get("said") or ""
    return reason[:LONGEST_REASON].strip()


def ask_for_call(tracker: Tracker, contact: Contact, reason: str) -> str:
    """Store that the visitor is to be called, once for each number, and return the reference."""
    details: dict[str, Any] = tracker.get_slot(SLOT) or {}
    wish = wish_from_json(details["wish"]) if details.get("wish") else Wish()
    return request_call_back(
        tracker.sender_id,
        contact,
        reason,
        contact.phone or contact.email,
        urgency=urgency_from(tracker),
        time=CallTime(wish, details.get("words", "")),
    )


def _about_call(heard: LatestMessage) -> str:
    """Return the clauses that speak of the call: a complaint beside it has times of its own."""
    acts = heard.reading.acts
    if heard.meaning.tells or wants_call(heard):
        calls = [act for act in acts if _is_call(act) or act.kind is ActKind.DETAIL]
        return " ; ".join(heard.text[act.start : act.end] for act in calls)
    told = [act for act in acts if act.kind is ActKind.TELL and act.end - act.start < len(heard.text)]
    text = heard.text
    for act in told:
        text = text[: act.start] + " " * (act.end - act.start) + text[act.end :]
    return text


def _is_call(act: Act) -> bool:
    return act.kind is ActKind.WANT and wiring.meanings().of(act.intent).topic == PERSON
