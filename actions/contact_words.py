"""Whether a message gives a name: by its words and by what it is for."""

from __future__ import annotations

from actions.case_slots import Heard
from bot.booking.words.contact_words import email_in, introduced_name, is_written_as_name, likely_name, phone_in
from bot.case import ActKind

_CONTACT = "contact"
_SURE, _VERY_SURE = 0.5, 0.8


def name_unasked(heard: Heard) -> str | None:
    """Return a name that was given without being asked: introduced, beside other details, or alone."""
    if introduced := introduced_name(heard.text):
        return introduced
    is_contact = heard.meaning.topic == _CONTACT
    sure = heard.meaning.act is ActKind.OTHER or (is_contact and heard.confidence >= _VERY_SURE)
    beside = is_contact and (phone_in(heard.text) or email_in(heard.text))
    return name_in(heard) if beside or (sure and is_written_as_name(heard.text)) else None


def name_in(heard: Heard) -> str | None:
    """Return the part of the message that is meant as a name; None for a question or another wish."""
    found = likely_name(heard.text)
    if found is None:
        return None
    name, beside_more = found
    return name if beside_more or not _is_something_else(heard, name) else None


def _is_something_else(heard: Heard, name: str) -> bool:
    if heard.meaning.topic == _CONTACT or heard.meaning.act is ActKind.OTHER:
        return False
    if heard.meaning.is_formula and heard.confidence >= _SURE:
        return True
    return heard.confidence >= (_VERY_SURE if is_written_as_name(name) else _SURE)
