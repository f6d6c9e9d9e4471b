"""Read several times of which each would do: "Saturday morning or after 5", "Monday the 14th or Tuesday the 15th"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from bot.dates.date_mention import DateMention
from bot.dates.find_dates import find_dates, is_range, refined
from bot.dates.find_times import PartMention, TimeMention, find_parts, find_times
from bot.dates.one_time import read_wording
from bot.dates.phrases import phrases, word_of
from bot.dates.ruling_out import is_wish
from bot.dates.wish import When

Mention = DateMention | PartMention | TimeMention


def read_options(wording: str, today: dt.date, opens: dt.time) -> tuple[When, ...]:
    """Return each time that would do, in order; one or none where the wording names no alternatives."""
    ends = _places(wording, today, opens)
    if not ends or re.search(word_of(phrases().words["moves"]), wording):
        return ()
    pieces = [wording[start:end] for start, end in zip((0, *ends), (*ends, len(wording)), strict=True)]
    read = [_named_only(read_wording(piece, today, opens)) for piece in pieces]
    options = [one for one in read if one != When()]
    if any(one.date is None and one.time is None and one.part_of_day is None for one in options):
        return ()
    options = _repeated(options, pieces) if len(options) == len(pieces) else options
    return tuple(dict.fromkeys(_with_the_same_time(_with_the_same_day(options))))


def _repeated(options: list[When], pieces: list[str]) -> list[When]:
    """Give "Friday at the same time" the time of the alternative before it."""
    for place in range(1, len(options)):
        if not _has_time(options[place]) and re.search(word_of(phrases().words["same_time"]), pieces[place]):
            options[place] = _timed(options[place], options[place - 1])
    return options


def _named_only(when: When) -> When:
    """Return the time without what is ruled out, which holds for all alternatives."""
    return replace(when, not_weekdays=(), not_dates=(), not_parts=(), excluded=())


def _places(wording: str, today: dt.date, opens: dt.time) -> list[int]:
    """Return where in the wording a new alternative begins."""
    dates, rest = find_dates(wording, today)
    parts = find_parts(rest)
    found: list[Mention] = [*dates, *parts, *find_times(rest, [], opens)]
    found = sorted((one for one in found if is_wish(wording, one.start, one.end)), key=lambda one: (one.start, one.end))
    places, kinds = [], set[type]()
    for one, other in pairwise(found):
        between = wording[one.end : other.start] if one.end <= other.start else ""
        kinds.add(type(one))
        is_new = re.search(r"\b(?:or|and)\b|[,/;&]", between) is not None and type(other) in kinds
        if isinstance(one, DateMention) and isinstance(other, DateMention):
            is_new = is_new and refined(one, other, between) is None and not is_range(one, other, wording)
        if re.search(word_of(phrases().words["corrections"]), between) or re.search(r"[.!?] ", between):
            is_new = False
        if is_new or re.search(r"\bor\b", between):
            joint = re.search(r"\b(?:or|and)\b|[,/;&]", between)
            places.append(one.end + (joint.start() if joint else len(between)))
            kinds = set()
    return places


def _with_the_same_day(options: list[When]) -> list[When]:
    """Give a time without a day that of the one before: "Monday at 9 or 10"."""
    for place in range(1, len(options)):
        before, here = options[place - 1], options[place]
        # After "Saturday morning" a limit such as "after 5" is about other days.
        is_apart = here.bound is not None and before.bound is None and before.date is not None
        if here.date is None and before.date is not None and not is_apart:
            options[place] = replace(here, date=before.date, last_date=before.last_date)
    return options


def _with_the_same_time(options: list[When]) -> list[When]:
    """Give days without a time that of the last ("Monday or Tuesday after 1"), else a limit of the first."""
    first, last = options[0], options[-1]
    if not all(one.date for one in options):
        return options
    if _has_time(last) and not any(_has_time(one) for one in options[:-1]):
        return [_timed(one, last) for one in options]
    if _has_time(first) and not any(_has_time(one) for one in options[1:]) and (first.time is None or first.bound):
        return [_timed(one, first) for one in options]
    return options


def _has_time(one: When) -> bool:
    return one.time is not None or one.part_of_day is not None or one.edge is not None


def _timed(one: When, like: When) -> When:
    return replace(
        one, time=like.time, until=like.until, bound=like.bound, part_of_day=like.part_of_day, edge=like.edge
    )
