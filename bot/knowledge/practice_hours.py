"""Hours, breaks and time off in the practice file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from bot.knowledge.fields import Record
from bot.knowledge.practice_types import Span, TimeOff

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_LONGEST_DAYS = 366
_SHAPES = (
    "Write it as 2026-11-26 without quotes, or as fields: 'date' with 'name' or 'hours', or 'first' and 'last' "
    "with or without 'name'."
)


def read_hours(record: Record) -> Mapping[int, tuple[Span, ...]]:
    """Take `hours` and `breaks`, and return the weekly hours without the breaks."""
    hours = _by_weekday(record, "hours", required=True)
    if not hours:
        raise record.error("hours", "is empty. Give at least one weekday.")
    for day, breaks in _by_weekday(record, "breaks", required=False).items():
        for pause in breaks:
            if not any(opens <= pause[0] and pause[1] <= closes for opens, closes in hours.get(day, ())):
                raise record.error(
                    f"breaks.{WEEKDAYS[day]}", "lies outside the hours of that day. Correct one of them."
                )
        hours[day] = without(hours[day], breaks)
    return hours


def without(spans: Iterable[Span], out: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans with others taken out, in order."""
    left = list(spans)
    for start, end in out:
        pieces = ((opens, min(closes, start)) for opens, closes in left)
        rests = ((max(opens, end), closes) for opens, closes in left)
        left = sorted({(opens, closes) for opens, closes in (*pieces, *rests) if opens < closes})
    return tuple(left)


def read_time_off(record: Record, field: str) -> TimeOff:
    """Take a list of days: a date each, or a mapping with `date` and `hours`, or with `first` and `last`."""
    days: set[dt.date] = set()
    hours: dict[dt.date, tuple[Span, ...]] = {}
    names: dict[dt.date, str] = {}
    for value in record.items(field):
        dates, span, name = _entry(record, field, value)
        names.update(dict.fromkeys(dates, name) if name else {})
        if span is None:
            days.update(dates)
        else:
            hours[dates[0]] = (*hours.get(dates[0], ()), span)
    return TimeOff(frozenset(days), hours, names)


def _entry(record: Record, field: str, value: Any) -> tuple[list[dt.date], Span | None, str]:
    if not isinstance(value, dict):
        return [_date(record, field, value)], None, ""
    entry = Record(record.path, value, ", ".join(part for part in (record.where, field) if part))
    name = entry.text("name", empty=True)
    if "date" in value:
        date, hours = _date(record, field, entry.take("date")), entry.take("hours", required=False)
        entry.end()
        return [date], None if hours is None else _span(record, f"{field}.hours", hours), name
    first, last = (_date(record, field, entry.take(end)) for end in ("first", "last"))
    entry.end()
    if not 0 <= (last - first).days < _LONGEST_DAYS:
        raise record.error(field, f"{first} to {last} is not a range of days. Put the first before the last.")
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)], None, name


def _date(record: Record, field: str, value: Any) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise record.error(field, f"{value!r} is not a date. {_SHAPES}")
    return value


def _by_weekday(record: Record, field: str, *, required: bool) -> dict[int, tuple[Span, ...]]:
    hours = {}
    for day, spans in record.mapping(field, required=required).items():
        if day not in WEEKDAYS:
            raise record.error(f"{field}.{day}", f"is not a weekday. Use one of: {', '.join(WEEKDAYS)}.")
        hours[WEEKDAYS.index(day)] = _spans(record, f"{field}.{day}", spans)
    return hours


def _spans(record: Record, field: str, values: Any) -> tuple[Span, ...]:
    if not isinstance(values, list):
        raise record.error(field, "must be a list, for example ['09:00-12:30', '13:30-17:00'].")
    spans = tuple(_span(record, field, value) for value in values)
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise record.error(
                field, "has spans that overlap or are out of order. Write them in order, without overlap."
            )
    return spans


def _span(record: Record, field: str, value: Any) -> Span:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise record.error(field, f"{value!r} is not a span. Write it as '09:00-12:30', in quotes.")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    start, end = dt.time(first_hour, first_minute), dt.time(last_hour, last_minute)
    if start >= end:
        raise record.error(field, f"{value!r} ends before it starts. Swap the two times.")
    return start, end
