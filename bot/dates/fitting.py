"""Whether a time is one that was wished for."""

from __future__ import annotations

import datetime as dt

from bot.dates.wish import When

# Minute of the day at which the afternoon and the evening start.
AFTERNOON, EVENING = 12 * 60, 17 * 60
PARTS = {"morning": range(0, AFTERNOON), "afternoon": range(AFTERNOON, EVENING), "evening": range(EVENING, 24 * 60)}
"""Minutes of the day of each part."""

# What "early" and "late" mean in a part of day, and in a day; the first and last thing of a day lie within.
_EARLY_UNTIL = {"morning": 10 * 60, "afternoon": 14 * 60 + 1, "evening": 18 * 60 + 30, None: 10 * 60 + 1}
_LATE_FROM = {"morning": 10 * 60 + 30, "afternoon": 15 * 60, "evening": 19 * 60, None: 15 * 60}


def fits(start: dt.datetime, when: When) -> bool:
    """Tell whether a local time is one of those that were wished for and none that was ruled out."""
    return any(
        fits_day(start.date(), one) and fits_time(start.time(), one) and not is_excluded(start, one)
        for one in when.options
    )


def is_excluded(start: dt.datetime, when: When) -> bool:
    """Tell whether a local time is one that is ruled out by several of its features at once."""
    if when.edge in ("first", "last"):
        # "I work until 5, so the last one of the day": the edge is what is meant.
        return any(fits(start, one) for one in when.excluded if one.time is None)
    return any(fits(start, one) for one in when.excluded)


def fits_day(day: dt.date, when: When) -> bool:
    """Tell whether the day fits; the other options are not looked at."""
    first, last = when.date, when.last_date or when.date
    if first is not None and last is not None and not first <= day <= last:
        return False
    return day.weekday() not in when.not_weekdays and not any(a <= day <= b for a, b in when.not_dates)


def fits_time(start: dt.time, when: When) -> bool:
    """Tell whether the time of day fits; the other options are not looked at."""
    minute = start.hour * 60 + start.minute
    first, last = minutes_wished(when)
    if not first <= minute <= last or any(minute in PARTS[part] for part in when.not_parts if part in PARTS):
        return False
    return when.time is None or when.bound is not None or when.until is not None or start == when.time


def minutes_wished(when: When) -> tuple[int, int]:
    """Return the first and last minute of the day that fits, without what is ruled out and without one precise time."""
    first, last = 0, 24 * 60 - 1
    if when.part_of_day in PARTS:
        first, last = PARTS[when.part_of_day].start, PARTS[when.part_of_day].stop - 1
    if when.edge in ("first", "early"):
        last = min(last, _EARLY_UNTIL[when.part_of_day] - 1)
    elif when.edge in ("last", "late"):
        first = max(first, _LATE_FROM[when.part_of_day])
    if when.time is not None:
        named = when.time.hour * 60 + when.time.minute
        if when.bound == "before":
            last = min(last, named - 1)
        elif when.bound == "after" or when.until is not None:
            first = max(first, named)
    if when.until is not None:
        last = min(last, when.until.hour * 60 + when.until.minute)
    return first, last
