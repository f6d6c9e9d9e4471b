"""Read everything that a visitor wishes of a visit: when, on which weekdays, and with whom."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.booking.visits import Patient, Visit, When, Wish
from bot.booking.words.contact_words import without_contact
from bot.dates.find_dates import find_dates
from bot.dates.phrases import phrases, word_of
from bot.dates.ruling_out import is_ruled_out, is_wish
from bot.dates.ruling_out import is_ruled_out as rules_out
from bot.dates.unread import has_unread_time
from bot.dates.when import read_when
from bot.dates.wording import plain
from bot.knowledge.model import Practice

_CLAUSE_END = re.compile(r"[.,;!?\n]+(?=\s|$)|\s[-\u2013]+\s")
_TITLE = re.compile(r"\b(?:dr|doctor|doc)\.? (\w[\w'-]*)")


def read_wish(text: str, now: dt.datetime, practice: Practice, *, of_call: bool = False) -> Wish:
    """Return what the text wishes of a visit; `Wish()` when it wishes nothing.

    `before` stays None: what "sooner" means only the offers tell, see `asks_sooner`.

    Args:
        text: what the visitor wrote.
        now: aware, in the practice's zone.
        practice: whose clinicians can be wished for.
        of_call: True where a call is wished for; else "call after 5" says nothing of the visit.
    """
    text = text if of_call else without_contact(text)
    wording = plain(text)
    when, weekdays = read_when(text, now), _only_weekdays(wording)
    if weekdays and when.date is not None and when.last_date is None and when.date.weekday() in weekdays:
        # "Mondays" is any Monday, not the next one.
        same = all(one.date is None or one.date.weekday() in weekdays for one in when.others)
        when = replace(when, date=None, others=() if same else when.others)
    return Wish(
        when=when,
        weekdays=weekdays,
        clinician_id=_clinician(wording, practice, is_ruled_out=False),
        not_clinician_id=_clinician(wording, practice, is_ruled_out=True),
        gender=_gender(wording),
        language=_language(wording, practice),
    )


def as_before(wish: Wish, text: str, visit: Visit | None) -> Wish:
    """Return the wish with what the text takes over from an earlier visit: its time, its day, or with whom it was.

    Args:
        wish: what `read_wish` reads in the text.
        text: what the visitor wrote.
        visit: the visit that is moved, or the last one; None where none is known.
    """
    wording, when = plain(text), wish.when
    if visit is None:
        return wish
    if _names(wording, "same_time") and when.time is None:
        when = replace(when, time=visit.start.time().replace(tzinfo=None))
    if _names(wording, "same_day") and when.date is None:
        when = replace(when, date=visit.start.date())
    wish = replace(wish, when=when)
    if _names(text.lower(), "other_clinician"):
        return replace(wish, not_clinician_id=visit.clinician_id)
    return replace(wish, clinician_id=visit.clinician_id) if _names(text.lower(), "same_clinician") else wish


def speaks_of_before(text: str) -> bool:
    """Tell whether the text takes something over from an earlier visit, or will have it otherwise than then."""
    wording = text.lower()
    return any(_names(wording, words) for words in ("same_time", "same_day", "same_clinician", "other_clinician"))


def asks_other_clinician(text: str) -> bool:
    """Tell whether the text asks for somebody else than last time."""
    return _names(text.lower(), "other_clinician")


def names_impossible_day(text: str, now: dt.datetime) -> bool:
    """Tell whether the text wishes for a day that is over or that no calendar has ("February 30")."""
    wording = plain(without_contact(text))
    mentions, _ = find_dates(wording, now.date())
    return any(one.first is None and is_wish(wording, one.start, one.end) for one in mentions)


def leaves_time_unread(text: str, now: dt.datetime) -> bool:
    """Tell whether the text says more of when than `read_wish` takes from it; `now` is aware."""
    return has_unread_time(without_contact(text), now)


def asks_others(text: str) -> bool:
    """Tell whether the text refuses what was offered and asks for other times."""
    return _names(plain(text), "others")


def asks_for_two(text: str) -> bool:
    """Tell whether the text asks for visits of two people."""
    return _names(plain(text), "two_people")


def asks_sooner(text: str) -> bool:
    """Tell whether the text asks for something earlier than what was offered or booked."""
    wording = plain(text)
    return _names(wording, "sooner") and read_when(text, dt.datetime.now(dt.UTC)) == When()


def asks_later(text: str) -> bool:
    """Tell whether the text asks for something later than what was offered."""
    return _names(plain(text), "later")


def asks_soonest(text: str) -> bool:
    """Tell whether the text asks for the first free visit, whenever it is."""
    return _names(plain(text), "soonest")


def says_book_it(text: str, *, moving: bool = False) -> bool:
    """Tell whether the text says nothing but that what was read back is to be booked, or moved."""
    words = phrases().words
    done = (*words["book_it"], *(words["move_it"] if moving else ()))
    before, after = word_of(words["book_it_openings"]), word_of(words["book_it_endings"])
    pattern = rf"(?:{before}\W*)*{word_of(done)}(?:\W*{after})*\W*"
    return re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None


def says_yes_and_more(text: str) -> bool:
    """Tell whether a clause says yes to what was read back, or that it is to be booked, and no other takes it back."""
    if "?" in text or _names(text.lower(), "book_it_holds"):
        return False
    clauses = [clause.strip() for clause in _CLAUSE_END.split(text.lower()) if clause.strip()]
    first = clauses[0] if clauses else ""
    return first in phrases().words["plain_yes"] or any(map(says_book_it, clauses))


def asks_whether_booked(text: str) -> bool:
    """Tell whether the text asks if the visit that is being booked is booked."""
    return _names(text.lower(), "asks_booked")


def read_patient(text: str, *, asked: bool = True) -> Patient | None:
    """Return whether the text says that the visitor comes for the first time or was there before; None without.

    `asked` is False where something else is told: "the first time it hurt" is about no visit then.
    """
    words, wording = phrases().words, plain(text)
    if asked and wording.strip(" .!,") in words["first_answers"]:
        return Patient.NEW
    if not asked:
        wording = re.sub(rf"{word_of(words['patient_when_asked'])}(?! (?:to|with) (?:you|your|the))", " ", wording)
    # What is new is taken out first: "never been there before".
    rest, new = re.subn(word_of(words["new_patient"]), " ", wording)
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


def _clinician(wording: str, practice: Practice, *, is_ruled_out: bool) -> str:
    """Return the clinician whose last name stands behind a title, or whose whole name is said; wanted or ruled out."""
    titled = {match[1]: match.span() for match in _TITLE.finditer(wording)}
    for clinician in practice.clinicians:
        name = plain(clinician.name)
        place = titled.get(name.split()[-1])
        if place is None and clinician.name != clinician.name.lower():
            whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", wording)
            place = whole.span() if whole else None
        if place is not None and rules_out(wording, *place) is is_ruled_out:
            return clinician.id
    return ""


def _language(wording: str, practice: Practice) -> str:
    if not _names(wording, "speaks"):
        return ""
    languages = {language for clinician in practice.clinicians for language in clinician.languages}
    return next((language for language in sorted(languages) if language.lower() in wording.split()), "")
