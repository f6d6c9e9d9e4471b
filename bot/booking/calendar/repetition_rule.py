"""Read the rule of a repeated event (RFC 5545, section 3.3.10).

A part that cannot be read is left out in such a way that the rule names more times, never fewer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

UntilOf = Callable[[str], dt.datetime | None]
"""From the value of UNTIL to the last start, as clocks show it at the event; None where it cannot be read."""

SEVERAL_A_DAY = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
"""Frequencies and their seconds."""

ONCE_A_DAY_OR_LESS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LIMITS = {
    "BYSECOND": (0, 60),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
_NO_ZERO = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(slots=True)
class Rule:
    """A rule: its frequency and its other parts; `until` is the last start, as clocks show it at the event."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: dt.datetime | None = None
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    days: tuple[tuple[int, int], ...] = ()
    week_start: int = 0
    is_clear: bool = True


def read_rule(text: str, until_of: UntilOf) -> Rule:
    """Return a rule; its `is_clear` is False where a part could not be read and more times are taken for that.

    Args:
        text: the value of RRULE.
        until_of: reads the value of UNTIL into the last start, None where it cannot be read.
    """
    parts: dict[str, str] = {}
    is_clear = True
    for part in text.upper().strip().strip(";").split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        is_clear = is_clear and bool(equals) and bool(value) and name not in parts
        parts.setdefault(name, value)
    frequency = parts.pop("FREQ", "")
    rule = Rule(frequency, is_clear=is_clear and (frequency in ONCE_A_DAY_OR_LESS or frequency in SEVERAL_A_DAY))
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or not (
        frequency in ONCE_A_DAY_OR_LESS or frequency in SEVERAL_A_DAY
    ):
        # Nobody can say on which days: on every day, then.
        return Rule("DAILY", is_clear=False)
    parts.pop("SKIP", "")
    for name, value in parts.items():
        if not name.startswith("X-") and not _take(rule, name, value, until_of):
            rule.is_clear = False
    return rule


def _take(rule: Rule, name: str, value: str, until_of: UntilOf) -> bool:
    """Set a part of the rule; return False where it cannot be read."""
    if name in ("INTERVAL", "COUNT"):
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 8 else 0
        if number:
            setattr(rule, name.lower(), number)
        return number > 0
    if name == "UNTIL":
        rule.until = until_of(value)
        return rule.until is not None
    if name == "WKST" and value in _DAYS:
        rule.week_start = _DAYS.index(value)
        return True
    if name == "BYDAY":
        read = [_BYDAY.fullmatch(item.strip()) for item in value.split(",")]
        rule.days = tuple((int(one[1] or 0), _DAYS.index(one[2])) for one in read if one)
        # A day that cannot be read may be any.
        return all(read) or _any_day(rule)
    if name in _LIMITS:
        low, high = _LIMITS[name]
        items = [item.strip() for item in value.split(",")]
        if all(re.fullmatch(r"[+-]?\d{1,3}", item) and low <= int(item) <= high for item in items):
            rule.numbers[name] = tuple(sorted({int(item) for item in items}))
            return not (name in _NO_ZERO and 0 in rule.numbers[name])
        return _any_day(rule)
    return False


def _any_day(rule: Rule) -> bool:
    rule.days = tuple((0, day) for day in range(7))
    return False
