"""Numbers that cannot be: a pain beyond ten, an age beyond any."""

from __future__ import annotations

import re

WORST_PAIN = 10
OLDEST = 120

_OF_TEN = re.compile(r"\b(\d{2,6})\s*(?:/|out of|of)\s*(?:10|ten)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(\d{3,6})[\s-]*(?:years?[\s-]*old|yrs?[\s-]*old|y/?o)\b", re.IGNORECASE)


def impossible_pain(text: str) -> int | None:
    """Return a pain beyond the scale of ten, None where the text has none."""
    return _beyond(_OF_TEN, text, WORST_PAIN)


def impossible_age(text: str) -> int | None:
    """Return an age beyond any, None where the text has none."""
    return _beyond(_YEARS, text, OLDEST)


def _beyond(pattern: re.Pattern[str], text: str, most: int) -> int | None:
    return next((value for value in map(int, pattern.findall(text)) if value > most), None)
