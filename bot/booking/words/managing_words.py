"""What visitors write about a visit that is booked already: an answer to "Shall I cancel it?", or a lost reference."""

from __future__ import annotations

import re

from bot.booking.visit_wish import wishes_visit
from bot.dates.phrases import phrases, word_of
from bot.dates.wording import plain


def wants_cancelled(text: str) -> bool | None:
    """Return whether the answer to "Shall I cancel it?" cancels; None where it says neither.

    Who says both ("no, cancel it") is not taken to cancel: that can be said again, a visit may not come back.
    """
    wording = re.sub(_any("keeps_not"), " ", plain(text))
    if re.search(_any("keeps"), wording):
        return False
    return True if re.search(_any("cancels"), wording) else None


def says_reference_lost(text: str) -> bool:
    """Tell whether the text says that the reference number is lost or was never there."""
    return re.search(_any("lost_reference"), plain(text)) is not None


def wants_new_visit(text: str) -> bool:
    """Tell whether the text says that there is no visit to be found, or asks for one that is not booked yet."""
    wording = text.lower().replace("\u2019", "'")
    if re.search(_any("no_visit"), wording):
        return True
    return not names_own_visit(text) and wishes_visit(text) and re.search(_any("new_visit"), wording) is not None


def says_no_code(text: str) -> bool:
    """Tell whether the text says that no code came, or that there is no address it could come to."""
    return re.search(_any("no_code"), plain(text)) is not None


def code_in(text: str) -> str | None:
    """Return the six digits of a code, also written in two halves; None without one."""
    found = re.search(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)", text)
    return found[1] + found[2] if found else None


def names_own_visit(text: str) -> bool:
    """Tell whether the text speaks of a visit that the visitor has."""
    return re.search(_any("own_visit"), text.lower()) is not None


def _any(words: str) -> str:
    return word_of(phrases().words[words])
