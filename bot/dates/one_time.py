"""Read one time that somebody wants to come at, and what is ruled out, from a message in its plain form."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

from bot.dates.date_mention import DAY, DateMention, monday_of
from bot.dates.find_dates import find_dates, joined
from bot.dates.find_times import PartMention, TimeMention, find_parts, find_times
from bot.dates.phrases import phrases, word_of
from bot.dates.ruled_out import read_ruled_out
from bot.dates.ruling_out import is_ruled_out, is_wish
from bot.dates.wish import When

Phrase = TypeVar("Phrase", TimeMention, PartMention)
# "After Christmas" is open; so far nobody is booked.
_OPEN_END = dt.timedelta(days=365)
_KINDS_OF_DAY = {"weekday_words": range(5), "weekend_words": (5, 6)}
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
    out = read_ruled_out(wording, dates, parts, times)
    first, last = _open_ended(date, wording, today) if date else _week_without(out.mentions, wording, today)
    days = _only_days(date, wording)
    is_of_any_week = date is not None and bool(date.weekdays) and date.last is None
    return When(
        date=None if is_of_any_week else first,
        time=time.time if time else None,
        part_of_day=next(iter(wanted)) if len(wanted) == 1 else None,
        last_date=None if is_of_any_week else last,
        until=time.until if time else None,
        bound=time.bound if time else None,
        not_weekdays=tuple(sorted({*out.when.not_weekdays, *(set(range(7)) - days if days else ())})),
        not_dates=out.when.not_dates,
        not_parts=tuple(sorted(set(out.when.not_parts) - wanted)),
        edge=_edge(wording),
        excluded=out.when.excluded,
    )


def _only_days(date: DateMention | None, wording: str) -> set[int]:
    """Return the weekdays of any week to which the wording keeps; empty for all."""
    if date is not None and date.weekdays:
        return set(date.weekdays)
    found: set[int] = set()
    for name, days in _KINDS_OF_DAY.items():
        for match in re.finditer(word_of(phrases().words[name]), wording):
            before = wording[: match.start()]
            is_named = before.endswith(("this ", "next ", "the ", "coming ")) and name == "weekend_words"
            if is_wish(wording, *match.span()) and not is_named:
                found |= set(days)
            elif is_ruled_out(wording, *match.span()):
                found |= set(range(7)) - set(days)
    return found if len(found) < 7 else set()


def _open_ended(date: DateMention, wording: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return first and last day, where a word before the day says that it is a limit."""
    words, before = phrases().words, wording[: date.start].removesuffix("the ")
    first, last = date.first, date.last
    if first is None:
        return first, last

    def follows(name: str) -> bool:
        return re.search(rf"{word_of(words[name])} $", before) is not None

    if follows("week_before"):
        return max(first - 7 * DAY, today), first - DAY
    if follows("week_after"):
        return (last or first) + DAY, (last or first) + 7 * DAY
    onwards = re.match(rf" ?{word_of(words['onwards'])}", wording[date.end :]) is not None
    if follows("from_day") or (last is None and (onwards or follows("from_one_day"))):
        return first, first + _OPEN_END
    if follows("after_day"):
        return (last or first) + DAY, first + _OPEN_END
    if follows("until_day"):
        return today, last or first
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
        if chosen is None or _corrected(wording[chosen.end : mention.start]) or _within_limit(chosen, mention, wording):
            chosen = mention
        elif (chosen := joined(chosen, mention, wording)) is None:
            return None
    return chosen if chosen and chosen.first else None


def _within_limit(limit: DateMention, mention: DateMention, wording: str) -> bool:
    """Return whether a day follows in a new sentence, and within the limit: "before the 18th. Wednesday the 9th?"."""
    before, between = wording[: limit.start].removesuffix("the "), wording[limit.end : mention.start]
    if limit.first is None or mention.first is None or not re.search(r"[.?!,;]\s", between):
        return False
    ends = any(re.search(rf"{word_of(phrases().words[name])} $", before) for name in ("before_day", "until_day"))
    return ends and mention.first <= limit.first


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
