"""Tell staff that somebody comes late."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from bot.booking.changes import check_booked, locked_row
from bot.booking.storage.records import appointment
from bot.booking.visits import Appointment, Attention

NOTE_MAX = 300
"""Characters of what a visitor says about the delay that are kept, the newest first."""

_log = logging.getLogger(__name__)


def note_lateness(reference: str, note: str, *, now: dt.datetime) -> Appointment:
    """Note on a booked visit that the visitor comes late, put it into the staff's queue, and return it.

    Args:
        reference: of the appointment.
        note: the visitor's own words; stored encrypted. The same words are kept once.
        now: aware.

    Raises:
        AppointmentClosedError: it was cancelled or declined, or is over.
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        row = locked_row(reference)
        check_booked(row, now)
        kept = [line for line in row.note.splitlines() if line != note]
        row.note = "\n".join([note, *kept])[:NOTE_MAX]
        row.attention, row.handled_by, row.handled_at = Attention.LATE, "", None
        row.save()
        _log.info("late %s", row.reference)
        return appointment(row)
