"""What staff do with bookings: each is stored with its audit row, and the first of several members of staff wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from bot.booking.appointments import cancel_visit, change_visit, decline_visit, leave_waiting_list, offered_visit
from bot.booking.mails.failed_mails import close_failed, send_again
from bot.booking.practice_messages import close_message
from bot.booking.requests import CallBackState, MessageState
from bot.booking.staff_queue import accept_visit, close_call_back
from bot.booking.visits import Appointment, Party
from bot.console.audit import record_look
from bot.console.forms import CallBackForm, MessageForm
from bot.console.pages import practice
from bot.errors import (
    AlreadyHandledError,
    AppointmentClosedError,
    AppointmentNotFoundError,
    InstepError,
    SlotTakenError,
)


@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Move a visit to the one that was chosen; the visitor is told."""
    return _act(request, "move_visit", reference, "The visit is moved.", partial(_move, request, reference))


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a visit out of the queue."""
    change = partial(accept_visit, reference, **_by_staff(request))
    return _act(request, "accept_visit", reference, "Done: the visit is out of the queue.", change)


@require_POST
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline a visit in the name of the practice; the visitor is told."""
    change = partial(decline_visit, reference, **_by_staff(request))
    done = "The visit is declined. The visitor is told by e-mail where there is an address; otherwise please call."
    return _act(request, "decline_visit", reference, done, change)


@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel a visit, as when the visitor calls."""
    change = partial(cancel_visit, reference, by=Party.STAFF, staff=_staff(request))
    return _act(request, "cancel_visit", reference, "The visit is cancelled and its time is free again.", change)


@require_POST
def leave_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Take somebody off the waiting list."""
    change = partial(leave_waiting_list, reference)
    return _act(request, "leave_waiting_list", reference, "The place on the waiting list is closed.", change)


@require_POST
def close_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a call-back request with a note, or open it again."""
    form = CallBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what became of the call; a note has at most 500 characters.")
        return redirect("staff_bookings")
    state = CallBackState(form.cleaned_data["state"])
    note, now = form.cleaned_data["note"], timezone.now()
    change = partial(close_call_back, reference, state, staff=_staff(request), now=now, note=note)
    done = "The call-back request is open again." if state is CallBackState.OPEN else "The call-back request is closed."
    return _act(request, f"call_back_{state}", reference, done, change)


@require_POST
def close_practice_message(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a message to the practice with a note, or open it again."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A note has at most 500 characters.")
        return redirect("staff_bookings")
    state = MessageState(form.cleaned_data["state"])
    note, now = form.cleaned_data["note"], timezone.now()
    change = partial(close_message, reference, state, staff=_staff(request), now=now, note=note)
    done = "The message is open again." if state is MessageState.OPEN else "The message is closed."
    return _act(request, f"message_{state}", reference, done, change)


@require_POST
def failed_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Send a mail that was given up once more, or take it off the list because somebody has called."""
    again = request.POST.get("what") == "again"
    try:
        with transaction.atomic():
            reference = send_again(mail_id) if again else close_failed(mail_id)
            record_look(request, "send_mail_again" if again else "close_mail", reference)
    except AppointmentNotFoundError:
        messages.error(request, "That mail cannot be sent again: somebody was faster, or the address is deleted.")
    else:
        messages.success(request, "The mail is on its way again." if again else "The mail is off the list.")
    return redirect("staff_bookings")


def _act(request: HttpRequest, action: str, reference: str, done: str, change: Callable[[], object]) -> HttpResponse:
    """Do it with its audit row in one transaction, and say what came of it on the page that the form names."""
    try:
        with transaction.atomic():
            record_look(request, action, reference)
            change()
    except AppointmentNotFoundError:
        raise Http404("That page does not exist.") from None
    except InstepError as error:
        messages.error(request, _refusal(error))
    else:
        messages.success(request, done)
    if request.POST.get("back") == "visit":
        return redirect("staff_visit", reference)
    return redirect("staff_bookings")


def _refusal(error: InstepError) -> str:
    if isinstance(error, AlreadyHandledError) and error.handled_by:
        return f"{error.handled_by} was faster. Nothing was changed; this is how it stands now."
    if isinstance(error, AlreadyHandledError):
        return "It was changed meanwhile by the visitor or in the calendar. Nothing was done; look at it again."
    if isinstance(error, SlotTakenError):
        return "That time is not free any more. Nothing was changed; choose another one."
    if isinstance(error, AppointmentClosedError):
        return "The visit is cancelled, declined or over. Nothing was changed."
    return "That did not work. Nothing was changed; try again."


def _move(request: HttpRequest, reference: str) -> Appointment:
    # Staff may book at short notice.
    here, by = replace(practice(), lead_minutes=0), _by_staff(request)
    chosen = offered_visit(here, by["now"], request.POST.get("visit", ""), moving=reference)
    if chosen is None:
        raise SlotTakenError("The visit is not offered any more.")
    return change_visit(reference, chosen, by=Party.STAFF, practice=here, **by)


def _by_staff(request: HttpRequest) -> dict[str, Any]:
    """Return who does it, when, and which state of the appointment they saw."""
    return {"staff": _staff(request), "now": timezone.now(), "sequence": _sequence(request)}


def _staff(request: HttpRequest) -> str:
    assert isinstance(request.user, User)
    return request.user.email


def _sequence(request: HttpRequest) -> int | None:
    text = request.POST.get("sequence", "")
    return int(text) if text.isdigit() and len(text) < 9 else None
