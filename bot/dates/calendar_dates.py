"""Read dates that name the day of a month: "March 5th", "3/12", "the 1st", "the 8th of this month"."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.dates.date_mention import Days, Reader, Reading, months_later
from bot.dates.phrases import phrases, word_of

_DAY = r"(?<![\d:.])(?P<day>0?[1-9]|[12]\d|3[01])"
_SUFFIX = "(?:st|nd|rd|th)"
_YEAR = r"(?:,? (?P<year>20\d\d)\b)?"
# A bare number needs one of these before it to be a date.
_CUE = r"(?:^|(?<= on )|(?<=^on )|(?<= for )|(?<= by )|(?<=day )|(?<=day, )|(?<= or )|(?<= and )|(?<=^or )|(?<=^and ))"


@cache
def calendar_readings() -> tuple[Reading, ...]:
    """Return patterns and readers, in the order in which they are tried."""
    words = phrases()
    month = f"(?P<month>{word_of(words.months)})"
    no_time = r"(?![:\d]|\s?[ap]m\b|/| ?%)"
    # "March" and "may" are verbs too.
    no_verb = r"(?! (?:i|we|you|he|she|it|they|be|work|not)\b)"
    no_noun = rf"(?! (?:{word_of(words.words['not_days'])}))"
    readings: tuple[tuple[str, Reader], ...] = (
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=\b|t\d)", _numbered),
        (rf"{month}\.? (?:the )?{_DAY}{_SUFFIX}\b{_YEAR}", _named),
        (rf"(?:the )?{_DAY}{_SUFFIX}(?: day)?(?: of)?,? {month}\b{_YEAR}", _named),
        (rf"(?<!\d ){month}\.? {_DAY}\b{no_time}{_YEAR}", _named),
        # "12 March 10" may be the 12th or the 10th.
        (rf"(?<!at )(?<!around ){_DAY} {month} \d{{1,2}}\b(?![:\d]| ?[ap]m\b| in the | o'clock)", _unclear),
        (rf"(?<!at )(?<!around )(?:the )?{_DAY} (?:of )?{month}{no_verb}{_YEAR}", _named),
        (rf"{month}\.? {_DAY}\b{no_time}{_YEAR}", _named),
        (r"\b(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>20\d\d|\d\d)\b", _numbered),
        (rf"{_CUE}(?!^|24/7)(?P<date>(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}))(?![\d/])", _numbered),
        # Halves, quarters and points out of ten are no dates.
        (r"(?<![\d/.])(?P<month>\d{1,2})/(?!0?[24]\b|10\b)(?P<day>\d{1,2})(?![\d/])(?<!24/7)", _numbered),
        (rf"\b(?:the )?{_DAY}{_SUFFIX}(?: of)? (?P<which>this|next|the) month\b", _of_month),
        (rf"(?<=\bthe ){_DAY}{_SUFFIX}\b{no_noun}", _of_any_month),
        (rf"{_CUE}(?P<date>{_DAY}{_SUFFIX})\b{no_noun}", _of_any_month),
    )
    return tuple((re.compile(pattern), reader) for pattern, reader in readings)


def _named(match: re.Match[str], today: dt.date) -> Days:
    return _in_year(phrases().months[match["month"]], int(match["day"]), match["year"], today)


def _unclear(_match: re.Match[str], _today: dt.date) -> Days:
    return None, None, None


def _numbered(match: re.Match[str], today: dt.date) -> Days | None:
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return _in_year(month, day, match.groupdict().get("year"), today)


def _of_month(match: re.Match[str], today: dt.date) -> Days:
    month = months_later(today.replace(day=1), 1 if match["which"] == "next" else 0)
    found = _date(month.year, month.month, int(match["day"]))
    return (found if found and found >= today else None), None, None


def _of_any_month(match: re.Match[str], today: dt.date) -> Days:
    months = (months_later(today.replace(day=1), later) for later in range(3))
    days = (_date(month.year, month.month, int(match["day"])) for month in months)
    return next((day for day in days if day and day >= today), None), None, None


def _in_year(month: int, day: int, year: str | None, today: dt.date) -> Days:
    if year:
        found = _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return (found if found and found >= today else None), None, None
    # Eight years reach the next 29 February.
    days = (_date(today.year + later, month, day) for later in range(9))
    return next((found for found in days if found and found >= today), None), None, None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
