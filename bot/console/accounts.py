"""Staff accounts: one-time links for invitations and new passwords, and what allauth and axes need to know."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import time
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from axes.utils import reset
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from bot.console.models import AuditRow, InvitationLink
from bot.errors import StaffNotFoundError

# Long enough to walk to the colleague's desk, short enough that a link in a forgotten log is worthless.
_INVITATION_LIFE = dt.timedelta(hours=24)
# OWASP ASVS 5.0, 7.5.1 asks for the password again before a factor changes; a sign-in this fresh is that.
_FRESH_SECONDS = 300


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves: accounts come from invitations."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return False, always."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count no wrong passwords here: django-axes does, by name and address together, so nobody locks others out."""

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return False for a few minutes after signing in, so that setting up the second factor asks nothing twice."""
        if time.time() - float(self.request.session.get("signed_in_at", 0)) < _FRESH_SECONDS:
            return False
        return bool(super().is_reauthentication_required(app=app))


def attempted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str | None:
    """Return the name that a sign-in was tried with, for the lock-out of django-axes."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or (request.POST.get("login") if request else None)
    return name.lower() if name else None


def has_staff() -> bool:
    """Return True when at least one staff account exists."""
    return bool(get_user_model().objects.filter(is_staff=True, is_active=True).exists())


def create_invitation() -> str:
    """Store a new invitation and return its secret; unused ones that have ended are cleared away."""
    InvitationLink.objects.filter(used_at=None, expires_at__lte=timezone.now()).delete()
    return _new_link(None)


def invitation_is_open(secret: str) -> bool:
    """Return True while the invitation can still create an account."""
    return bool(_open_links(secret).filter(user=None).exists())


def accept_invitation(secret: str, email: str, password: str) -> bool:
    """Create the staff account and use the invitation up; return False when somebody was faster.

    The first account of all may manage the others.
    """
    with transaction.atomic():
        if not _open_links(secret).filter(user=None).update(used_at=timezone.now()):
            return False
        user = get_user_model().objects.create_user(
            username=email, email=email, password=password, is_staff=True, is_superuser=not has_staff()
        )
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return True


def create_password_link(email: str) -> str:
    """Store a one-time link for a new password and return its secret; earlier ones of the account end.

    Raises:
        StaffNotFoundError: no active staff account has that address.
    """
    user = get_user_model().objects.filter(username=email.lower(), is_staff=True, is_active=True).first()
    if user is None:
        raise StaffNotFoundError(f"No active staff account has the address {email}: check its spelling.")
    with transaction.atomic():
        InvitationLink.objects.filter(user=user, used_at=None).delete()
        return _new_link(user)


def password_link_owner(secret: str) -> str | None:
    """Return the e-mail address of the account whose password the link can set, None when it is used up or ended."""
    link = _open_links(secret).filter(user__is_active=True).select_related("user").first()
    return str(link.user.username) if link else None


def set_password(secret: str, password: str) -> bool:
    """Give the account its new password and use the link up; return False when it is used up or ended.

    The second factor stays as it is (OWASP ASVS 5.0, 6.4.3). All sessions of the account end, and so does its lock-out.
    """
    with transaction.atomic():
        links = _open_links(secret).filter(user__is_active=True)
        link = links.select_related("user").first()
        if link is None or not links.update(used_at=timezone.now()):
            return False
        link.user.set_password(password)
        link.user.save()
        AuditRow.objects.create(user=link.user, user_email=link.user.email, action="set_password")
    reset(username=link.user.username)
    return True


def _new_link(user: Any) -> str:
    secret = secrets.token_urlsafe(32)
    InvitationLink.objects.create(secret_hash=_hashed(secret), expires_at=timezone.now() + _INVITATION_LIFE, user=user)
    return secret


def _open_links(secret: str) -> Any:
    return InvitationLink.objects.filter(secret_hash=_hashed(secret), used_at=None, expires_at__gt=timezone.now())


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
