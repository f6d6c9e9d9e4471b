"""The audit trail: a row for every look at a visitor's data."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest

from bot.console.models import AuditRow


def record_look(request: HttpRequest, action: str, subject: str = "") -> None:
    """Store who looked at what, in the caller's transaction: no row, no page."""
    user = request.user
    assert isinstance(user, User)
    AuditRow.objects.create(
        user=user,
        user_email=user.email,
        action=action,
        subject=subject,
        address=request.META.get("REMOTE_ADDR") or None,
    )
