"""The audit trail: a row for every look at a visitor's data and for everything that is done with it."""

from __future__ import annotations

import datetime as dt

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
        subject=subject[:64],
        address=request.META.get("REMOTE_ADDR") or None,
    )


def history_of(subject: str) -> list[tuple[dt.datetime, str, str]]:
    """Return when, who and what was done with a visit, oldest first; looks are left out."""
    rows = AuditRow.objects.filter(subject=subject).exclude(action__startswith="read_").order_by("at", "pk")
    return [(row.at, row.user_email, row.action) for row in rows]
