"""Finds a phone number, an address and when to call in what a visitor typed; `bot.booking.contact` checks them."""

from __future__ import annotations

import re
from functools import cache

from bot.dates.phrases import any_of, phrases, word_of

_EMAIL = re.compile(r"\S*@\S*")
# Letters that are typed for a nought or a one count as such beside digits.
_DIGIT = r"(?:\d|(?<=[\d\s().-])[oOlI](?=[\d\s().-]|$))"
_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d|20\d\d-\d\d-\d\d)\b"
_PHONE = re.compile(rf"(?<![\w/:])(?!{_DATE})\+?(?:\d|\(\d)(?:{_DIGIT}|[\s().\-/]){{5,}}(?:\d|(?<=\d)[oOlI]\b)")
_TRY = re.compile(rf"(?!{_DATE})(?<![\w:./-])[\d(][\d\s().\-]{{2,}}\d(?![\w:/%]|\.\d)")
_LETTERS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1"})
_FEWEST_DIGITS, _FEWEST_OF_NUMBER = 4, 7
_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


def email_in(text: str) -> str | None:
    """Return the part of the text that is meant as an e-mail address."""
    found = _EMAIL.search(text)
    return found[0].strip(".,;<>()") if found else None


def phone_in(text: str) -> str | None:
    """Return the part of the text that is meant as a phone number, with its extension as `ext. 12`."""
    text = _EMAIL.sub(" ", text)
    found = _number(text)
    if found is None:
        return None
    extension = _extension().match(text, found.end())
    number = found[0].strip().translate(_LETTERS)
    return f"{number} ext. {extension['extension']}" if extension else number


def phone_try_in(text: str) -> str | None:
    """Return digits that are meant as a phone number where one is asked for, also too few of them; None for none."""
    if phone := phone_in(text):
        return phone
    found = _TRY.search(_EMAIL.sub(" ", text))
    digits = sum(letter.isdigit() for letter in found[0]) if found else 0
    return found[0].strip() if found and digits >= _FEWEST_DIGITS else None


def is_phone_try(text: str) -> bool:
    """Return whether the text is meant as a phone number, also where it is too short for one."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= _FEWEST_DIGITS or (digits > 0 and digits * 2 >= len(text.replace(" ", "")))


def call_note_in(text: str) -> str | None:
    """Return what is said of when or how to call ("call after 5"), for staff; None for nothing."""
    found = _call_note().search(_masked(text))
    return " ".join(found[0].replace(_MARK, " ").split()).strip(" .") if found else None


def declines_phone(text: str) -> bool:
    """Tell whether the text says that there is no phone number to be had."""
    return re.search(word_of(phrases().contact["no_phone"]), text.lower()) is not None


def declines_email(text: str) -> bool:
    """Tell whether the text says that there is no e-mail address to be had."""
    return re.search(word_of(phrases().contact["no_email"]), text.lower()) is not None


def without_contact(text: str, mark: str = " ") -> str:
    """Return the text with `mark` for its e-mail address and phone number, and without words on when to call."""
    return _call_note().sub(lambda match: _MARK if _MARK in match[0] else " ", _masked(text)).replace(_MARK, mark)


def _masked(text: str) -> str:
    text = _EMAIL.sub(_MARK, text)
    found = _number(text)
    if found is None:
        return text
    extension = _extension().match(text, found.end())
    return text[: found.start()] + _MARK + text[(extension or found).end() :]


def _number(text: str) -> re.Match[str] | None:
    numbers = (match for match in _PHONE.finditer(text) if sum(map(str.isdigit, match[0])) >= _FEWEST_OF_NUMBER)
    return next(numbers, None)


@cache
def _extension() -> re.Pattern[str]:
    words = any_of(phrases().contact["extensions"])
    return re.compile(rf"[\s,;(]*{words}[\s.:#]*(?P<extension>\d{{1,6}})\b\)?", re.IGNORECASE)


@cache
def _call_note() -> re.Pattern[str]:
    words = phrases().contact
    verbs, times = word_of(words["call_verbs"]), word_of(words["call_times"])
    return re.compile(rf"{verbs} (?:(?:only|me|best|please|at|on|is|{_MARK}) ?)*{times}[^,;.!?()\n]*", re.IGNORECASE)
