"""When clinicians are busy according to the practice's own calendars, and which events staff should look at."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from bot.booking.calendar.event_times import EventTimes
from bot.booking.outbox_models import BusyRow, EventProblemRow
from bot.settings import settings

# Titles are there to find the event again.
_TITLE_LETTERS = 80


@dataclass(frozen=True, slots=True)
class Busy:
    """A time that the practice's calendar takes; `start` and `end` aware, in UTC."""

    clinician_id: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class EventProblem:
    """An event of the practice's own that staff should look at.

    Attributes:
        title: as it stands in the calendar; may be empty.
        day: the next day that it is about; None where no day can be read.
        code: one word such as `time_unreadable`.
    """

    title: str
    day: dt.date | None
    code: str


def busy_between(start: dt.datetime, end: dt.datetime) -> tuple[Busy, ...]:
    """Return the busy times that overlap `start` to `end` (aware), by start; none where no calendar is configured."""
    if not calendars_in_use():
        return ()
    rows = busy_rows().filter(start__lt=end, end__gt=start).order_by("start", "id")
    return tuple(Busy(*row) for row in rows.values_list("clinician_id", "start", "end"))


def event_problems() -> tuple[EventProblem, ...]:
    """Return the events that staff should look at, soonest first, those without a day before all."""
    rows = EventProblemRow.objects.filter(calendar__in=calendars_in_use())
    found = {EventProblem(row.title, row.day, row.code) for row in rows}
    return tuple(sorted(found, key=lambda one: (one.day is not None, one.day or dt.date.min, one.code, one.title)))


def busy_rows() -> QuerySet[BusyRow]:
    """Return the stored busy times of the calendars that are configured now."""
    return BusyRow.objects.filter(calendar__in=calendars_in_use())


def calendars_in_use() -> list[str]:
    """Return the addresses of the calendars and the keys of the feeds that are configured."""
    here = settings()
    addresses = list(here.calendar.addresses.values()) if here.calendar else []
    return addresses + [feed_key(*feed) for feed in (here.busy_feeds.feeds if here.busy_feeds else ())]


def feed_key(clinician_id: str, address: str) -> str:
    """Return what tells a feed apart in the database and on pages: its address is a secret, its host is not."""
    digest = hashlib.sha256(f"{clinician_id} {address}".encode()).hexdigest()
    return f"{urlsplit(address).hostname} {digest[:12]}"


def replace_busy_times(
    calendar: str,
    events: Iterable[tuple[str, EventTimes]],
    clinicians: Sequence[str],
    hrefs: Sequence[str] | None = None,
) -> None:
    """Store what events take in place of what was known; an event of which nothing can be read keeps what it took.

    Args:
        calendar: address of the calendar, or key of the feed.
        events: path, or another mark of the event, and its times; several may have one mark.
        clinicians: ids of those whose time it is.
        hrefs: marks of what changed; None replaces everything.
    """
    found = list(events)
    lost = {href for href, times in found if times.is_lost}
    busy = [
        BusyRow(calendar=calendar, href=href, clinician_id=clinician, start=start, end=end)
        for href, times in found
        for start, end in times.spans
        for clinician in clinicians
    ]
    problems = [
        EventProblemRow(calendar=calendar, href=href, title=times.title[:_TITLE_LETTERS], day=one.day, code=one.code)
        for href, times in found
        for one in times.problems
    ]
    of: Mapping[str, object] = {"calendar": calendar} if hrefs is None else {"calendar": calendar, "href__in": hrefs}
    with transaction.atomic():
        BusyRow.objects.filter(**of).exclude(href__in=lost).delete()
        EventProblemRow.objects.filter(**of).delete()
        BusyRow.objects.bulk_create(busy, batch_size=500)
        EventProblemRow.objects.bulk_create(problems, batch_size=500)
