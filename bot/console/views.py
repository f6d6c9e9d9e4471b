"""The staff pages: conversations, one transcript, and what one-time links open."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from bot.booking.appointments import appointments_of
from bot.booking.call_backs import call_backs_of
from bot.booking.practice_messages import messages_of
from bot.console.accounts import accept_invitation, invitation_is_open, password_link_owner, set_password
from bot.console.audit import record_look
from bot.console.briefs import brief_of
from bot.console.forms import InvitationForm, PasswordForm
from bot.console.pages import calls_shown, localised, messages_shown, page
from bot.errors import ConversationNotFoundError
from bot.inbox.transcripts import list_conversations, read_transcript

_PAGE = 50


@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """Show conversations by last activity, newest first; `?before=` (ISO 8601) and `&id=` page on after that one."""
    before = _moment(request.GET.get("before"))
    try:
        with transaction.atomic():
            record_look(request, "list_conversations")
            rows = list_conversations(before=before, limit=_PAGE + 1, before_id=request.GET.get("id", ""))
    except ConversationNotFoundError:
        raise Http404("That page does not exist.") from None
    older = rows[_PAGE - 1] if len(rows) > _PAGE else None
    return page(request, "conversations", rows=rows[:_PAGE], older=older, paged=before is not None)


@require_GET
def transcript(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show everything that was said in one conversation, with what was understood."""
    try:
        with transaction.atomic():
            record_look(request, "read_transcript", str(conversation_id))
            entries = read_transcript(str(conversation_id))
    except ConversationNotFoundError:
        raise Http404("There is no such conversation; it may have been deleted.") from None
    asked = str(conversation_id)
    return page(
        request,
        "transcript",
        conversation_id=conversation_id,
        entries=entries,
        booked=localised(appointments_of(asked)),
        calls=calls_shown(call_backs_of(asked)),
        practice_messages=messages_shown(messages_of(asked)),
        brief=brief_of(asked),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Create a staff account from a one-time link."""
    if not invitation_is_open(secret):
        return page(request, "invitation_closed", status=410)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not accept_invitation(secret, form.cleaned_data["email"], form.cleaned_data["password"]):
            return page(request, "invitation_closed", status=410)
        messages.success(request, "Your account is ready. Sign in; then connect your authenticator app.")
        return redirect("account_login")
    return page(request, "invitation", form=form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Give an account a new password from a one-time link; the second factor is asked for at the next sign-in."""
    email = password_link_owner(secret)
    if email is None:
        return page(request, "invitation_closed", status=410)
    form = PasswordForm(request.POST or None, email=email)
    if request.method == "POST" and form.is_valid():
        if not set_password(secret, form.cleaned_data["password"]):
            return page(request, "invitation_closed", status=410)
        messages.success(request, "Your new password is set. Sign in with it and with your authenticator app.")
        return redirect("account_login")
    return page(request, "new_password", form=form, email=email)


def _moment(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Http404("That page does not exist.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
