"""Read a date phrase (being written)."""

from __future__ import annotations

import datetime as dt

from bot.booking.visits import When


def read_when(text: str, now: dt.datetime) -> When:
    """Return the date, time and part of day that the text names, seen from `now` (aware, the practice's zone)."""
    raise NotImplementedError
