"""When clinicians are busy according to the practice's own calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.booking.outbox_models import BusyRow
from bot.settings import settings


@dataclass(frozen=True, slots=True)
class Busy:
    """A time that the practice's calendar takes; `start` and `end` aware, in UTC."""

    clinician_id: str
    start: dt.datetime
    end: dt.datetime


def busy_between(start: dt.datetime, end: dt.datetime) -> tuple[Busy, ...]:
    """Return the busy times that overlap `start` to `end` (aware), by start; none where no calendar is configured."""
    if settings().calendar is None:
        return ()
    rows = BusyRow.objects.filter(start__lt=end, end__gt=start).order_by("start", "id")
    return tuple(Busy(*row) for row in rows.values_list("clinician_id", "start", "end"))
