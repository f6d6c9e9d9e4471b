"""What every staff page shows: the practice, and times in its time zone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bot.booking.contact import written_phone
from bot.booking.requests import CallBack, PracticeMessage, WaitingEntry
from bot.booking.visits import Appointment, Visit
from bot.knowledge import load_practice
from bot.knowledge.model import Practice
from bot.settings import settings


@cache
def practice() -> Practice:
    """Return the practice whose console this is."""
    return load_practice(settings().data / "practice.yml")


def page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    """Return the page of that template with what every page shows."""
    return render(request, f"console/{name}.html", {"practice": practice(), "page": name, **context}, status=status)


def localised(appointments: Iterable[Appointment]) -> list[dict[str, object]]:
    """Return what is shown of each appointment."""
    return [shown(appointment) for appointment in appointments]


def shown(appointment: Appointment) -> dict[str, object]:
    """Return an appointment with times in the practice's zone, and clinician, type and phone as people say them."""
    return {
        "appointment": appointment,
        "phone": written_phone(appointment.contact.phone, practice().region),
        "booked": appointment.is_booked and appointment.visit.end > timezone.now(),
        **_visit(appointment.visit),
    }


def calls_shown(calls: Iterable[CallBack]) -> list[dict[str, object]]:
    """Return what is shown of each call-back request."""
    return [{"call": call, "phone": written_phone(call.contact.phone, practice().region)} for call in calls]


def messages_shown(messages: Iterable[PracticeMessage]) -> list[dict[str, object]]:
    """Return what is shown of each message to the practice."""
    return [{"message": one, "phone": written_phone(one.contact.phone, practice().region)} for one in messages]


def waiting_shown(entries: Iterable[WaitingEntry]) -> list[dict[str, object]]:
    """Return what is shown of each place on the waiting list."""
    return [
        {
            "entry": entry,
            "phone": written_phone(entry.contact.phone, practice().region),
            "has": _visit(entry.appointment.visit) if entry.appointment else None,
            "offered": _visit(entry.offered) if entry.offered else None,
        }
        for entry in entries
    ]


def _visit(visit: Visit) -> dict[str, object]:
    zone, here = practice().time_zone, practice()
    return {
        "id": visit.id,
        "start": visit.start.astimezone(zone),
        "end": visit.end.astimezone(zone),
        "clinician": next((who.name for who in here.clinicians if who.id == visit.clinician_id), visit.clinician_id),
        "kind": next((kind.name for kind in here.visit_types if kind.id == visit.visit_type), visit.visit_type),
    }
