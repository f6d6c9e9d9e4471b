"""Read spans of days: "this weekend", "late next week", "within the next two weeks"."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.dates.date_mention import DAY, WEEK, Days, Reader, Reading, monday_of
from bot.dates.month_spans import month_readings

_PARTS = r"(?P<part>later|early|earlier|late|(?:the )?(?:end|beginning|start|middle) of|mid)"
# Monday is 0: the days of a week that its parts mean.
_DAYS = {"early": (0, 2), "earlier": (0, 2), "beginning": (0, 2), "start": (0, 2), "mid": (1, 3), "middle": (1, 3)}
_LATE = (3, 4)


@cache
def span_readings() -> tuple[Reading, ...]:
    """Return patterns and readers, in the order in which they are tried."""
    readings: tuple[tuple[str, Reader], ...] = (
        (r"\b(?:(?P<which>this|next|the|coming|this coming) )weekend\b", _weekend),
        (
            r"\b(?:within|in|over|during) the (?:next|coming) (?P<count>\d{1,2}|few|couple of) (?P<unit>day|week)s\b",
            _from_today,
        ),
        (
            rf"\b(?:{_PARTS} )?(?P<week>this week|next week|the week after next|the following week|(?<=of )the week)\b",
            _week,
        ),
        *month_readings(),
    )
    return tuple((re.compile(pattern), reader) for pattern, reader in readings)


def _weekend(match: re.Match[str], today: dt.date) -> Days:
    saturday = monday_of(today) + 5 * DAY
    if match["which"] == "next":
        saturday += WEEK
    return max(saturday, today), saturday + DAY, None


def _from_today(match: re.Match[str], today: dt.date) -> Days:
    count = {"few": 3, "couple of": 2}.get(match["count"]) or int(match["count"])
    return today, today + count * (DAY if match["unit"] == "day" else WEEK), None


def _week(match: re.Match[str], today: dt.date) -> Days:
    later = {"next week": 1, "the following week": 1, "the week after next": 2}.get(match["week"], 0)
    part = (match["part"] or "").removeprefix("the ").removesuffix(" of")
    first, last = _DAYS.get(part, _LATE) if part else (0, 6)
    if part == "later" and not later:
        first = today.weekday() + 1
    monday = monday_of(today) + later * WEEK
    start, end = max(monday + first * DAY, today), monday + last * DAY
    return (start, end, None) if end >= start else (None, None, None)
