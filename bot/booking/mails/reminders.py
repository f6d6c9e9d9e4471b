"""Remind visitors on the day before their visit, in daytime, once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from bot.booking.announcements import Change, announce
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import MailRow
from bot.booking.storage.records import appointment
from bot.booking.visits import BOOKED_STATES, Appointment

_DAY_STARTS, _DAY_ENDS = dt.time(9), dt.time(20)
# Later than this before the visit a reminder only disturbs.
_LATEST = dt.timedelta(hours=2)
_LOOK_AHEAD = dt.timedelta(hours=40)


def owe_reminders(now: dt.datetime) -> int:
    """Store the reminders that are due now (aware); return how many. Safe in several processes at once."""
    coming = AppointmentRow.objects.filter(
        state__in=BOOKED_STATES, start__gt=now + _LATEST, start__lt=now + _LOOK_AHEAD
    ).exclude(email_index="")
    # Looked at without a lock first: nearly none is due.
    return sum(_remind(row.pk, now) for row in coming if _is_due(appointment(row), now))


def reminder_time(start: dt.datetime) -> dt.datetime:
    """Return when the reminder of a visit is due: the same time on the day before, but in daytime, aware."""
    before = dt.datetime.combine(start.date() - dt.timedelta(days=1), start.time(), start.tzinfo)
    if before.time() < _DAY_STARTS:
        return before.replace(hour=_DAY_STARTS.hour, minute=0)
    if before.time() > _DAY_ENDS:
        return before.replace(hour=_DAY_ENDS.hour, minute=0) - dt.timedelta(minutes=1)
    return before


def _remind(key: int, now: dt.datetime) -> bool:
    with transaction.atomic():
        row = AppointmentRow.objects.select_for_update().filter(pk=key, state__in=BOOKED_STATES).first()
        if row is None or not _is_due(appointment(row), now):
            return False
        announce(appointment(row), Change.REMINDED)
    return True


def _is_due(visit: Appointment, now: dt.datetime) -> bool:
    start = visit.visit.start
    local = now.astimezone(start.tzinfo)
    due = reminder_time(start)
    if local < due or not _DAY_STARTS <= local.time() < _DAY_ENDS:
        return False
    mails = MailRow.objects.filter(reference=visit.reference, for_practice=False)
    if mails.filter(change=Change.REMINDED, start=start).exists():
        return False
    told = mails.exclude(change=Change.REMINDED).order_by("-pk").values_list("created_at", flat=True).first()
    return (told or visit.created_at) < start - dt.timedelta(days=1)
