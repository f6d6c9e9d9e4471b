"""Between the tables and the frozen types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.booking.encryption import blind_index
from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.references import APPOINTMENT, new_reference
from bot.booking.visits import Appointment, AppointmentState, Contact, Visit, VisitRequest

# Finer than any slot step, so that a practice can change its step and old appointments still block their time.
_CELL = dt.timedelta(minutes=5)


def insert_appointment(request: VisitRequest, digest: str) -> AppointmentRow:
    """Store a confirmed appointment and the cells that it occupies; the database refuses what is taken.

    Raises:
        IntegrityError: the key, the reference or a cell exists already.
    """
    visit, contact = request.visit, request.contact
    row = AppointmentRow.objects.create(
        reference=new_reference(APPOINTMENT),
        conversation_id=request.conversation_id,
        key_digest=digest,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        reason=request.reason,
        phone_index=blind_index("phone", contact.phone),
        email_index=blind_index("email", contact.email),
        state=AppointmentState.CONFIRMED,
        clinician_id=visit.clinician_id,
        visit_type=visit.visit_type,
        start=visit.start.astimezone(dt.UTC),
        end=visit.end.astimezone(dt.UTC),
        buffer_minutes=visit.buffer_minutes,
        time_zone=getattr(visit.start.tzinfo, "key", "UTC"),
    )
    # In order of time: two transactions that want the same cells cannot wait for each other in a circle.
    AppointmentCell.objects.bulk_create(
        AppointmentCell(appointment=row, clinician_id=visit.clinician_id, start=cell) for cell in _cells(visit)
    )
    return row


def is_taken(visit: Visit) -> bool:
    """Tell whether a live appointment occupies any part of the visit and its buffer."""
    return AppointmentCell.objects.filter(clinician_id=visit.clinician_id, start__in=_cells(visit)).exists()


def appointments(rows: Iterable[AppointmentRow]) -> tuple[Appointment, ...]:
    """Return the rows as frozen types, in their order."""
    return tuple(appointment(row) for row in rows)


def appointment(row: AppointmentRow) -> Appointment:
    """Return the row as a frozen type, its times in the practice's time zone."""
    zone = ZoneInfo(row.time_zone)
    return Appointment(
        reference=row.reference,
        state=AppointmentState(row.state),
        visit=Visit(
            start=row.start.astimezone(zone),
            end=row.end.astimezone(zone),
            clinician_id=row.clinician_id,
            visit_type=row.visit_type,
            buffer_minutes=row.buffer_minutes,
        ),
        contact=Contact(name=row.name, phone=row.phone, email=row.email),
        reason=row.reason,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
    )


def _cells(visit: Visit) -> list[dt.datetime]:
    start, end = visit.start.astimezone(dt.UTC), visit.end.astimezone(dt.UTC)
    end += dt.timedelta(minutes=visit.buffer_minutes)
    cell = start - (start - dt.datetime.fromtimestamp(0, dt.UTC)) % _CELL
    cells = []
    while cell < end:
        cells.append(cell)
        cell += _CELL
    return cells
