"""The staff pages of bookings: the queue, one visit, where it can be moved, closed calls, and finding a visitor."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bot.booking.appointments import find_appointments, find_by_reference, upcoming_appointments
from bot.booking.contact import check_email, check_phone
from bot.booking.offers import free_on
from bot.booking.practice_messages import closed_messages
from bot.booking.staff_queue import closed_call_backs, staff_queue
from bot.booking.visits import Appointment
from bot.console.audit import history_of, record_look
from bot.console.briefs import stored_brief
from bot.console.forms import FindForm
from bot.console.pages import calls_shown, localised, messages_shown, page, practice, shown, waiting_shown
from bot.errors import ContactError

_PAGE = 50


@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """Show what staff have to look at: call-backs, messages, the waiting list, new and changed visits."""
    with transaction.atomic():
        record_look(request, "list_bookings")
        queue = staff_queue()
    return page(
        request,
        "bookings",
        call_backs=calls_shown(queue.call_backs),
        practice_messages=messages_shown(queue.messages),
        waiting=waiting_shown(queue.waiting),
        new=localised(queue.new),
        changed=localised(queue.changed),
        find=FindForm(),
    )


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """Show the coming visits, soonest first; `?from=` (a number) pages on."""
    start = request.GET.get("from", "0")
    offset = int(start) if start.isdigit() and len(start) < 6 else 0
    with transaction.atomic():
        record_look(request, "list_visits")
        rows = upcoming_appointments(limit=_PAGE + 1, offset=offset)
    older = offset + _PAGE if len(rows) > _PAGE else None
    return page(request, "coming", rows=localised(rows[:_PAGE]), later=older, paged=offset > 0)


@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one appointment with everything that is known about it and what was done with it."""
    with transaction.atomic():
        record_look(request, "read_visit", reference)
        appointment = _found(reference)
        past = history_of(appointment.reference)
    brief = stored_brief(appointment)
    return page(request, "visit", row=shown(appointment), history=past, brief=brief)


@require_GET
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the free visits of one day, to move the appointment to one of them; `?day=` chooses the day."""
    appointment = _found(reference)
    day = _day(request.GET.get("day"), appointment.visit.start.astimezone(practice().time_zone).date())
    with transaction.atomic():
        record_look(request, "read_visit", reference)
    free = free_on(practice(), timezone.now(), day, appointment.visit.visit_type, moving=appointment.reference)
    offers = [replace(appointment, visit=one) for one in free]
    return page(request, "move", row=shown(appointment), day=day, free=localised(offers))


@require_GET
def closed_calls(request: HttpRequest) -> HttpResponse:
    """Show the call-back requests and the messages that were closed, newest first."""
    with transaction.atomic():
        record_look(request, "list_call_backs")
        rows, messages = closed_call_backs(limit=_PAGE), closed_messages(limit=_PAGE)
    return page(request, "closed_calls", rows=calls_shown(rows), practice_messages=messages_shown(messages))


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Find appointments by reference, phone number or e-mail address, in full."""
    form = FindForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    with transaction.atomic():
        record_look(request, "find_visits")
        rows = _matches(text)
    return page(request, "found", rows=localised(rows), find=form)


def _matches(text: str) -> tuple[Appointment, ...]:
    if one := find_by_reference(text):
        return (one,)
    try:
        return find_appointments(email=check_email(text))
    except ContactError:
        pass
    try:
        return find_appointments(phone=check_phone(text, practice().region))
    except ContactError:
        return ()


def _found(reference: str) -> Appointment:
    appointment = find_by_reference(reference)
    if appointment is None:
        raise Http404("There is no such visit; it may have been deleted.")
    return appointment


def _day(text: str | None, default: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return default
