"""Finds a name, a phone number and an e-mail address in what a visitor typed; `bot.booking.contact` checks them."""

from __future__ import annotations

import re

from actions.case_slots import Heard
from bot.booking.contact import check_name
from bot.case import ActKind
from bot.errors import ContactError

_EMAIL = re.compile(r"\S*@\S*")
_PHONE = re.compile(r"\+?[\d(][\d\s().\-/]{5,}\d")
_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello|sure|yes|ok|okay)[,!. ]+)?(?:(?:and )?my (?:full )?name(?: is|'s)?|(?:the |full )?name(?: is)?|"
    r"i am|i'm|im|this is|it is|it's|its|call me|you can call me)(?:[: ]+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s+(?:speaking|here)$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'\u2019\-]*(?:\s+[^\W\d_][\w.'\u2019\-]*){0,4}")
_LEFT_OVER = re.compile(r"\b(?:e-?mail|phone|number|tel|cell|mobile|is|at|and|my|or)\b[:.]?", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b(?:my (?:full )?name(?: is|'s)|name(?: is|:)|this is)\s+(?P<name>[^\d,;.!?@]+?)"
    r"(?=[,;.!?]|\s(?:and|my|phone|on|at|with)\b|\s[(+]?\d|$)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 4
_CONTACT = "contact"

_SURE, _VERY_SURE = 0.5, 0.8


def email_in(text: str) -> str | None:
    """Return the part of the text that is meant as an e-mail address."""
    found = _EMAIL.search(text)
    return found[0].strip(".,;<>()") if found else None


def phone_in(text: str) -> str | None:
    """Return the part of the text that is meant as a phone number."""
    found = _PHONE.search(_EMAIL.sub(" ", text))
    return found[0].strip() if found else None


def introduced_name(text: str) -> str | None:
    """Return the checked name that follows "my name is" or the like, None without one."""
    found = _INTRODUCED.search(text)
    try:
        return check_name(found["name"]) if found else None
    except ContactError:
        return None


def name_unasked(heard: Heard) -> str | None:
    """Return a name that was given without being asked: introduced, beside other details, or alone."""
    if introduced := introduced_name(heard.text):
        return introduced
    is_contact = heard.meaning.topic == _CONTACT
    sure = heard.meaning.act is ActKind.OTHER or (is_contact and heard.confidence >= _VERY_SURE)
    beside = is_contact and (phone_in(heard.text) or email_in(heard.text))
    return name_in(heard) if beside or (sure and _is_written_as_name(heard.text)) else None


def is_phone_try(text: str) -> bool:
    """Return whether the text is meant as a phone number, also where it is too short for one."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= _FEWEST_DIGITS or (digits > 0 and digits * 2 >= len(text.replace(" ", "")))


def name_in(heard: Heard) -> str | None:
    """Return the part of the message that is meant as a name; None for a question or another wish."""
    text = _EMAIL.sub(" ", heard.text)
    phone = _PHONE.search(text)
    if phone:
        text = _LEFT_OVER.sub(" ", text.replace(phone[0], " "))
    elif text != heard.text:
        text = _LEFT_OVER.sub(" ", text)
    text = " ".join(text.split()).strip(" ,;.")
    bare = _TRAILING.sub("", _LEAD_IN.sub("", text)).split(",")[0].strip()
    if not bare or "?" in text or not _NAME.fullmatch(bare):
        return None
    return bare if bare != text or not _is_something_else(heard, bare) else None


def _is_something_else(heard: Heard, name: str) -> bool:
    if heard.meaning.topic == _CONTACT or heard.meaning.act is ActKind.OTHER:
        return False
    if heard.meaning.is_formula and heard.confidence >= _SURE:
        return True
    return heard.confidence >= (_VERY_SURE if _is_written_as_name(name) else _SURE)


def _is_written_as_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)
