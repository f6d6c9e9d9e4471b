"""What the readers of dates share."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)

# The day (None for one that cannot be), the last day of a span, and the weekday if nothing else was named.
Days = tuple[dt.date | None, dt.date | None, int | None]
# Returns None where the words turn out to be no date at all.
Reader = Callable[[re.Match[str], dt.date], Days | None]
Reading = tuple[re.Pattern[str], Reader]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase at `start` to `end` of the wording.

    Attributes:
        first: the day; None where the phrase names a day that cannot be (30 February, a day that is over).
        last: last day of a span, else None.
        weekday: 0 to 6 where only a weekday was named, which another mention can make precise.
        weekdays: 0 to 6 where only weekdays of any week were named ("Monday to Wednesday"); then `first` is the next.
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None = None
    weekday: int | None = None
    weekdays: tuple[int, ...] = ()


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the day's week."""
    return day - day.weekday() * DAY
