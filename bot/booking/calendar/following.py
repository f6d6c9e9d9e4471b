"""Let an appointment follow what the practice did to its event: the practice's calendar always wins."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from bot.booking.appointments import cancel_visit, change_visit
from bot.booking.calendar.busy_times import busy_rows
from bot.booking.calendar.own_event_times import Times
from bot.booking.changes import locked_row, store_move
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import EventRow
from bot.booking.storage.cells import give_up, occupy_what_is_free
from bot.booking.storage.records import appointment
from bot.booking.visits import Appointment, Party, Visit
from bot.errors import AppointmentClosedError, AppointmentNotFoundError, SlotTakenError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DoubleBooking:
    """A coming appointment whose time something else takes too.

    Attributes:
        other: reference of the other appointment; empty for an event of the practice's own.
        start: of what else takes the time, aware; `end` likewise.
    """

    appointment: Appointment
    other: str
    start: dt.datetime
    end: dt.datetime


def follow_move(reference: str, times: Times, clinician_id: str) -> str:
    """Move the appointment to where its event was moved; the visitor is told. Return why not, empty where it is done.

    Where another appointment has the time, both have it then, and staff see a double booking.
    """
    if times.start is None or times.end is None:
        return "no_time_of_day"
    if times.start <= timezone.now():
        return "moved_to_the_past"
    try:
        with transaction.atomic():
            was = appointment(locked_row(reference)).visit
            visit = replace(was, start=times.start, end=times.end, clinician_id=clinician_id)
            try:
                change_visit(reference, visit, by=Party.CALENDAR, now=timezone.now())
            except SlotTakenError:
                _double_book(reference, visit)
    except (AppointmentClosedError, AppointmentNotFoundError):
        return "closed"
    return ""


def follow_deletion(reference: str) -> None:
    """Cancel the appointment whose event was deleted; the visitor is told. One that is over stays as it is."""
    with transaction.atomic():
        row = AppointmentRow.objects.coming(timezone.now()).filter(reference=reference).first()
        if row is not None:
            cancel_visit(reference, by=Party.CALENDAR)


def double_bookings() -> tuple[DoubleBooking, ...]:
    """Return coming appointments that overlap each other or an event of the practice's own, soonest first."""
    rows = AppointmentRow.objects.coming(timezone.now()).order_by("start", "id")
    found = []
    latest: dict[str, AppointmentRow] = {}
    for row in rows:
        before = latest.get(row.clinician_id)
        if before is not None and before.end > row.start:
            found.append(DoubleBooking(appointment(row), before.reference, before.start, before.end))
        if before is None or row.end > before.end:
            latest[row.clinician_id] = row
        busy = busy_rows().filter(clinician_id=row.clinician_id, start__lt=row.end, end__gt=row.start)
        found += [DoubleBooking(appointment(row), "", one.start, one.end) for one in busy[:1]]
    return tuple(found)


def events_out_of_step() -> tuple[tuple[str, str], ...]:
    """Return reference and reason of coming appointments whose event says something that cannot be followed."""
    coming = AppointmentRow.objects.coming(timezone.now()).values("reference")
    rows = EventRow.objects.exclude(failure="").filter(due_at__isnull=True, reference__in=coming)
    return tuple(rows.order_by("reference").values_list("reference", "failure"))


def _double_book(reference: str, visit: Visit) -> None:
    """Give the appointment a time that others have too."""
    row = locked_row(reference)
    give_up(row)
    occupy_what_is_free(row, visit)
    store_move(row, visit, Party.CALENDAR, timezone.now())
    _log.warning("double booking: %s was moved in the calendar onto another appointment", row.reference)
