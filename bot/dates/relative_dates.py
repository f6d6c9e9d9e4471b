"""Read single days that are told from today: "tomorrow", "next Tuesday", "a week on Friday"."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.dates.date_mention import DAY, WEEK, Days, Reader, Reading, monday_of, months_later
from bot.dates.phrases import phrases, word_of

_COUNT = r"(?P<count>\d{1,2}|an?)"
_WEEKS_LATER = {"this week": 0, "next week": 1, "the following week": 1, "the week after next": 2}
_WEEK = rf"(?P<week>{'|'.join(_WEEKS_LATER)})"


@cache
def relative_readings() -> tuple[Reading, ...]:
    """Return patterns and readers, in the order in which they are tried."""
    readings = (*_counted(), *_near(), *_weekdays())
    return tuple((re.compile(pattern), reader) for pattern, reader in readings)


def _counted() -> tuple[tuple[str, Reader], ...]:
    weekday = f"(?P<weekday>{word_of(phrases().weekdays)})"
    unit = "(?P<unit>day|week|month)s?"
    return (
        (r"\b(?:the )?day after tomorrow\b", lambda _, today: (today + 2 * DAY, None, None)),
        (rf"\b{_COUNT} {unit} (?:from|on|after) (?P<from>now|today|tomorrow|{weekday})", _after),
        (rf"\b(?:{weekday}|(?P<from>tomorrow|today)) week\b(?!end)", _after),
        (rf"(?<!last )\bin {_COUNT} week(?:s|'s|s')?(?: time)?,?(?: on| for)?(?: the)? {weekday}", _weeks_later),
        (rf"(?<!last )\bin (?:about |around )?{_COUNT} {unit}'?(?: time)?\b", _after),
    )


def _near() -> tuple[tuple[str, Reader], ...]:
    tonight = word_of(phrases().words["tonight"])
    return (
        (r"\b(?:(?:later|earlier|some ?time|any ?time) )?today\b", lambda _, today: (today, None, None)),
        (rf"{tonight}|\bthis (?=morning|afternoon|evening)", lambda _, today: (today, None, None)),
        (r"\btomorrow\b", lambda _, today: (today + DAY, None, None)),
    )


def _weekdays() -> tuple[tuple[str, Reader], ...]:
    weekday = f"(?P<weekday>{word_of(phrases().weekdays)})"
    which = r"(?:(?P<which>next|this|coming|this coming|following|upcoming|the coming) )?"
    return (
        (rf"{_WEEK}'?s?,?(?: on| for)?(?: the)? {weekday}", _weekday),
        (rf"{weekday} after next\b", lambda match, today: (_coming(_number(match), today) + WEEK, None, None)),
        (rf"(?:\bthe )?{which}(?<![a-z]){weekday}(?: (?:of |in )?{_WEEK})?", _weekday),
    )


def _weeks_later(match: re.Match[str], today: dt.date) -> Days:
    count = int(match["count"]) if match["count"].isdigit() else 1
    return monday_of(today) + count * WEEK + _number(match) * DAY, None, None


def _after(match: re.Match[str], today: dt.date) -> Days:
    found = match.groupdict()
    count = 1 if found.get("count") in (None, "a", "an") else int(found["count"])
    if found.get("unit") == "month":
        return months_later(today, count), None, None
    start = today
    if found.get("weekday"):
        start = _coming(_number(match), today)
    elif found.get("from") == "tomorrow":
        start = today + DAY
    return start + count * (DAY if found.get("unit") == "day" else WEEK), None, None


def _weekday(match: re.Match[str], today: dt.date) -> Days | None:
    found, weekday = match.groupdict(), _number(match)
    which, week = found.get("which"), found.get("week")
    if which in ("next", "following"):
        week = "next week"
    if week:
        day = monday_of(today) + _WEEKS_LATER[week] * WEEK + weekday * DAY
        return (day if day >= today else None), None, None
    if which == "this" and weekday == today.weekday():
        return today, None, None
    if not which and match["weekday"] in phrases().words["doubtful_weekdays"] and not _is_day(match):
        return None
    return _coming(weekday, today), None, None if which else weekday


def _is_day(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start("weekday")], match.string[match.end("weekday") :]
    if match[0].startswith("the "):
        return False
    if not before.strip() or re.search(rf"{word_of(phrases().words['day_cues'])}[\s,]*$", before):
        return True
    return re.match(r"[.,]? (?:at )?\d|,? ?(?:~|morning|afternoon|evening|or\b)", after) is not None


def _number(match: re.Match[str]) -> int:
    return phrases().weekdays[match["weekday"]]


def _coming(weekday: int, today: dt.date) -> dt.date:
    """Return the next day with that weekday, never today."""
    return today + (((weekday - today.weekday() - 1) % 7) + 1) * DAY
