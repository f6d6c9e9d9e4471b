"""What staff have to look at, and what they do with it."""

from __future__ import annotations

import datetime as dt

from bot.booking.call_backs import call_back
from bot.booking.models import AppointmentRow, CallBackRow
from bot.booking.practice_messages import open_messages
from bot.booking.requests import CallBack, CallBackState, StaffQueue
from bot.booking.storage.records import appointment, appointments
from bot.booking.storage.references import tidy_reference
from bot.booking.visits import Appointment, Attention
from bot.booking.waiting import waiting_list
from bot.errors import AlreadyHandledError, AppointmentNotFoundError

_CHANGED = [attention.value for attention in Attention if attention not in (Attention.NONE, Attention.NEW)]


def staff_queue(limit: int = 200) -> StaffQueue:
    """Return what staff have to look at, at most `limit` of each kind."""
    rows = AppointmentRow.objects.order_by("start", "pk")
    open_calls = [call_back(row) for row in CallBackRow.objects.filter(state=CallBackState.OPEN).order_by("created_at")]
    return StaffQueue(
        call_backs=tuple(sorted(open_calls, key=lambda one: (one.urgency.rank, one.created_at))[:limit]),
        messages=open_messages(limit),
        waiting=waiting_list(limit),
        new=appointments(rows.filter(attention=Attention.NEW)[:limit]),
        changed=appointments(rows.filter(attention__in=_CHANGED)[:limit]),
    )


def closed_call_backs(limit: int = 200) -> tuple[CallBack, ...]:
    """Return the call-back requests that were closed, the last closed first."""
    rows = CallBackRow.objects.exclude(state=CallBackState.OPEN).order_by("-handled_at", "-pk")
    return tuple(call_back(row) for row in rows[:limit])


def accept_visit(reference: str, *, staff: str, now: dt.datetime, sequence: int | None = None) -> Appointment:
    """Take a visit out of the queue and return it; it was booked, moved or cancelled and somebody has seen that now.

    Of several members of staff at once one wins; the same one again changes nothing.

    Args:
        reference: of the appointment.
        staff: e-mail address of the member of staff.
        now: aware.
        sequence: the `Appointment.sequence` that was seen; None for whatever it is.

    Raises:
        AlreadyHandledError: somebody else was faster, or it was changed since `sequence`.
        AppointmentNotFoundError: there is no such reference.
    """
    rows = AppointmentRow.objects.filter(reference=tidy_reference(reference))
    seen = rows.exclude(attention=Attention.NONE)
    if sequence is not None:
        seen = seen.filter(sequence=sequence)
    # One statement decides.
    won = seen.update(attention=Attention.NONE, handled_by=staff, handled_at=now)
    row = rows.first()
    if row is None:
        raise AppointmentNotFoundError("There is no appointment with that reference.")
    if not won and (row.handled_by != staff or row.attention != Attention.NONE):
        raise AlreadyHandledError("Somebody else was faster, or it was changed: look at it again.", row.handled_by)
    return appointment(row)


def close_call_back(reference: str, state: CallBackState, *, staff: str, now: dt.datetime, note: str = "") -> CallBack:
    """Close an open call-back request, or with OPEN put a closed one back into the queue, and return it.

    Raises:
        AlreadyHandledError: somebody else was faster.
        AppointmentNotFoundError: there is no such reference.
    """
    rows = CallBackRow.objects.filter(reference=tidy_reference(reference))
    closes = state is not CallBackState.OPEN
    from_now = rows.filter(state=CallBackState.OPEN) if closes else rows.exclude(state=CallBackState.OPEN)
    won = from_now.update(state=state, note=note, handled_by=staff, handled_at=now)
    row = rows.first()
    if row is None:
        raise AppointmentNotFoundError("There is no call-back request with that reference.")
    if not won and (row.handled_by, row.state) != (staff, state):
        raise AlreadyHandledError("Somebody else was faster: look at it again.", row.handled_by)
    return call_back(row)
