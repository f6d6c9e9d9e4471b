"""What every staff page shows: the practice, and times in its time zone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bot.booking.visits import Appointment
from bot.knowledge import load_practice
from bot.knowledge.model import Practice
from bot.settings import settings


@cache
def practice() -> Practice:
    """Return the practice whose console this is."""
    return load_practice(settings().data / "practice.yml")


def localised(appointments: Iterable[Appointment]) -> list[dict[str, object]]:
    """Return each appointment with its start and end in the practice's time zone and its clinician's name."""
    names = {clinician.id: clinician.name for clinician in practice().clinicians}
    zone = practice().time_zone
    return [
        {
            "appointment": appointment,
            "start": appointment.visit.start.astimezone(zone),
            "end": appointment.visit.end.astimezone(zone),
            "clinician": names.get(appointment.visit.clinician_id, appointment.visit.clinician_id),
        }
        for appointment in appointments
    ]
