"""Which offered visit, or which detail of a booking, a message names."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDINALS = (
    ("first", "1st", "1", "one"),
    ("second", "2nd", "2", "two"),
    ("third", "3rd", "3", "three"),
)
_FRAME = re.compile(
    r"^(?:(?:i'?d |i'?ll |i )?(?:take|like|want|prefer|choose)?\s*)?(?:the |number |option |no\.? ?|#)*"
    r"(?P<which>\w+)(?: one| option| time| slot)?(?: please| works| is fine| is good)?[.!]*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?P<which>first|1st|second|2nd|third|3rd|last|earliest|soonest) (?:one|option|slot|choice|offer)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|isn't|doesn't|can't|cannot|won't|except|but)\b", re.IGNORECASE)
_DETAILS = (
    ("visitor_email", re.compile(r"mail", re.IGNORECASE)),
    ("visitor_phone", re.compile(r"phone|number|mobile|cell", re.IGNORECASE)),
    ("visitor_name", re.compile(r"name", re.IGNORECASE)),
    ("visit_reason", re.compile(r"reason|about|why i", re.IGNORECASE)),
    ("patient", re.compile(r"patient|first visit|been before", re.IGNORECASE)),
    ("visit", re.compile(r"time|day|date|hour|visit|appointment", re.IGNORECASE)),
)
_LAST = frozenset({"last"})
_EARLIEST = frozenset({"earliest", "soonest"})


def chosen_by_place(text: str, offered: Sequence[str]) -> str | None:
    """Return the offered visit that "the second one" names, None when the text names none."""
    framed = _FRAME.match(text.strip())
    if framed is None and not _NEGATED.search(text):
        framed = _WITHIN.search(text)
    if not offered or framed is None:
        return None
    which = framed["which"].lower()
    if which in _LAST:
        return offered[-1]
    if which in _EARLIEST:
        return min(offered, key=lambda visit_id: visit_id.rsplit("/", 1)[-1])
    for place, words in enumerate(_ORDINALS[: len(offered)]):
        if which in words:
            return offered[place]
    return None


def detail_named(text: str) -> str | None:
    """Return the slot of the detail that the text wants changed, None when it names none."""
    return next((detail for detail, words in _DETAILS if words.search(text)), None)
