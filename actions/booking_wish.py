"""Finds the wish for a visit in a message that mainly tells symptoms."""

from __future__ import annotations

import re

from actions import wiring
from actions.booking_slots import wish_slot
from bot.booking.visits import When
from bot.booking.when import read_when

_VISIT = r"\b(?:appointment|appt|visit|consultation|slot)\b"
_PERSON = r"(?:you|someone|somebody|a|the)"
_WISH = re.compile(
    rf"\b(?:book|schedule|reserve|make|get|need|want|like)\b[^.?!]{{0,20}}{_VISIT}"
    rf"|\b(?:can|could|may|shall|should) i (?:please )?(?:come|stop by|drop by|be seen|see {_PERSON})\b"
    rf"|\b(?:do you have|is there|got) (?:any|an|some|a)(?:thing)?\b[^.?!]{{0,15}}(?:\b(?:free|open)\b|{_VISIT})"
    r"|\b(?:book|fit|squeeze) me\b",
    re.IGNORECASE,
)


def wants_visit(text: str) -> bool:
    """Return whether the text asks for a visit."""
    return _WISH.search(text) is not None


def wish_beside(text: str) -> dict[str, str | None] | None:
    """Return the value of the slot `visit_wish`: the time named from the wish on, not the one when it began to hurt."""
    found = _WISH.search(text)
    when = read_when(text[found.start() :], wiring.now()) if found else When()
    return None if when == When() else wish_slot(when)
