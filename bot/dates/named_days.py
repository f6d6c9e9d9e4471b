"""Read days with a name: "the second Tuesday in January", "Christmas"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache

from bot.dates.date_mention import DAY, Days, Reader, Reading, months_later
from bot.dates.phrases import Holiday, phrases, word_of

_JUST_OVER = 5 * DAY
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}


@cache
def named_readings() -> tuple[Reading, ...]:
    """Return patterns and readers, in the order in which they are tried."""
    words = phrases()
    weekday, month = word_of(words.weekdays), word_of(words.months)
    place = "|".join(_PLACES)
    readings: tuple[tuple[str, Reader], ...] = (
        (
            rf"\b(?:the )?(?P<place>{place}) (?P<weekday>{weekday}),? (?:in|of) (?:the )?"
            rf"(?P<month>{month}|(?:this |next )?month)\b",
            _nth,
        ),
        (rf"(?:{word_of(words.words['year_starts'])} |(?<=in ))(?:the )?new year(?!'s)(?!\w)", _new_year),
        (rf"(?:the )?(?P<name>{word_of(words.holidays)})", _holiday),
    )
    return tuple((re.compile(pattern), reader) for pattern, reader in readings)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> dt.date:
    """Return the `which`th weekday (Monday is 0) of a month; -1 for the last. It has to exist."""
    days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month]
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[which - 1 if which > 0 else which]


def _nth(match: re.Match[str], today: dt.date) -> Days:
    words, which = phrases(), _PLACES[match["place"]]
    weekday = words.weekdays[match["weekday"]]
    if (number := words.months.get(match["month"])) is None:
        first = months_later(today.replace(day=1), 1 if match["month"].startswith("next") else 0)
        found = nth_weekday(first.year, first.month, weekday, which)
        if found < today and match["month"] in ("month", "the month"):
            first = months_later(first, 1)
            found = nth_weekday(first.year, first.month, weekday, which)
        return (found if found >= today else None), None, None
    days = (nth_weekday(today.year + later, number, weekday, which) for later in range(2))
    return next(day for day in days if day >= today), None, None


def _new_year(match: re.Match[str], today: dt.date) -> Days:
    first = dt.date(today.year + 1, 1, 1)
    return first, first + (180 if match[0].startswith(("the", "new")) else 14) * DAY, None


def _holiday(match: re.Match[str], today: dt.date) -> Days:
    holiday = phrases().holidays[match["name"]]
    length = (holiday.days - 1) * DAY
    days = (_in_year(holiday, today.year + later) for later in range(-1, 2))
    # What is just over is still meant: "after Thanksgiving", a few days later.
    first = next(day for day in days if day + length >= today - _JUST_OVER)
    return first, first + length if length else None, None


def _in_year(holiday: Holiday, year: int) -> dt.date:
    if holiday.day:
        return dt.date(year, holiday.month, holiday.day)
    return nth_weekday(year, holiday.month, holiday.weekday, holiday.which)
