"""Finds a name, a phone number and an e-mail address in what a visitor typed; `bot.booking.contact` checks them."""

from __future__ import annotations

import re

from bot.booking.contact import check_name
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


def is_phone_try(text: str) -> bool:
    """Return whether the text is meant as a phone number, also where it is too short for one."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= _FEWEST_DIGITS or (digits > 0 and digits * 2 >= len(text.replace(" ", "")))


def likely_name(text: str) -> tuple[str, bool] | None:
    """Return what of the text may be a name, and whether more than the name stands there ("I am Ann", "Ann, 301 ...").

    None for a question, and where nothing has the form of a name.
    """
    left = _EMAIL.sub(" ", text)
    phone = _PHONE.search(left)
    if phone:
        left = _LEFT_OVER.sub(" ", left.replace(phone[0], " "))
    elif left != text:
        left = _LEFT_OVER.sub(" ", left)
    left = " ".join(left.split()).strip(" ,;.")
    bare = _TRAILING.sub("", _LEAD_IN.sub("", left)).split(",")[0].strip()
    if not bare or "?" in left or not _NAME.fullmatch(bare):
        return None
    return bare, bare != left


def is_written_as_name(text: str) -> bool:
    """Return whether the text is two words or more, each with a capital."""
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)
