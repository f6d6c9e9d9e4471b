"""The clinician brief on one printable page: of a conversation, or as it was stored with a booking."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bot.booking.appointments import find_by_reference
from bot.booking.visits import Appointment
from bot.console.audit import record_look
from bot.console.pages import localised, practice
from bot.errors import ConversationNotFoundError
from bot.inbox.transcripts import read_brief
from bot.triage import Brief


@require_GET
def conversation_brief(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show the brief of a conversation, as it stands after its last message."""
    brief = brief_of(str(conversation_id))
    with transaction.atomic():
        record_look(request, "read_brief", str(conversation_id))
    return _page(request, brief, conversation_id=conversation_id)


@require_GET
def visit_brief(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the brief that was stored with a booked visit; the conversation may be deleted by now."""
    appointment = find_by_reference(reference)
    if appointment is None:
        raise Http404("There is no such booking.")
    with transaction.atomic():
        record_look(request, "read_brief", reference)
    return _page(request, stored_brief(appointment), booked=localised([appointment]))


def stored_brief(appointment: Appointment) -> Brief | None:
    """Return the brief that was stored with a booked visit, None where no symptom was told."""
    return Brief.from_json(json.loads(appointment.brief)) if appointment.brief else None


def brief_of(conversation_id: str) -> Brief | None:
    """Return the stored brief of a conversation, None where no symptom was told. Raises Http404."""
    try:
        stored = read_brief(conversation_id)
    except ConversationNotFoundError:
        raise Http404("There is no such conversation; it may have been deleted.") from None
    return Brief.from_json(stored) if stored else None


def _page(request: HttpRequest, brief: Brief | None, **context: object) -> HttpResponse:
    return render(
        request, "console/brief.html", {"practice": practice(), "page": "transcript", "brief": brief, **context}
    )
