"""The page on which the account that came first manages the other staff accounts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from bot.console.accounts import create_invitation, create_password_link
from bot.console.audit import record_look
from bot.console.pages import page
from bot.errors import StaffNotFoundError
from bot.settings import settings

View = Callable[[HttpRequest], HttpResponse]


def _for_managers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "is_superuser", False):
            raise PermissionDenied
        return view(request)

    return guarded


@require_GET
@_for_managers
def team(request: HttpRequest) -> HttpResponse:
    """Show the staff accounts."""
    return _team(request)


@require_POST
@_for_managers
def invite(request: HttpRequest) -> HttpResponse:
    """Make a one-time link that creates an account, and show it once."""
    with transaction.atomic():
        record_look(request, "invite_staff")
        secret = create_invitation()
    return _team(request, link=f"{settings().public_url}/staff/invitation/{secret}/", link_for="a new colleague")


@require_POST
@_for_managers
def password_link(request: HttpRequest) -> HttpResponse:
    """Make a one-time link for an account's new password, and show it once."""
    email = request.POST.get("email", "")
    try:
        with transaction.atomic():
            record_look(request, "link_new_password", email)
            secret = create_password_link(email)
    except StaffNotFoundError as error:
        messages.error(request, str(error))
        return redirect("staff_team")
    return _team(request, link=f"{settings().public_url}/staff/password/{secret}/", link_for=email)


@require_POST
@_for_managers
def switch(request: HttpRequest) -> HttpResponse:
    """Disable an account, which ends its sessions, or enable it again; never the own one."""
    assert isinstance(request.user, User)
    enable = request.POST.get("enable") == "yes"
    with transaction.atomic():
        record_look(request, "enable_staff" if enable else "disable_staff", request.POST.get("email", ""))
        accounts = get_user_model().objects.filter(username=request.POST.get("email", ""), is_staff=True)
        done = accounts.exclude(pk=request.user.pk).update(is_active=enable)
    if done:
        messages.success(request, "The account is enabled." if enable else "The account is disabled and signed out.")
    else:
        messages.error(request, "Nothing was changed: it is your own account, or there is no such one.")
    return redirect("staff_team")


def _team(request: HttpRequest, *, link: str = "", link_for: str = "") -> HttpResponse:
    accounts = get_user_model().objects.filter(is_staff=True).order_by("-is_active", "username")
    return page(request, "team", accounts=accounts, link=link, link_for=link_for)
