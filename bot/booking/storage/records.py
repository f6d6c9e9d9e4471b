"""Between the tables and the frozen types."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from bot.booking.encryption import blind_index
from bot.booking.links import link_hash, link_token
from bot.booking.models import AppointmentRow, WaitingRow
from bot.booking.storage.references import APPOINTMENT, new_reference
from bot.booking.visits import Appointment, AppointmentState, Attention, Contact, Patient, Visit, VisitRequest
from bot.case import Urgency


def insert_held(
    request: VisitRequest, digest: str, held_until: dt.datetime, offered_to: WaitingRow | None = None
) -> AppointmentRow:
    """Store a held visit, without the cells of its time; `offered_to` is the place on the waiting list it is kept for.

    Raises:
        IntegrityError: the key or the reference exists already, or a live appointment starts then.
    """
    contact, uid = request.contact, str(uuid.uuid4())
    return AppointmentRow.objects.create(
        reference=new_reference(APPOINTMENT),
        conversation_id=request.conversation_id,
        key_digest=digest,
        uid=uid,
        link_hash=link_hash(link_token(uid)),
        state=AppointmentState.HELD,
        held_until=held_until,
        offered_to=offered_to,
        **times_of(request.visit),
        **contact_columns(contact),
        **details_of(request),
    )


def contact_columns(contact: Contact) -> dict[str, str]:
    """Return the columns of a contact with its blind indexes."""
    return {
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "phone_index": blind_index("phone", contact.phone),
        "email_index": blind_index("email", contact.email),
    }


def details_of(request: VisitRequest) -> dict[str, str]:
    """Return the columns of why somebody comes."""
    return {
        "reason": request.reason,
        "brief": request.brief,
        "note": request.note,
        "patient": request.patient or "",
        "urgency": request.urgency,
    }


def times_of(visit: Visit) -> dict[str, Any]:
    """Return the columns of when, how long and with whom."""
    return {
        "clinician_id": visit.clinician_id,
        "visit_type": visit.visit_type,
        "start": visit.start.astimezone(dt.UTC),
        "end": visit.end.astimezone(dt.UTC),
        "buffer_minutes": visit.buffer_minutes,
        "time_zone": getattr(visit.start.tzinfo, "key", "UTC"),
    }


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
        held_until=row.held_until if row.state == AppointmentState.HELD else None,
        uid=row.uid,
        sequence=row.sequence,
        patient=Patient(row.patient) if row.patient else None,
        urgency=Urgency(row.urgency),
        brief=row.brief,
        attention=Attention(row.attention),
        handled_by=row.handled_by,
        handled_at=row.handled_at,
        offered_to=row.offered_to.reference if row.offered_to else "",
        time_zone=row.time_zone,
        note=row.note,
    )
