"""Locks on rows, in one order, so that no two changes wait for each other in a circle.

An appointment is locked before its places on the waiting list, a place before the visit that is held for it, and of
several of a kind the one that was stored first. What somebody looked at without a lock may be another's meanwhile.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bot.booking.models import AppointmentRow, WaitingRow


def locked_keys(rows: QuerySet[Any]) -> list[int]:
    """Lock the rows until the caller's transaction ends; return the keys of those that are still meant then."""
    return [row.pk for row in rows.select_for_update(of=("self",)).order_by("pk").only("pk")]


def lock_appointments(conversation_id: str) -> None:
    """Lock everything that a conversation booked, holds and waits for until the caller's transaction ends."""
    rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
    locked_keys(rows.filter(offered_to=None))
    locked_keys(WaitingRow.objects.filter(conversation_id=conversation_id))
    locked_keys(rows)
