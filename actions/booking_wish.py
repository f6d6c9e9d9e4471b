"""Finds the wish for a visit in a message that mainly tells symptoms."""

from __future__ import annotations

import re
from typing import Any

from actions import wiring
from bot.booking.visits import Wish
from bot.booking.wish_json import wish_to_json
from bot.booking.wish_reader import read_wish

_VISIT = r"\b(?:appointment|appt|visit|consultation|slot)\b"
_PERSON = r"(?:you|someone|somebody|a|the)"
_WISH = re.compile(
    rf"\b(?:book|schedule|reserve|make|get|need|want|like)\b[^.?!]{{0,20}}{_VISIT}"
    rf"|\b(?:can|could|may|shall|should) i (?:please )?(?:come|stop by|drop by|be seen|see {_PERSON})\b"
    rf"|\b(?:do you have|is there|got) (?:any|an|some|a)(?:thing)?\b[^.?!]{{0,15}}(?:\b(?:free|open)\b|{_VISIT})"
    r"|\b(?:like|want|prefer|hope) to (?:come|be seen)\b"
    r"|\b(?:book|fit|squeeze) me\b",
    re.IGNORECASE,
)


def wants_visit(text: str) -> bool:
    """Return whether the text asks for a visit."""
    return _WISH.search(text) is not None


def wish_beside(text: str) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish`: the time named from the wish on, not the one when it began to hurt."""
    found = _WISH.search(text)
    wish = read_wish(text[found.start() :], wiring.now(), wiring.practice()) if found else Wish()
    return None if wish == Wish() else wish_to_json(wish)
