"""The page behind the private link: see, move or cancel a visit, and answer an offer of an earlier one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bot.api.visit_door import behind_link, notice
from bot.api.wording import practice
from bot.booking.appointments import cancel_visit, change_visit, link_token
from bot.booking.mails.mail_words import written_when
from bot.booking.moving import days_to_move_to, may_change
from bot.booking.visits import Appointment, AppointmentState, Party, Visit
from bot.booking.waiting import accept_offer, has_accepted, refuse_offer
from bot.errors import AppointmentClosedError, AppointmentNotFoundError, SlotTakenError

# What a page may say at its top after something was done.
_DONE = frozenset({"moved", "cancelled", "taken"})
_DAYS = 5
# Somebody who keeps the mail may look up when the visit was; later the link is closed.
_OPEN_AFTER = dt.timedelta(days=7)


@behind_link("GET")
def show(request: HttpRequest, found: Appointment, token: str) -> HttpResponse:
    """Show the visit, or what became of it."""
    now = timezone.now()
    if found.visit.end + _OPEN_AFTER < now or found.state is AppointmentState.EXPIRED:
        return notice(request, "over", 410)
    if found.state is AppointmentState.HELD and not found.offered_to:
        return notice(request, "offer_over", 410)
    done = request.GET.get("done", "")
    return _page(request, "visit/visit.html", found, token, done=done if done in _DONE else "")


@behind_link("GET", "POST")
def move(request: HttpRequest, found: Appointment, token: str) -> HttpResponse:
    """Offer other times; a POST moves the visit to the one that was chosen, and a second one changes nothing."""
    chosen = request.POST.get("visit", "")
    if found.is_booked and chosen == found.visit.id:
        return _done(token, "moved")
    if not may_change(found, practice(), timezone.now()):
        return redirect("visit", token)
    if request.method != "POST":
        return _choice(request, found, token)
    wanted = _wanted(found, chosen)
    try:
        if wanted is None:
            raise SlotTakenError("The visit is not offered any more.")
        with transaction.atomic():
            change_visit(found.reference, wanted, by=Party.VISITOR, now=timezone.now(), practice=practice())
    except SlotTakenError:
        return _choice(request, found, token, taken=True)
    except AppointmentClosedError:
        return redirect("visit", token)
    return _done(token, "moved")


@behind_link("GET", "POST")
def cancel(request: HttpRequest, found: Appointment, token: str) -> HttpResponse:
    """Ask whether to cancel; a POST does it, and a second one changes nothing."""
    if request.method == "POST" and found.state is AppointmentState.CANCELLED:
        return _done(token, "cancelled")
    if not may_change(found, practice(), timezone.now()):
        return redirect("visit", token)
    if request.method != "POST":
        return _page(request, "visit/cancel.html", found, token)
    cancel_visit(found.reference, by=Party.VISITOR)
    return _done(token, "cancelled")


@behind_link("POST")
def answer(request: HttpRequest, found: Appointment, token: str) -> HttpResponse:
    """Take the earlier visit that is held for somebody on the waiting list, or leave it to others."""
    takes = request.POST.get("answer") == "take"
    if takes and has_accepted(found.reference):
        return _done(token, "taken")
    try:
        if takes:
            booked = accept_offer(found.offered_to, found.visit, now=timezone.now())
            return _done(link_token(booked.uid), "taken")
        refuse_offer(found.offered_to, found.visit)
    except (AppointmentNotFoundError, AppointmentClosedError, SlotTakenError):
        return notice(request, "offer_over", 410)
    return notice(request, "offer_left", 200)


def _choice(request: HttpRequest, found: Appointment, token: str, *, taken: bool = False) -> HttpResponse:
    days = days_to_move_to(found, practice(), timezone.now(), _date(request.GET.get("from", "")), limit=_DAYS)
    following = days[-1][0].start.date() + dt.timedelta(days=1) if len(days) == _DAYS else None
    status = 409 if taken else 200
    return _page(
        request,
        "visit/move.html",
        found,
        token,
        status,
        days=days,
        following=following,
        taken=taken,
        several=_several(),
    )


def _page(
    request: HttpRequest, template: str, found: Appointment, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    here, visit = practice(), found.visit
    details = {
        "practice": here,
        "token": token,
        "found": found,
        "booked": found.is_booked,
        "offered": found.state is AppointmentState.HELD,
        "over": visit.end <= timezone.now(),
        "when": written_when(visit.start),
        "zone": visit.start.tzname(),
        "clinician": next((one.name for one in here.clinicians if one.id == visit.clinician_id), ""),
        "kind": next((kind.name for kind in here.visit_types if kind.id == visit.visit_type), ""),
        "changeable": may_change(found, here, timezone.now()),
    }
    return render(request, template, {**details, **more}, status=status)


def _several() -> dict[str, str]:
    """Return the clinicians' names by id where there are several to tell apart."""
    clinicians = practice().clinicians
    return {clinician.id: clinician.name for clinician in clinicians} if len(clinicians) > 1 else {}


def _wanted(found: Appointment, visit_id: str) -> Visit | None:
    """Return the visit with that `Visit.id` if the page would offer it now."""
    day = _date(visit_id.rpartition("/")[2][:10])
    days = days_to_move_to(found, practice(), timezone.now(), day, limit=1) if day else ()
    return next((visit for visits in days for visit in visits if visit.id == visit_id), None)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _done(token: str, what: str) -> HttpResponse:
    response = redirect("visit", token)
    response["Location"] += f"?done={what}"
    # 303: whatever the browser does next, it does not post again (RFC 9110, 15.4.4).
    response.status_code = 303
    return response
