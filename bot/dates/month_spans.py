"""Read months and their parts: "in January", "mid December", "the end of the month", "the first week of March"."""

from __future__ import annotations

import datetime as dt
import re

from bot.dates.date_mention import DAY, Days, Reader, months_later
from bot.dates.phrases import phrases, word_of

# Day of the month: the first and last of each part; None for the last of the month.
_PARTS: dict[str, tuple[int, int | None]] = {
    "first_part": (1, 10),
    "middle_part": (10, 20),
    "last_part": (22, None),
    "first_half": (1, 15),
    "second_half": (16, None),
    "week_1": (1, 7),
    "week_2": (8, 14),
    "week_3": (15, 21),
    "week_4": (22, 28),
}
_LAST_WEEK = 7


def month_readings() -> tuple[tuple[str, Reader], ...]:
    """Return patterns and readers, in the order in which they are tried."""
    words = phrases()
    month = rf"(?P<month>{word_of(words.months)}|(?:this |next |the |that )month)"
    part = f"(?:the )?(?P<part>{word_of(words.month_parts)})(?: of| in)?(?: the)?"
    whole = word_of(words.words["in_month"])
    return (
        (rf"(?<!\w){part} {month}(?:'s)?(?! \d)(?!\w)", _part),
        (
            rf"(?<!\w)(?P<start>{word_of(words.words['year_starts'])} )?(?:the new year|next year)(?!'s)(?!\w)",
            _next_year,
        ),
        (rf"{whole} (?P<month>{word_of(words.months)})(?! \d)(?!\w)", _whole),
        (r"\bnext month\b", _whole),
        (r"\bthis month\b", _whole),
    )


def _part(match: re.Match[str], today: dt.date) -> Days:
    first_of = _month(match["month"], today)
    end = months_later(first_of, 1) - DAY
    name = phrases().month_parts[match["part"]]
    if name == "last_week":
        first, last = end - (_LAST_WEEK - 1) * DAY, end
    else:
        start, stop = _PARTS[name]
        first, last = first_of + (start - 1) * DAY, end if stop is None else first_of + (stop - 1) * DAY
    if last < today and match["month"] in ("the month", "this month", "that month"):
        return None, None, None
    return max(first, today), last, None


def _whole(match: re.Match[str], today: dt.date) -> Days:
    first = _month(match.groupdict().get("month") or match[0], today)
    return max(first, today), months_later(first, 1) - DAY, None


def _next_year(match: re.Match[str], today: dt.date) -> Days:
    first = dt.date(today.year + 1, 1, 1)
    return first, first + (14 if match["start"] else 180) * DAY, None


def _month(name: str, today: dt.date) -> dt.date:
    """Return the first day of the coming month of that name; the present one where it is not over."""
    this = today.replace(day=1)
    number = phrases().months.get(name)
    if number is None:
        return months_later(this, 1 if name.startswith("next") else 0)
    return months_later(this, (number - this.month) % 12)
