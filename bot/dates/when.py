"""Read when a visitor wants to come."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

from bot.dates.date_mention import DateMention
from bot.dates.find_dates import find_dates, joined
from bot.dates.find_times import PartMention, TimeMention, find_parts, find_times
from bot.dates.phrases import phrases, word_of
from bot.dates.ruling_out import is_ruled_out, is_wish
from bot.dates.wish import When
from bot.dates.wording import plain

_OPENS = dt.time(7)

Phrase = TypeVar("Phrase", TimeMention, PartMention)


def read_when(text: str, now: dt.datetime, *, opens: dt.time = _OPENS) -> When:
    """Return the date, time and part of day that the text names, seen from `now`.

    What is past, ruled out ("not on Tuesday") or contradictory is left None: asking again is better than a wrong day.

    Args:
        text: what the visitor wrote.
        now: aware, in the practice's zone.
        opens: earliest time at which somebody could come; a bare hour before it is meant for the afternoon.
    """
    wording = plain(text)
    dates, rest = find_dates(wording, now.date())
    parts = find_parts(wording)
    times = find_times(rest, parts, opens)
    wishes = [mention for mention in dates if is_wish(wording, mention.start, mention.end)]
    date = _date(wishes, wording)
    # Of "Monday at 9 or Tuesday at 2" the first is taken, with its time.
    limit = next((mention.start for mention in wishes if date and mention.start >= date.end), len(wording))
    time = _time(_wished(times, wording, limit), wording)
    wanted = {mention.part for mention in _wished(parts, wording, limit)}
    return When(
        date=date.first if date else None,
        time=time.time if time else None,
        part_of_day=wanted.pop() if len(wanted) == 1 else None,
        last_date=date.last if date else None,
        until=time.until if time else None,
        bound=time.bound if time else None,
        not_weekdays=_ruled_out(dates, wording),
    )


def _wished(mentions: list[Phrase], wording: str, limit: int) -> list[Phrase]:
    wishes = [mention for mention in mentions if is_wish(wording, mention.start, mention.end)]
    return [mention for mention in wishes if mention.start < limit] or wishes


def _ruled_out(mentions: list[DateMention], wording: str) -> tuple[int, ...]:
    """Return the weekdays that are ruled out, without a day of the month beside them."""
    days = {
        mention.weekday
        for mention in mentions
        if mention.weekday is not None and is_ruled_out(wording, mention.start, mention.end)
    }
    return tuple(sorted(days))


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
