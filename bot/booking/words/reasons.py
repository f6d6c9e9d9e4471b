"""What a message names as the reason of a visit."""

from __future__ import annotations

import re
from functools import cache

from bot.booking.words.contact_words import without_contact
from bot.dates.phrases import phrases, word_of

_FEWEST_LETTERS = 3
_SENTENCE_END = re.compile(r"[.?!;\n]+(?=\s|$)")


def reason_named(text: str) -> str | None:
    """Return what stands behind "it is about" or the like, as typed; else a reason such as "routine check"; None."""
    text = " ".join(without_contact(text).split())
    if found := _about().search(text):
        return found["reason"].strip(" ,-")
    found = _usual().search(text)
    return found[0] if found else None


def reason_answered(text: str) -> str | None:
    """Return the answer to what the visit is about, without what only leads to it; None where nothing is left."""
    text = " ".join(text.split())
    reason = (reason_named(text) if _about().match(text) else None) or text
    return reason if sum(map(str.isalpha, reason)) >= _FEWEST_LETTERS else None


def reason_changed(text: str) -> str | None:
    """Return what the reason that was read back is to be instead ("put heel pain"), as typed; None without one."""
    found = _changed().search(" ".join(without_contact(text).split()))
    return found["reason"].strip(" ,-") if found else None


def sentence_at(text: str, place: int) -> str:
    """Return the sentence in which that place of the text lies."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    return " ".join(text[start : end.start() if end else len(text)].split())


@cache
def _changed() -> re.Pattern[str]:
    words = phrases().words
    changes, people = word_of(words["reason_changes"]), word_of(words["visit_people"])
    return re.compile(
        rf"{changes}[: ]+(?!me\b|it\b|that\b)(?!(?:my |the )?{people})(?P<reason>[^.?!;]{{3,}})", re.IGNORECASE
    )


@cache
def _about() -> re.Pattern[str]:
    words = phrases().words
    openings, people = word_of(words["reason_openings"]), word_of(words["visit_people"])
    body = rf"(?P<reason>(?!{people})(?:my |the |a |an |his |her )?(?!{people})[^.?!;]{{3,}})"
    return re.compile(rf"{openings}[: ]+{body}", re.IGNORECASE)


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(word_of(phrases().words["usual_reasons"]), re.IGNORECASE)
