"""Read when a visitor wants to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.dates.one_time import read_wording
from bot.dates.options import read_options
from bot.dates.wish import When
from bot.dates.wording import plain

OPENS = dt.time(7)
"""The earliest time at which somebody could come."""


def read_when(text: str, now: dt.datetime, *, opens: dt.time = OPENS) -> When:
    """Return the date, time and part of day that the text names, seen from `now`.

    What is past, ruled out ("not on Tuesday") or contradictory is left None: asking again is better than a wrong day.

    Args:
        text: what the visitor wrote.
        now: aware, in the practice's zone.
        opens: earliest time at which somebody could come; a bare hour before it is meant for the afternoon.
    """
    wording = plain(text)
    when = read_wording(wording, now.date(), opens)
    options = read_options(wording, now.date(), opens)
    if len(options) < 2:
        return when
    return replace(options[0].without(when), others=options[1:])
