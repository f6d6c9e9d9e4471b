"""Read everything that a visitor wishes of a visit: when, on which weekdays, and with whom."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.booking.visits import Patient, When, Wish
from bot.dates.phrases import phrases, word_of
from bot.dates.ruling_out import is_ruled_out
from bot.dates.when import read_when
from bot.dates.wording import plain
from bot.knowledge.model import Practice

_TITLE = re.compile(r"\b(?:dr|doctor|doc)\.? (\w[\w'-]*)")


def read_wish(text: str, now: dt.datetime, practice: Practice) -> Wish:
    """Return what the text wishes of a visit; `Wish()` when it wishes nothing.

    `before` stays None: what "sooner" means only the offers tell, see `asks_sooner`.

    Args:
        text: what the visitor wrote.
        now: aware, in the practice's zone.
        practice: whose clinicians can be wished for.
    """
    wording = plain(text)
    when, weekdays = read_when(text, now), _only_weekdays(wording)
    if weekdays and when.date is not None and when.last_date is None and when.date.weekday() in weekdays:
        # "Mondays" is any Monday, not the next one.
        same = all(one.date is None or one.date.weekday() in weekdays for one in when.others)
        when = replace(when, date=None, others=() if same else when.others)
    return Wish(
        when=when,
        weekdays=weekdays,
        clinician_id=_clinician(wording, practice),
        gender=_gender(wording),
        language=_language(wording, practice),
    )


def asks_sooner(text: str) -> bool:
    """Tell whether the text asks for something earlier than what was offered or booked."""
    wording = plain(text)
    return _names(wording, "sooner") and read_when(text, dt.datetime.now(dt.UTC)) == When()


def asks_soonest(text: str) -> bool:
    """Tell whether the text asks for the first free visit, whenever it is."""
    return _names(plain(text), "soonest")


def says_book_it(text: str) -> bool:
    """Tell whether the text says nothing but that what was read back is to be booked."""
    words = phrases().words
    before, after = word_of(words["book_it_openings"]), word_of(words["book_it_endings"])
    pattern = rf"(?:{before}\W*)*{word_of(words['book_it'])}(?:\W*{after})*\W*"
    return re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None


def read_patient(text: str) -> Patient | None:
    """Return whether the text says that the visitor comes for the first time or was there before; None without."""
    # What is new is taken out first: "never been there before".
    rest, new = re.subn(word_of(phrases().words["new_patient"]), " ", plain(text))
    existing = _names(rest, "existing_patient")
    if bool(new) == existing:
        return None
    return Patient.NEW if new else Patient.EXISTING


def _names(wording: str, words: str) -> bool:
    return re.search(word_of(phrases().words[words]), wording) is not None


def _only_weekdays(wording: str) -> tuple[int, ...]:
    """Return the weekdays that are named in the plural: only these suit."""
    names = phrases().weekdays
    plural = word_of(name for name in names if name.endswith("days"))
    named = (match for match in re.finditer(plural, wording) if not is_ruled_out(wording, *match.span()))
    return tuple(sorted({names[match[0]] for match in named}))


def _gender(wording: str) -> str:
    for gender in ("woman", "man"):
        match = re.search(word_of(phrases().words[gender]), wording)
        if match and not is_ruled_out(wording, *match.span()):
            return gender
    return ""


def _clinician(wording: str, practice: Practice) -> str:
    """Return the clinician whose last name stands behind a title, or whose whole name is said."""
    titled = {match[1] for match in _TITLE.finditer(wording)}
    for clinician in practice.clinicians:
        name = plain(clinician.name)
        if name.split()[-1] in titled or (clinician.name != clinician.name.lower() and f" {name} " in f" {wording} "):
            return clinician.id
    return ""


def _language(wording: str, practice: Practice) -> str:
    if not _names(wording, "speaks"):
        return ""
    languages = {language for clinician in practice.clinicians for language in clinician.languages}
    return next((language for language in sorted(languages) if language.lower() in wording.split()), "")
