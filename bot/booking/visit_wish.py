"""Find the wish for a visit in a message that mainly tells something else, symptoms for example."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.booking.visits import Wish
from bot.booking.wish_reader import read_wish
from bot.dates.phrases import phrases, word_of
from bot.knowledge.model import Practice


def wishes_visit(text: str) -> bool:
    """Tell whether the text asks for a visit."""
    return _pattern().search(text) is not None


def read_wish_beside(text: str, now: dt.datetime, practice: Practice) -> Wish:
    """Return what is wished of the visit that the text asks for; `Wish()` for nothing. Arguments as for `read_wish`.

    What stands before the wish is left out: the time named there may be the one when it began to hurt.
    """
    found = _pattern().search(text)
    return read_wish(text[found.start() :], now, practice) if found else Wish()


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
