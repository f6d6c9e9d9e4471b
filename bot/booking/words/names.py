"""Finds a person's name in what a visitor typed; `check_name` tidies it."""

from __future__ import annotations

import re
from functools import cache

from bot.booking.contact import check_name
from bot.booking.words.contact_words import phone_try_in, without_contact
from bot.dates.phrases import any_of, phrases, word_of
from bot.errors import ContactError

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
_NAME = re.compile(r"[^\W\d_][\w.'\u2019\-]*(?:\s+[^\W\d_][\w.'\u2019\-]*){0,4}")
_CLAUSE = re.compile(r"[,;!\n()/]+|\.(?=\s|$)|\?| - | \u2013 ")
_INITIAL = re.compile(r"(?<![\w'\u2019])[^\W\d_]$")
_REVERSED = re.compile(r"\s*[A-Z][\w'\-]+, [A-Z][\w'\-]+(?: [A-Z]\.?)?\s*")


def introduced_name(text: str) -> str | None:
    """Return the checked name that follows "my name is" or the like, None without one."""
    found = _introduced().search(text)
    return _checked(found["name"]) if found else None


def patient_named(text: str) -> str | None:
    """Return the checked name of somebody else for whom the visit is ("my son is Leo"), None without one."""
    found = _patient().search(text)
    return _checked(found["name"]) if found else None


def name_in(text: str, *, asked: bool) -> str | None:
    """Return the checked name that the text gives, None where nothing in it is one.

    A name that was not asked for stands beside a phone number or an address, or is all that was written; it has two
    words with capitals, or stands in one clause with the number.

    Args:
        text: what the visitor wrote; questions and other words may stand beside the name.
        asked: True where the visitor was asked for a name.
    """
    if introduced := introduced_name(text):
        return introduced
    if asked and _REVERSED.fullmatch(text) and (name := _checked(text)):
        return name
    masked = without_contact(text, f" {_MARK} ")
    if asked and (tried := phone_try_in(masked)):
        masked = masked.replace(tried, f" {_MARK} ")
    clauses = _clauses(masked)
    for place, (clause, asks) in enumerate(clauses):
        name = None if asks else _checked(_without_labels(clause.replace(_MARK, " ")))
        if name is None:
            continue
        near = " ".join(other for other, _ in clauses[max(place - 1, 0) : place + 2])
        beside = _MARK in near or len(clauses) == 1
        capitals = len(name.split()) > 1 and all(word[:1].isupper() for word in name.split())
        if asked or (beside and capitals) or (_MARK in clause and len(name.split()) in (2, 3)):
            return name
    return None


def is_written_as_name(text: str) -> bool:
    """Return whether the text is two words or more, each with a capital."""
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _clauses(text: str) -> list[tuple[str, bool]]:
    """Return the clauses in their order, and of each whether it is a question."""
    found, start = [], 0
    for match in (*filter(_ends_clause, _CLAUSE.finditer(text)), None):
        clause = text[start : match.start() if match else len(text)].strip(" .-:")
        if clause:
            found.append((clause, match is not None and match[0] == "?"))
        start = match.end() if match else len(text)
    return found


def _ends_clause(mark: re.Match[str]) -> bool:
    """Return whether the mark is more than the full stop after an initial or a title."""
    before = mark.string[: mark.start()]
    return mark[0] != "." or not (_INITIAL.search(before) or re.search(rf"{_title()}$", before))


@cache
def _title() -> str:
    return rf"(?i:{word_of(phrases().contact['titles'])})"


def _checked(text: str) -> str | None:
    """Return the text as a checked name, None where it has not the form of one or holds a word of everyday language."""
    try:
        name = check_name(_without_labels(text))
    except ContactError:
        return None
    words = [word.strip(".'-") for word in name.lower().split()]
    common = {*phrases().contact["common_words"], *phrases().weekdays}
    return name if _NAME.fullmatch(name) and not common.intersection(words) else None


def _without_labels(text: str) -> str:
    """Return the text without words such as "phone" or "is" at its ends, which belong to a number."""
    text = " ".join(text.split()).strip(" ,;.:-")
    while (shorter := _labels().sub("", text).strip(" ,;.:-")) != text:
        text = shorter
    return text


@cache
def _labels() -> re.Pattern[str]:
    label = word_of(phrases().contact["labels"])
    return re.compile(rf"^{label}[:.]?\s+|\s+{label}[:.]?$|^{label}$", re.IGNORECASE)


@cache
def _introduced() -> re.Pattern[str]:
    words = phrases().contact
    strong, weak = word_of(words["introductions"]), word_of(words["weak_introductions"])
    # "This is" introduces a name only before two capitals: "this is awful".
    before = rf"(?:(?i:{strong})[\s:]+|(?i:{weak})\s+(?=[A-Z][\w'\-]+ [A-Z]))"
    return re.compile(rf"{before}(?P<name>[^\d,;?!@\n]+?){_name_end()}")


@cache
def _patient() -> re.Pattern[str]:
    before = word_of(phrases().contact["patient_introductions"])
    return re.compile(rf"(?i:{before})[\s:]+(?P<name>(?=[A-Z])[^\d,;?!@\n]+?){_name_end()}")


@cache
def _name_end() -> str:
    ends = any_of(phrases().contact["introduction_ends"])
    return rf"(?i:(?=[,;.?!()@\n]|\s{ends}\b|\s[(+]?\d|$))"
