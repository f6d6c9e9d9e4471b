"""Find the wish for a visit in a message that mainly tells something else, symptoms for example."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.booking.visits import Wish
from bot.booking.wish_reader import read_wish
from bot.dates.phrases import phrases, word_of
from bot.knowledge.model import Practice

_SENTENCE_END = re.compile(r"[.?!;\n]+(?=\s|$)")


def wishes_visit(text: str) -> bool:
    """Tell whether the text asks for a visit."""
    return _pattern().search(text) is not None


def read_wish_beside(text: str, now: dt.datetime, practice: Practice) -> Wish:
    """Return what is wished of the visit that the text asks for; `Wish()` for nothing. Arguments as for `read_wish`.

    What stands before the wish is left out: the time named there may be the one when it began to hurt.
    """
    found = _pattern().search(text) or _coming().search(text)
    return read_wish(text[found.start() :], now, practice) if found else Wish()


def wishes_visit_then(text: str, now: dt.datetime, practice: Practice) -> bool:
    """Tell whether the text asks to come and says when, also before what no calendar has.

    Arguments as for `read_wish`.
    """
    found = _coming().search(text)
    if found is None:
        return False
    # The sentence of the wish alone: the next one may tell of another time.
    sentence = _SENTENCE_END.split(text[found.start() :], maxsplit=1)[0]
    limited = re.search(word_of(phrases().words["before_day"]), sentence.lower()) is not None
    return limited or read_wish(sentence, now, practice) != Wish()


@cache
def _coming() -> re.Pattern[str]:
    words = phrases().words
    may, coming = word_of(words["may_i"]), word_of(words["coming"])
    service = rf"{word_of(words['service_verbs'])}[^.?!]{{0,15}}{word_of(words['services'])}"
    return re.compile(rf"{may} (?:{coming}|{service})|{word_of(words['visit_wishes'])}", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    words = phrases().words
    nouns = word_of(words["visit_nouns"])
    return re.compile(
        rf"{word_of(words['wish_verbs'])}[^.?!]{{0,20}}{nouns}"
        rf"|{word_of(words['may_i'])} {word_of(words['coming'])}"
        rf"|{word_of(words['is_there'])}[^.?!]{{0,15}}(?:{word_of(words['free'])}|{nouns})"
        rf"|{word_of(words['visit_wishes'])}",
        re.IGNORECASE,
    )
