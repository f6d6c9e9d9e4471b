"""Hold a visit while the visitor types the details."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.offers import check_offered, next_best
from bot.booking.storage.cells import give_up, is_occupied, make_room, occupy
from bot.booking.storage.locking import TRIES, locked_keys
from bot.booking.storage.records import appointment, details_of, insert_held, times_of
from bot.booking.storage.references import key_digest
from bot.booking.visits import BOOKED_STATES, Appointment, AppointmentState, VisitRequest
from bot.errors import SlotTakenError
from bot.knowledge.model import Practice

HOLD = dt.timedelta(minutes=5)
"""How long a visit is held where no practice says otherwise."""

_log = logging.getLogger(__name__)


def hold_visit(request: VisitRequest, *, now: dt.datetime, practice: Practice | None = None) -> Appointment:
    """Hold the visit within the caller's transaction, so that nobody else is offered it, and return it.

    A conversation holds one visit at a time: others that it held are let go. The same key in the same conversation
    renews its hold, and returns the appointment as it is once it was confirmed. That no two live appointments of a
    clinician overlap is kept by unique constraints, so it holds for any number of processes; a hold that has ended
    blocks nobody.

    Args:
        request: the contact may be empty.
        now: aware.
        practice: whose schedule must still have the visit, and how long it is held; None checks only that it has not
            begun, and holds for `HOLD`.

    Raises:
        SlotTakenError: somebody else has the visit, it has begun, or it is not in the schedule any more.
        VisitTooLateError: the request is too urgent for this visit.
    """
    until = now + (dt.timedelta(minutes=practice.hold_minutes) if practice else HOLD)
    with transaction.atomic():
        try:
            for _ in range(TRIES):
                if row := _held_or_confirmed(request, now, until, practice):
                    return appointment(row)
        except SlotTakenError:
            # Another process may have booked it for the very same request since the look.
            if row := _rows_of(request).filter(state__in=BOOKED_STATES).first():
                return appointment(row)
            raise
    raise _taken(request, now, practice)


def release_holds(conversation_id: str) -> int:
    """Let go of what the conversation holds, so that a booking that was given up leaves nothing; return how many."""
    return _let_go(conversation_id, "")


def expire_holds(now: dt.datetime) -> int:
    """Mark the holds that have ended as expired and free their time; return how many. Nothing depends on it."""
    with transaction.atomic():
        ended = AppointmentRow.objects.filter(state=AppointmentState.HELD, held_until__lte=now)
        keys = locked_keys(ended)
        AppointmentCell.objects.filter(appointment__in=keys).delete()
        return AppointmentRow.objects.filter(pk__in=keys).update(state=AppointmentState.EXPIRED)


def _held_or_confirmed(
    request: VisitRequest, now: dt.datetime, until: dt.datetime, practice: Practice | None
) -> AppointmentRow | None:
    """Return the row of the request; None where another transaction came between and it has to be tried again."""
    row = _rows_of(request).select_for_update().first()
    if row is not None and row.state in BOOKED_STATES:
        return row
    check_offered(request, now, practice)
    if is_occupied(request.visit, now, request.conversation_id):
        raise _taken(request, now, practice)
    try:
        with transaction.atomic():
            _let_go(request.conversation_id, _digest(request))
            return _take(row, request, now, until)
    except IntegrityError:
        # The savepoint is rolled back: it was the time, which the next look tells, the key, or the random reference.
        return None


def _rows_of(request: VisitRequest) -> QuerySet[AppointmentRow]:
    return AppointmentRow.objects.filter(key_digest=_digest(request))


def _digest(request: VisitRequest) -> str:
    return key_digest(request.conversation_id, request.key)


def _taken(request: VisitRequest, now: dt.datetime, practice: Practice | None) -> SlotTakenError:
    best = next_best(request.visit, now, practice)
    return SlotTakenError("The visit is not free any more: offer others.", best)


def _take(row: AppointmentRow | None, request: VisitRequest, now: dt.datetime, until: dt.datetime) -> AppointmentRow:
    if row is None:
        make_room(request.visit, now)
        row = insert_held(request, _digest(request), until)
    else:
        give_up(row)
        make_room(request.visit, now)
        columns = {**times_of(request.visit), **details_of(request)}
        for name, value in (*columns.items(), ("state", AppointmentState.HELD), ("held_until", until)):
            setattr(row, name, value)
        row.save()
    occupy(row, request.visit)
    _log.info("held %s", row.reference)
    return row


def _let_go(conversation_id: str, kept: str) -> int:
    """Delete what the conversation holds, except the one with that digest of its key."""
    with transaction.atomic():
        held = AppointmentRow.objects.filter(
            conversation_id=conversation_id, state=AppointmentState.HELD, offered_to=None
        )
        # Locked first: what is confirmed meanwhile is no hold any more.
        others = AppointmentRow.objects.filter(pk__in=locked_keys(held.exclude(key_digest=kept)))
        return others.delete()[1].get("booking.AppointmentRow", 0)
