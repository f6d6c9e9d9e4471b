"""Which detail of a booking a message names."""

from __future__ import annotations

import re

from bot.dates.phrases import phrases, word_of
from bot.dates.wording import plain

_DETAILS = (
    ("visitor_email", re.compile(r"mail", re.IGNORECASE)),
    ("visitor_phone", re.compile(r"phone|number|mobile|cell", re.IGNORECASE)),
    ("visitor_name", re.compile(r"name", re.IGNORECASE)),
    ("visit_reason", re.compile(r"reason|about|why i", re.IGNORECASE)),
    ("patient", re.compile(r"patient|first visit|been before", re.IGNORECASE)),
    ("visit", re.compile(r"time|day|date|hour|visit|appointment", re.IGNORECASE)),
)


def declines_visit(text: str) -> bool:
    """Tell whether the text says nothing but that no visit is wanted, at least not now."""
    words = phrases().words
    opening, ending = word_of(words["pick_openings"]), word_of(words["pick_endings"])
    pattern = rf"(?:{opening}[\s,.!]*)*(?:{word_of(words['declines_visit'])}[\s,.!]*)+(?:{ending}[\s,.!]*)*"
    return re.fullmatch(pattern, plain(text).strip()) is not None


def detail_named(text: str) -> str | None:
    """Return the slot of the detail that the text wants changed, None when it names none."""
    return next((detail for detail, words in _DETAILS if words.search(text)), None)
