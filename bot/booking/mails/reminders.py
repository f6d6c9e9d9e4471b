"""Remind visitors a week and a day before their visit, in daytime, once each."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from bot.booking.announcements import REMINDERS, Change, announce
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import MailRow
from bot.booking.storage.records import appointment
from bot.booking.visits import BOOKED_STATES, Appointment

_DAY_STARTS, _DAY_ENDS = dt.time(9), dt.time(20)
# Later than this before the visit a reminder only disturbs.
_LATEST = dt.timedelta(hours=2)
_LOOK_AHEAD = dt.timedelta(days=7, hours=16)
_DAYS_BEFORE = {Change.REMINDED_WEEK: 7, Change.REMINDED: 1}
# A reminder a week before that comes later than this would only precede the other one.
_WEEK_ENDS = dt.timedelta(days=5)


def owe_reminders(now: dt.datetime) -> int:
    """Store the reminders that are due now (aware); return how many. Safe in several processes at once."""
    coming = AppointmentRow.objects.filter(
        state__in=BOOKED_STATES, start__gt=now + _LATEST, start__lt=now + _LOOK_AHEAD
    ).exclude(email_index="")
    # Looked at without a lock first: nearly none is due.
    due = [(row.pk, change) for row in coming for change in _DAYS_BEFORE if _is_due(appointment(row), change, now)]
    return sum(_remind(key, change, now) for key, change in due)


def reminder_time(start: dt.datetime, days: int = 1) -> dt.datetime:
    """Return when a reminder is due: the same time so many days before the visit, but in daytime, aware."""
    before = dt.datetime.combine(start.date() - dt.timedelta(days=days), start.time(), start.tzinfo)
    if before.time() < _DAY_STARTS:
        return before.replace(hour=_DAY_STARTS.hour, minute=0)
    if before.time() > _DAY_ENDS:
        return before.replace(hour=_DAY_ENDS.hour, minute=0) - dt.timedelta(minutes=1)
    return before


def _remind(key: int, change: Change, now: dt.datetime) -> bool:
    with transaction.atomic():
        row = AppointmentRow.objects.select_for_update().filter(pk=key, state__in=BOOKED_STATES).first()
        if row is None or not _is_due(appointment(row), change, now):
            return False
        announce(appointment(row), change)
    return True


def _is_due(visit: Appointment, change: Change, now: dt.datetime) -> bool:
    start, days = visit.visit.start, _DAYS_BEFORE[change]
    local = now.astimezone(start.tzinfo)
    if local < reminder_time(start, days) or not _DAY_STARTS <= local.time() < _DAY_ENDS:
        return False
    if change is Change.REMINDED_WEEK and local > start - _WEEK_ENDS:
        return False
    mails = MailRow.objects.filter(reference=visit.reference, for_practice=False)
    if mails.filter(change=change, start=start).exists():
        return False
    told = mails.exclude(change__in=REMINDERS).order_by("-pk").values_list("created_at", flat=True).first()
    # Who was told the day before the reminder knows.
    pause = dt.timedelta(days=days + 1 if days > 1 else days)
    return (told or visit.created_at) < start - pause
