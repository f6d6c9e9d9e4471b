"""Several processes at the same rows: locks, in one order, so that no two changes wait for each other in a circle.

An appointment is locked before its places on the waiting list, a place before the visit that is held for it, and of
several of a kind the one that was stored first. What somebody looked at without a lock may be another's meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from bot.booking.models import AppointmentRow, WaitingRow

TRIES = 5
"""Times that a row is looked for and stored before it is given up."""

_Row = TypeVar("_Row", bound=Model)


def locked_keys(rows: QuerySet[Any]) -> list[int]:
    """Lock the rows until the caller's transaction ends; return the keys of those that are still meant then."""
    return [row.pk for row in rows.select_for_update(of=("self",)).order_by("pk").only("pk")]


def lock_appointments(conversation_id: str) -> None:
    """Lock everything that a conversation booked, holds and waits for until the caller's transaction ends."""
    rows = AppointmentRow.objects.filter(conversation_id=conversation_id)
    locked_keys(rows.filter(offered_to=None))
    locked_keys(WaitingRow.objects.filter(conversation_id=conversation_id))
    locked_keys(rows)


def stored_once(find: Callable[[], _Row | None], insert: Callable[[], _Row]) -> _Row:
    """Return the row that `find` finds, else the one that `insert` stores within the caller's transaction.

    Another process may store it between the two, or the random reference exists already: then both are tried again.

    Raises:
        IntegrityError: it cannot be stored.
    """
    for _ in range(TRIES):
        if (row := find()) is not None:
            return row
        with suppress(IntegrityError), transaction.atomic():
            return insert()
    return insert()
