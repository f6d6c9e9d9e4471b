"""Read one time that somebody wants to come at, and what is ruled out, from a message in its plain form."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

from bot.dates.date_mention import DAY, DateMention, monday_of
from bot.dates.find_dates import find_dates, joined
from bot.dates.find_times import PartMention, TimeMention, find_parts, find_times
from bot.dates.phrases import phrases, word_of
from bot.dates.ruling_out import is_ruled_out, is_wish
from bot.dates.wish import When

Phrase = TypeVar("Phrase", TimeMention, PartMention)
# "After Christmas" is open; so far nobody is booked.
_OPEN_END = dt.timedelta(days=365)
_EDGES = {"last_of_day": "last", "first_of_day": "first", "late_in_day": "late", "early_in_day": "early"}


def read_wording(wording: str, today: dt.date, opens: dt.time) -> When:
    """Return what the wording says; of several times the first. Arguments as for `read_when`."""
    dates, rest = find_dates(wording, today)
    parts = find_parts(wording)
    times = find_times(rest, parts, opens)
    wishes = [mention for mention in dates if is_wish(wording, mention.start, mention.end)]
    date = _date(wishes, wording)
    # Of "Monday at 9 or Tuesday at 2" the first is taken, with its time.
    limit = next((mention.start for mention in wishes if date and mention.start >= date.end), len(wording))
    time = _time(_wished(times, wording, limit), wording)
    wanted = {mention.part for mention in _wished(parts, wording, limit)}
    ruled_out = [mention for mention in dates if is_ruled_out(wording, mention.start, mention.end)]
    first, last = _open_ended(date, wording, today) if date else _week_without(ruled_out, wording, today)
    return When(
        date=first,
        time=time.time if time else None,
        part_of_day=wanted.pop() if len(wanted) == 1 else None,
        last_date=last,
        until=time.until if time else None,
        bound=time.bound if time else None,
        not_weekdays=tuple(sorted({one.weekday for one in ruled_out if one.weekday is not None})),
        not_dates=tuple((one.first, one.last or one.first) for one in ruled_out if one.first and one.weekday is None),
        not_parts=tuple(sorted({one.part for one in parts if is_ruled_out(wording, one.start, one.end)} - wanted)),
        edge=_edge(wording),
    )


def _open_ended(date: DateMention, wording: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return first and last day, where a word before the day says that it is a limit."""
    words, before = phrases().words, wording[: date.start].removesuffix("the ")
    first, last = date.first, date.last
    if first is None:
        return first, last

    def follows(name: str) -> bool:
        return re.search(rf"{word_of(words[name])} $", before) is not None

    if follows("from_day"):
        return first, first + _OPEN_END
    if follows("after_day"):
        return (last or first) + DAY, first + _OPEN_END
    if follows("before_day") and first > today:
        return today, first - DAY
    return first, last


def _week_without(ruled_out: list[DateMention], wording: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the week of which one day does not suit: "any day but Friday next week"."""
    for mention in ruled_out:
        source, before = wording[mention.start : mention.end], wording[: mention.start].removesuffix("the ")
        is_in_week = re.search(r"\bweek\b", source) and re.search(r"[a-z]day", source)
        if mention.first and is_in_week and re.search(rf"{word_of(phrases().words['any_but'])} $", before):
            monday = monday_of(mention.first)
            return max(monday, today), monday + 6 * DAY
    return None, None


def _edge(wording: str) -> str | None:
    found: dict[int, str] = {}
    for name, edge in _EDGES.items():
        for match in re.finditer(word_of(phrases().words[name]), wording):
            if is_wish(wording, *match.span()):
                found.setdefault(match.start(), edge)
    return found[min(found)] if found else None


def _wished(mentions: list[Phrase], wording: str, limit: int) -> list[Phrase]:
    wishes = [mention for mention in mentions if is_wish(wording, mention.start, mention.end)]
    return [mention for mention in wishes if mention.start < limit] or wishes


def _date(mentions: list[DateMention], wording: str) -> DateMention | None:
    chosen: DateMention | None = None
    for mention in mentions:
        if chosen is None or _corrected(wording[chosen.end : mention.start]):
            chosen = mention
        elif (chosen := joined(chosen, mention, wording)) is None:
            return None
    return chosen if chosen and chosen.first else None


def _time(mentions: list[TimeMention], wording: str) -> TimeMention | None:
    chosen: TimeMention | None = None
    for mention in mentions:
        between = wording[chosen.end : mention.start] if chosen else ""
        if chosen is None or _corrected(between):
            chosen = mention
        elif mention.time != chosen.time and not re.search(r"\b(?:or|and)\b|^ ?[,/] ?$", between):
            return None
    return chosen


def _corrected(between: str) -> bool:
    return re.search(word_of(phrases().words["corrections"]), between) is not None
