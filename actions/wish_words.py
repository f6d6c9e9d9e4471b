"""Says what was understood of a wish for a visit."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from actions import wiring
from actions.wiring import phrase
from bot.booking.visits import When, Wish

_OPEN_END = dt.timedelta(days=100)
"""Spans longer than this were named by their beginning alone."""

_MOST_RULED_OUT = 2
"""Weekdays that are named as ruled out; of more the others are named."""

# Any Monday, for the names of weekdays.
_MONDAY = dt.date(2024, 1, 1)
_EDGES = {
    "first": "utter_part_wish_first",
    "last": "utter_part_wish_last",
    "early": "utter_part_wish_early",
    "late": "utter_part_wish_late",
}
_PARTS = {
    "morning": "utter_part_wish_morning",
    "afternoon": "utter_part_wish_afternoon",
    "evening": "utter_part_wish_evening",
}


def wish_words(wish: Wish) -> str:
    """Return the wish in words, as the beginning of a sentence; empty where it names no day, time or person."""
    options = [_option(one) for one in wish.when.options]
    told = [phrase("utter_part_wish_or").join(dict.fromkeys(words for words in options if words))]
    if wish.weekdays:
        told.insert(0, _named_weekdays(wish.weekdays))
    said = phrase("utter_part_wish_and").join(
        words for words in (*told, *_ruled_out(wish.when), *_persons(wish)) if words
    )
    return said[:1].upper() + said[1:]


def day_words(day: dt.date) -> str:
    """Return a day as it is shown."""
    return f"{day:%A, %B} {day.day}"


def _option(when: When) -> str:
    parts = (_days(when), _time(when), phrase(_PARTS[when.part_of_day]) if when.part_of_day in _PARTS else "")
    edge = phrase(_EDGES[when.edge]) if when.edge in _EDGES else ""
    return " ".join(part for part in (*parts, edge) if part)


def _days(when: When) -> str:
    kept = tuple(day for day in range(7) if day not in when.not_weekdays)
    only = _named_weekdays(kept) if len(when.not_weekdays) > _MOST_RULED_OUT or set(when.not_weekdays) == {5, 6} else ""
    if when.date is None:
        return only
    span = _span(when.date, when.last_date)
    return phrase("utter_part_wish_days_of", weekdays=only, span=span) if only else span


def _span(first: dt.date, last: dt.date | None) -> str:
    if last is None or last == first:
        return day_words(first)
    if last - first > _OPEN_END:
        return phrase("utter_part_wish_from", day=day_words(first))
    if first == wiring.now().date():
        return phrase("utter_part_wish_until", day=day_words(last))
    return phrase("utter_part_wish_span", first=day_words(first), last=day_words(last))


def _time(when: When) -> str:
    if when.time is None:
        return ""
    time = _clock(when.time)
    if when.until is not None:
        return phrase("utter_part_wish_between", first=time, last=_clock(when.until))
    bounds = {"after": "utter_part_wish_after", "before": "utter_part_wish_before"}
    return phrase(bounds.get(when.bound or "", "utter_part_wish_at"), time=time)


def _ruled_out(when: When) -> list[str]:
    alone = when.options[0]
    out = (
        []
        if set(alone.not_weekdays) == {5, 6}
        else [phrase("utter_part_wish_weekday", weekday=_weekday(day)) for day in alone.not_weekdays]
    )
    out = [] if len(out) > _MOST_RULED_OUT else out
    out += [_span(first, last) for first, last in alone.not_dates]
    out += [phrase(_PARTS[part]) for part in alone.not_parts if part in _PARTS]
    out += [_option(one) for one in alone.excluded]
    return [phrase("utter_part_wish_not", what=what) for what in out if what]


def _persons(wish: Wish) -> list[str]:
    names = {who.id: who.name for who in wiring.practice().clinicians}
    kinds = {"woman": "utter_part_wish_woman", "man": "utter_part_wish_man"}
    return [
        *([phrase("utter_part_wish_with", name=names[wish.clinician_id])] if wish.clinician_id in names else []),
        *(
            [phrase("utter_part_wish_not_with", name=names[wish.not_clinician_id])]
            if wish.not_clinician_id in names
            else []
        ),
        *([phrase(kinds[wish.gender])] if wish.gender in kinds else []),
        *([phrase("utter_part_wish_speaks", language=wish.language)] if wish.language else []),
    ]


def _named_weekdays(days: tuple[int, ...]) -> str:
    if days == tuple(range(5)):
        return phrase("utter_part_wish_working_days")
    if days == (5, 6):
        return phrase("utter_part_wish_weekend_days")
    names = [phrase("utter_part_wish_weekday", weekday=_weekday(day)) for day in days]
    if len(days) > 2 and all(later - earlier == 1 for earlier, later in pairwise(days)):
        return phrase("utter_part_wish_span", first=names[0], last=names[-1])
    return phrase("utter_part_wish_or").join(names)


def _weekday(day: int) -> str:
    return f"{_MONDAY + dt.timedelta(days=day):%A}"


def _clock(time: dt.time) -> str:
    return f"{time:%I:%M %p}".lstrip("0").replace(":00", "")
