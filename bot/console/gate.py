"""Middleware that stands before every staff page."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import timezone
from django.utils.http import urlencode

from bot.console.pages import practice

_OPEN_TO_ALL = {"account_login", "account_logout", "mfa_authenticate", "staff_invitation", "staff_password"}
_OPEN_WITHOUT_SECOND_FACTOR = {"mfa_activate_totp", "account_reauthenticate", "account_logout"}
# 12 hours, however busy the session is (OWASP ASVS 5.0, 7.3.2).
_LONGEST_SESSION_SECONDS = 12 * 3600


class StaffGate:
    """Lets only staff with a second factor in, ends old sessions, and keeps pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or send it to sign in or to set up the second factor."""
        if not request.path.startswith("/staff/"):
            return self._get_response(request)
        with timezone.override(practice().time_zone):
            response = self._refused(request) or self._get_response(request)
        response["Cache-Control"] = "no-store"
        if request.path == resolve_url("account_logout") and request.method == "POST":
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        name = _url_name(request)
        if request.user.is_authenticated and self._is_too_old(request):
            logout(request)
        if name in _OPEN_TO_ALL:
            return None
        user = request.user
        if not user.is_authenticated or not user.is_active or not getattr(user, "is_staff", False):
            return redirect(f"{resolve_url('account_login')}?{urlencode({'next': request.path})}")
        if name not in _OPEN_WITHOUT_SECOND_FACTOR and not get_adapter().is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return None

    def _is_too_old(self, request: HttpRequest) -> bool:
        now = int(time.time())
        started = request.session.setdefault("signed_in_at", now)
        return now - int(started) > _LONGEST_SESSION_SECONDS


def _url_name(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
