"""Find the dates that a message names."""

from __future__ import annotations

import datetime as dt
import re

from bot.dates.calendar_dates import calendar_readings
from bot.dates.date_mention import DAY, DateMention
from bot.dates.day_spans import span_readings
from bot.dates.named_days import named_readings
from bot.dates.phrases import phrases, word_of
from bot.dates.relative_dates import relative_readings

# Words that may stand between two days of which either would do.
_EITHER = re.compile(r",? ?(?:or|and|/|,)? ?(?:else |maybe |even |also )?(?:on )?(?:the )?")
_A_WEEK = 7
_THROUGH = re.compile(r",? (?:to|through|thru|until|till|-) (?:the )?| ?- ?")


def find_dates(wording: str, today: dt.date) -> tuple[list[DateMention], str]:
    """Return the mentions in their order, and the wording with a tilde for each of their characters."""
    mentions = []
    for pattern, reader in (*named_readings(), *calendar_readings(), *relative_readings(), *span_readings()):
        for match in list(pattern.finditer(wording)):
            days = reader(match, today)
            if days is None:
                continue
            start, end = match.span("date") if "date" in match.re.groupindex else match.span()
            first, last, weekday = days
            if first and wording[:start].endswith(("week of ", "week of the ")):
                last = first + (6 - first.weekday()) * DAY
            mentions.append(DateMention(start, end, first, last, weekday))
            wording = wording[:start] + "~" * (end - start) + wording[end:]
    return sorted(mentions, key=lambda mention: mention.start), wording


def joined(one: DateMention, other: DateMention, wording: str) -> DateMention | None:
    """Return what two neighbouring mentions say together; None when they contradict each other.

    Of days of which either would do the first is taken: its `end` is that of the first mention.
    """
    between = wording[one.end : other.start]
    if one.first is None or other.first is None:
        return None
    if is_range(one, other, wording):
        if re.search(word_of(phrases().words["moves"]), wording[: one.start]):
            return other
        first, last = one.first, other.last or other.first
        if one.weekday is not None and other.weekday is not None:
            length = (other.weekday - one.weekday) % 7 + 1
            days = tuple(sorted((one.weekday + day) % 7 for day in range(length)))
            return DateMention(one.start, other.end, min(one.first, other.first), None, None, days)
        if one.weekday is not None and other.weekday is None:
            # "Tuesday to Thursday next week": the Tuesday before that Thursday.
            first = max(first, last - (last.weekday() - one.weekday) % 7 * DAY)
        return DateMention(one.start, other.end, first, last)
    return refined(one, other, between) or _either(one, other, wording)


def is_range(one: DateMention, other: DateMention, wording: str) -> bool:
    """Tell whether two neighbouring mentions are the ends of one span: "Monday to Wednesday", "between ... and ..."."""
    between = wording[one.end : other.start]
    if _THROUGH.fullmatch(between):
        return True
    return re.fullmatch(r" and (?:the )?", between) is not None and bool(
        re.search(r"\bbetween (?:the )?$", wording[: one.start])
    )


def refined(one: DateMention, other: DateMention, between: str) -> DateMention | None:
    """Return the more precise of two mentions that agree ("Tuesday the 10th", "next week, maybe Thursday")."""
    start, end = one.start, other.end
    for vague, precise in (one, other), (other, one):
        if vague.weekday is None or precise.weekday is not None or precise.first is None or len(between) > 12:
            continue
        day, last = precise.first, precise.last or precise.first
        if (last - day).days > _A_WEEK:
            return DateMention(start, end, day, last, None, (vague.weekday,))
        while day <= last:
            if day.weekday() == vague.weekday:
                return DateMention(start, end, day)
            day += DAY
    for wide, narrow in (one, other), (other, one):
        if wide.first and narrow.first and wide.first <= narrow.first <= (wide.last or wide.first):
            return DateMention(start, end, narrow.first, narrow.last)
    return None


def _either(one: DateMention, other: DateMention, wording: str) -> DateMention | None:
    between = wording[one.end : other.start]
    if one.weekday is not None and other.weekday is None and re.fullmatch(r",? ?(?:the )?", between):
        return None
    parts = re.sub(
        rf"{word_of(phrases().parts_of_day)}|\bin the\b|\bat \d[\d:]*(?: ?[ap]m)?|\d[\d:]* ?[ap]m", " ", between
    )
    return one if _EITHER.fullmatch(re.sub(r"\s+", " ", parts)) else None
