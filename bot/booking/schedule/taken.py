"""What is not free any more: booked, held by others, or busy in the practice's calendar."""

from __future__ import annotations

import datetime as dt
import math

from django.db.models import Q

from bot.booking.calendar.busy_times import busy_between
from bot.booking.models import AppointmentRow
from bot.booking.schedule.epoch import Epoch
from bot.booking.schedule.openings import Taken
from bot.booking.visits import BOOKED_STATES, AppointmentState
from bot.knowledge.model import Practice

# No visit and its pause last longer (the practice file allows 8 hours and 2).
_LONGEST = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)


class TakenByWeek:
    """What is taken, read from the database a week at a time and kept, so that nobody reads further than needed."""

    def __init__(self, practice: Practice, now: dt.datetime, conversation_id: str = "", moving: str = "") -> None:
        """Take what is left out: the holds of the conversation, and the appointment with the reference `moving`."""
        self._zone = practice.time_zone
        held = Q(state=AppointmentState.HELD, held_until__gt=now)
        if conversation_id:
            held &= ~Q(conversation_id=conversation_id) | Q(offered_to__isnull=False)
        rows = AppointmentRow.objects.filter(Q(state__in=BOOKED_STATES) | held)
        self._rows = rows.exclude(reference=moving) if moving else rows
        self._weeks: dict[dt.date, tuple[Taken, ...]] = {}

    def __call__(self, monday: dt.date) -> tuple[Taken, ...]:
        """Return what is taken in the local week that starts on that day, and what reaches into it."""
        if monday not in self._weeks:
            start = dt.datetime.combine(monday, dt.time(), self._zone).astimezone(dt.UTC)
            self._weeks[monday] = self._read(start - _LONGEST, start + _WEEK + _LONGEST)
        return self._weeks[monday]

    def _read(self, first: dt.datetime, last: dt.datetime) -> tuple[Taken, ...]:
        rows = self._rows.filter(start__gt=first, start__lt=last)
        columns = rows.values_list("clinician_id", Epoch("start"), Epoch("end"), "buffer_minutes")
        busy = busy_between(first, last)
        return (
            *(Taken(who, start, end + pause * 60) for who, start, end, pause in columns),
            *(Taken(one.clinician_id, int(one.start.timestamp()), math.ceil(one.end.timestamp())) for one in busy),
        )
