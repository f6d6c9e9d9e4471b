"""What a message tells of who comes: by its words and by what it is for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions import wiring
from bot.booking.contact import check_email, check_phone
from bot.booking.wish_reader import read_patient
from bot.booking.words.contact_words import call_note_in, email_in, phone_in
from bot.booking.words.names import introduced_name, is_written_as_name
from bot.booking.words.names import name_in as read_name
from bot.case import ActKind
from bot.conversation.latest_message import LatestMessage
from bot.errors import ContactError

_CONTACT = "contact"
_SURE, _VERY_SURE = 0.5, 0.8


def name_unasked(heard: LatestMessage) -> str | None:
    """Return a name that was given without being asked: introduced, beside other details, or alone."""
    name = _named(heard, asked=False)
    if name is None or introduced_name(heard.text) or _has_details(heard):
        return name
    is_contact = heard.meaning.topic == _CONTACT and heard.confidence >= _VERY_SURE
    return name if is_contact or heard.meaning.act is ActKind.OTHER else None


def name_in(heard: LatestMessage) -> str | None:
    """Return the name in the answer to a question for one; None for a question or another wish."""
    name = _named(heard, asked=True)
    is_more = name is not None and (name != heard.text.strip(" .!") or _has_details(heard))
    return None if name is None or (not is_more and _is_something_else(heard, name)) else name


def told_details(heard: LatestMessage, tracker: Tracker) -> dict[str, Any]:
    """Return the slots of what the message tells of who comes and is not known yet; what is unusable is left out."""
    if heard.entities:
        return {}
    region, text = wiring.practice().region, heard.text
    patient = read_patient(text, asked=False)
    told: dict[str, Any] = {"patient": patient.value if patient else None, "visitor_name": name_unasked(heard)}
    for slot, found in (("visitor_phone", phone_in(text)), ("visitor_email", email_in(text))):
        try:
            if found:
                told[slot] = check_phone(found, region) if slot == "visitor_phone" else check_email(found)
        except ContactError:
            # The form asks for it, and says then what is wrong.
            continue
    return {slot: value for slot, value in told.items() if value and not tracker.get_slot(slot)} | note_told(
        heard, tracker
    )


def note_told(heard: LatestMessage, tracker: Tracker) -> dict[str, Any]:
    """Return the slot of what staff are to know of how to reach the visitor, with what the message adds to it."""
    return {} if heard.entities else noted(call_note_in(heard.text), tracker)


def noted(note: str | None, tracker: Tracker) -> dict[str, Any]:
    """Return the slot of what staff are to know with the note; empty where there is none or it stands there."""
    known = tracker.get_slot("contact_note") or ""
    if not note or note in known:
        return {}
    return {"contact_note": f"{known}; {note}" if known else note}


def _named(heard: LatestMessage, *, asked: bool) -> str | None:
    """Return the name in the message, unless what stands there is read as a symptom."""
    name = read_name(heard.text, asked=asked)
    if name is None:
        return None
    told = (heard.text[item.start : item.end].strip().lower() for item in heard.reading.findings)
    return None if any(words and words in name.lower() for words in told) else name


def _has_details(heard: LatestMessage) -> bool:
    return bool(phone_in(heard.text) or email_in(heard.text))


def _is_something_else(heard: LatestMessage, name: str) -> bool:
    if heard.meaning.topic == _CONTACT or heard.meaning.act is ActKind.OTHER:
        return False
    if heard.meaning.is_formula and heard.confidence >= _SURE:
        return True
    return heard.confidence >= (_VERY_SURE if is_written_as_name(name) else _SURE)
