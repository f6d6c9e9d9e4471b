"""The staff pages: conversations, one transcript, bookings, and the invitation."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from bot.booking.appointments import appointments_of, call_backs, upcoming_appointments
from bot.console.accounts import accept_invitation, invitation_is_open
from bot.console.audit import record_look
from bot.console.briefs import brief_of
from bot.console.forms import InvitationForm
from bot.console.pages import localised, practice
from bot.errors import ConversationNotFoundError
from bot.inbox.transcripts import list_conversations, read_transcript

_PAGE = 50


@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """Show conversations by last activity, newest first; `?before=` (ISO 8601) pages on."""
    before = _moment(request.GET.get("before"))
    with transaction.atomic():
        record_look(request, "list_conversations")
        rows = list_conversations(before=before, limit=_PAGE + 1)
    older = rows[_PAGE - 1].last_at.isoformat() if len(rows) > _PAGE else None
    return _page(request, "conversations", rows=rows[:_PAGE], older=older, paged=before is not None)


@require_GET
def transcript(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show everything that was said in one conversation, with what was understood."""
    try:
        with transaction.atomic():
            record_look(request, "read_transcript", str(conversation_id))
            entries = read_transcript(str(conversation_id))
    except ConversationNotFoundError:
        raise Http404("There is no such conversation; it may have been deleted.") from None
    booked = localised(appointments_of(str(conversation_id)))
    brief = brief_of(str(conversation_id))
    return _page(request, "transcript", conversation_id=conversation_id, entries=entries, booked=booked, brief=brief)


@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """Show call-back requests and the coming visits, soonest first."""
    with transaction.atomic():
        record_look(request, "list_bookings")
        booked = localised(upcoming_appointments(limit=200))
        waiting = call_backs(limit=200)
    return _page(request, "bookings", booked=booked, call_backs=waiting)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Create a staff account from a one-time link."""
    if not invitation_is_open(secret):
        return _page(request, "invitation_closed", status=410)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not accept_invitation(secret, form.cleaned_data["email"], form.cleaned_data["password"]):
            return _page(request, "invitation_closed", status=410)
        messages.success(request, "Your account is ready. Sign in; then connect your authenticator app.")
        return redirect("account_login")
    return _page(request, "invitation", form=form)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, f"console/{name}.html", {"practice": practice(), "page": name, **context}, status=status)


def _moment(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Http404("That page does not exist.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
