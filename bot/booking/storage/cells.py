"""The cells of the time grid that live appointments occupy; the database lets each be occupied once."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.storage.locking import locked_keys
from bot.booking.visits import AppointmentState, Visit

# Finer than any slot step, so that a practice can change its step and old appointments still block their time.
CELL = dt.timedelta(minutes=5)


def make_room(visit: Visit, now: dt.datetime) -> None:
    """Expire the holds that have ended and still occupy some of the visit's time: no job has to run for that."""
    occupied = AppointmentCell.objects.filter(clinician_id=visit.clinician_id, start__in=cells_of(visit))
    ended = AppointmentRow.objects.filter(
        pk__in=occupied.values("appointment"), state=AppointmentState.HELD, held_until__lte=now
    )
    if keys := locked_keys(ended):
        AppointmentRow.objects.filter(pk__in=keys).update(state=AppointmentState.EXPIRED)
        AppointmentCell.objects.filter(appointment__in=keys).delete()


def occupy(row: AppointmentRow, visit: Visit) -> None:
    """Take the time of the visit and its pause for the appointment.

    Raises:
        IntegrityError: a live appointment occupies some of it.
    """
    AppointmentCell.objects.bulk_create(_new_cells(row, visit))


def occupy_what_is_free(row: AppointmentRow, visit: Visit) -> None:
    """Take of the time of the visit and its pause what no other live appointment occupies."""
    AppointmentCell.objects.bulk_create(_new_cells(row, visit), ignore_conflicts=True)


def give_up(row: AppointmentRow) -> None:
    """Free the time that the appointment occupies."""
    AppointmentCell.objects.filter(appointment=row).delete()


def is_occupied(visit: Visit, now: dt.datetime, conversation_id: str = "", moving: str = "") -> bool:
    """Tell whether somebody has any part of the visit and its pause.

    Holds that have ended do not count, nor those of the conversation, nor the appointment with the reference `moving`.
    It spares who is too late the attempt; whether two can have the same, the database alone decides.
    """
    cells = AppointmentCell.objects.filter(clinician_id=visit.clinician_id, start__in=cells_of(visit))
    held = Q(appointment__state=AppointmentState.HELD)
    harmless = held & Q(appointment__held_until__lte=now)
    if conversation_id:
        harmless |= held & Q(appointment__conversation_id=conversation_id, appointment__offered_to=None)
    if moving:
        harmless |= Q(appointment__reference=moving)
    return cells.exclude(harmless).exists()


def cells_of(visit: Visit) -> list[dt.datetime]:
    """Return the starts of the cells of the visit and its pause, in UTC and in order of time."""
    start, end = visit.start.astimezone(dt.UTC), visit.end.astimezone(dt.UTC)
    end += dt.timedelta(minutes=visit.buffer_minutes)
    cell = start - (start - dt.datetime.fromtimestamp(0, dt.UTC)) % CELL
    cells = []
    while cell < end:
        cells.append(cell)
        cell += CELL
    return cells


def _new_cells(row: AppointmentRow, visit: Visit) -> list[AppointmentCell]:
    # In order of time: two transactions that want the same cells cannot wait for each other in a circle.
    return [AppointmentCell(appointment=row, clinician_id=visit.clinician_id, start=cell) for cell in cells_of(visit)]
