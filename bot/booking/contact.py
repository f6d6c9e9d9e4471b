"""Check names, phone numbers and e-mail addresses, also inside a sentence."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from bot.dates.phrases import any_of, phrases
from bot.errors import ContactError

NAME_MIN, NAME_MAX = 2, 80
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_MARKS = frozenset(" -'.\N{MIDDLE DOT}")
_ADDRESS = re.compile(r"[^\s<>(),;:\"\[\]]+@[^\s<>(),;:\"\[\]]+")


def check_name(text: str) -> str:
    """Return the name, tidied: 2 to 80 letters of any script, spaces, hyphens, apostrophes and dots.

    Raises:
        ContactError: `name_missing`, `name_too_short`, `name_too_long`, `name_characters` or `name_is_a_sentence`.
    """
    name = unicodedata.normalize("NFC", text).replace(_APOSTROPHE, "'").replace(",", " ")
    name = _without_frame(" ".join(name.split())).strip(' !?;:"').removesuffix(".")
    letters = sum(character.isalpha() for character in name)
    words = phrases().contact
    if not letters and not any(character.isdigit() for character in name):
        raise ContactError("name_missing")
    if len(name) > NAME_MAX:
        raise ContactError("name_too_long")
    if not all(_belongs_to_name(character) for character in name):
        raise ContactError("name_characters")
    if letters < NAME_MIN:
        raise ContactError("name_too_short")
    plain = name.lower()
    if plain in words["not_names"] or any(word in words["sentence_words"] for word in plain.split()):
        raise ContactError("name_is_a_sentence")
    return name


def check_phone(text: str, region: str) -> str:
    """Return the number in E.164, with `;ext=12` (RFC 3966) behind it where an extension was given.

    Args:
        text: the number, alone or within a sentence.
        region: two-letter country for numbers without a country code.

    Raises:
        ContactError: `phone_missing`, `phone_too_short`, `phone_too_long` or `phone_not_valid`.
    """
    match = next(iter(phonenumbers.PhoneNumberMatcher(text, region)), None)
    if match is not None:
        return _written(match.number)
    if sum(character.isdigit() for character in text) < 3:
        raise ContactError("phone_missing")
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        short = error.error_type in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD)
        long = error.error_type == NumberParseException.TOO_LONG
        raise ContactError(_phone_code(short, long)) from None
    if phonenumbers.is_valid_number(number):
        return _written(number)
    reason = phonenumbers.is_possible_number_with_reason(number)
    short = reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
    raise ContactError(_phone_code(short, reason == ValidationResult.TOO_LONG))


def written_phone(phone: str, region: str) -> str:
    """Return a number that `check_phone` returned as people of the region write it, with its extension.

    Args:
        phone: E.164, with `;ext=` where it has an extension.
        region: two-letter country; numbers of other countries are written with their country code.
    """
    try:
        number = phonenumbers.parse(phone, region)
    except NumberParseException:
        return phone
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def check_email(text: str) -> str:
    """Return the normalised address, found also within a sentence; no name server is asked.

    Raises:
        ContactError: `email_missing` or `email_not_valid`.
    """
    match = _ADDRESS.search(text)
    if match is None:
        raise ContactError("email_not_valid" if "@" in text else "email_missing")
    try:
        return validate_email(match[0].strip(".!?'*_"), check_deliverability=False).normalized
    except EmailNotValidError:
        raise ContactError("email_not_valid") from None


def _belongs_to_name(character: str) -> bool:
    # L: letters, M: the vowel signs and accents that belong to letters in many scripts.
    return character in _MARKS or unicodedata.category(character)[0] in "LM"


def _without_frame(name: str) -> str:
    opening, ending = _frame()
    while (shorter := opening.sub("", name, count=1)) != name:
        name = shorter
    return ending.sub("", name)


@cache
def _frame() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = phrases().contact
    openings, endings = any_of(words["name_openings"]), any_of(words["name_endings"])
    return (
        re.compile(rf"^{openings}(?:[\s:;.!-]+)(?=\S)", re.IGNORECASE),
        re.compile(rf"(?:[\s;.!-]+{endings}[\s.!]*)+$", re.IGNORECASE),
    )


def _written(number: PhoneNumber) -> str:
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def _phone_code(short: bool, long: bool) -> str:
    return "phone_too_short" if short else "phone_too_long" if long else "phone_not_valid"
