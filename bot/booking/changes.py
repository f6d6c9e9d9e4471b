"""Change, cancel and decline a booked visit."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from bot.booking.announcements import Change, announce
from bot.booking.holds import release_holds
from bot.booking.models import OPEN_WAITING, AppointmentRow
from bot.booking.offers import check_offered, next_best
from bot.booking.requests import WaitingState
from bot.booking.storage.cells import give_up, is_occupied, make_room, occupy
from bot.booking.storage.records import appointment, times_of
from bot.booking.storage.references import key_digest, tidy_reference
from bot.booking.storage.waiting_records import close_waiting, end_offer
from bot.booking.visits import BOOKED_STATES, Appointment, AppointmentState, Attention, Party, Visit, VisitRequest
from bot.errors import AlreadyHandledError, AppointmentClosedError, AppointmentNotFoundError, SlotTakenError
from bot.knowledge.model import Practice

_DEADLOCK = "40P01"  # PostgreSQL, "deadlock_detected"
_MOVED = {Party.VISITOR: Attention.MOVED_BY_VISITOR, Party.CALENDAR: Attention.MOVED_IN_CALENDAR}
_CANCELLED = {Party.VISITOR: Attention.CANCELLED_BY_VISITOR, Party.CALENDAR: Attention.CANCELLED_IN_CALENDAR}
_log = logging.getLogger(__name__)


def change_visit(
    reference: str,
    visit: Visit,
    *,
    by: Party,
    now: dt.datetime,
    practice: Practice | None = None,
    staff: str = "",
    sequence: int | None = None,
) -> Appointment:
    """Move a booked visit within the caller's transaction, announce it, and return it; the uid stays.

    What the conversation holds is let go when the visitor moves the visit: the hold was for that. Moving it to where it
    is changes nothing and announces nothing.

    Args:
        reference: of the appointment.
        visit: the new one; its type may differ.
        by: who moves it.
        now: aware.
        practice: whose schedule must have the new visit; None checks only that it has not begun.
        staff: e-mail address of the member of staff, where `by` is STAFF.
        sequence: the `Appointment.sequence` that the member of staff saw; None for whatever it is.

    Raises:
        SlotTakenError: the new visit cannot be had; carries the next best. The old one is kept.
        AppointmentClosedError: it was cancelled or declined, or is over.
        AlreadyHandledError: it was changed since `sequence`.
        AppointmentNotFoundError: there is no such reference.
    """
    with transaction.atomic():
        row = locked_row(reference)
        was = appointment(row)
        check_booked(row, now)
        if (visit.start, visit.end, visit.clinician_id) == (was.visit.start, was.visit.end, was.visit.clinician_id):
            return was
        _check_unchanged(row, sequence)
        check_offered(VisitRequest("", row.conversation_id, visit), now, practice, moving=row.reference)
        _take(row, visit, now, practice, by)
        return store_move(row, visit, by, now, staff)


def store_move(row: AppointmentRow, visit: Visit, by: Party, now: dt.datetime, staff: str = "") -> Appointment:
    """Store and announce a booked visit, locked by the caller, at its new time, and return it; the cells are taken."""
    for name, value in times_of(visit).items():
        setattr(row, name, value)
    row.state, row.sequence = AppointmentState.CHANGED, row.sequence + 1
    _mark(row, _MOVED.get(by, Attention.NONE), staff, now)
    row.save()
    changed = appointment(row)
    announce(changed, Change.CHANGED)
    _log.info("changed %s by %s", row.reference, by)
    return changed


def cancel_visit(
    reference: str, *, by: Party = Party.VISITOR, now: dt.datetime | None = None, staff: str = ""
) -> Appointment:
    """Cancel a booked visit within the caller's transaction, free its time and its key, announce it, and return it.

    One that is not booked any more is returned as it is: the replay of a cancellation does nothing. A visit that is
    only held is let go without an announcement.

    Raises:
        AppointmentNotFoundError: there is no such reference.
    """
    return _end(reference, AppointmentState.CANCELLED, by, now or timezone.now(), staff)


def decline_visit(reference: str, *, staff: str, now: dt.datetime, sequence: int | None = None) -> Appointment:
    """Decline a booked visit in the name of the practice; as `cancel_visit` otherwise.

    One that the same member of staff declined is returned as it is.

    Raises:
        AppointmentNotFoundError: there is no such reference.
        AppointmentClosedError: it is not booked any more.
        AlreadyHandledError: it was changed since `sequence`.
    """
    with transaction.atomic():
        row = locked_row(reference)
        if (row.state, row.handled_by) == (AppointmentState.DECLINED, staff):
            return appointment(row)
        check_booked(row, now)
        _check_unchanged(row, sequence)
        return _end(reference, AppointmentState.DECLINED, Party.STAFF, now, staff)


def locked_row(reference: str) -> AppointmentRow:
    """Return the row, locked until the transaction ends. Raises AppointmentNotFoundError."""
    rows = AppointmentRow.objects.select_for_update()
    row = rows.filter(reference=tidy_reference(reference)).first()
    if row is None:
        raise AppointmentNotFoundError("There is no appointment with that reference: check it letter by letter.")
    return row


def check_booked(row: AppointmentRow, now: dt.datetime) -> None:
    """Refuse a row that is not booked any more, or is over. Raises AppointmentClosedError."""
    if row.state not in BOOKED_STATES or row.end <= now:
        raise AppointmentClosedError("The appointment is cancelled, declined or over: book a new one.")


def _check_unchanged(row: AppointmentRow, sequence: int | None) -> None:
    if sequence is not None and row.sequence != sequence:
        raise AlreadyHandledError("The appointment was changed meanwhile: look at it again.", row.handled_by)


def _take(row: AppointmentRow, visit: Visit, now: dt.datetime, practice: Practice | None, by: Party) -> None:
    own = row.conversation_id if by is Party.VISITOR else ""
    if is_occupied(visit, now, own, moving=row.reference):
        raise _taken(visit, now, practice)
    try:
        with transaction.atomic():
            give_up(row)
            if own:
                release_holds(own)
            make_room(visit, now)
            occupy(row, visit)
    except (IntegrityError, OperationalError) as error:
        # Two that swap their times wait for each other; PostgreSQL ends one of them.
        if isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") != _DEADLOCK:
            raise
        raise _taken(visit, now, practice) from None


def _taken(visit: Visit, now: dt.datetime, practice: Practice | None) -> SlotTakenError:
    return SlotTakenError("The new visit is not free any more: offer others.", next_best(visit, now, practice))


def _end(reference: str, state: AppointmentState, by: Party, now: dt.datetime, staff: str) -> Appointment:
    with transaction.atomic():
        row = locked_row(reference)
        was_booked = row.state in BOOKED_STATES
        if not was_booked and row.state != AppointmentState.HELD:
            return appointment(row)
        give_up(row)
        # The key is given up too: who books the same again afterwards means a new appointment.
        row.key_digest = key_digest("ended", row.reference)
        row.state = state if was_booked else AppointmentState.EXPIRED
        if was_booked:
            row.sequence += 1
            _mark(row, _CANCELLED.get(by, Attention.NONE), staff, now)
            for place in row.waiting.select_for_update().filter(state__in=OPEN_WAITING):
                end_offer(place)
                close_waiting(place, WaitingState.LEFT)
        row.save()
        ended = appointment(row)
        if was_booked:
            announce(ended, Change.DECLINED if state is AppointmentState.DECLINED else Change.CANCELLED)
    _log.info("%s %s by %s", ended.state, row.reference, by)
    return ended


def _mark(row: AppointmentRow, attention: Attention, staff: str, now: dt.datetime) -> None:
    row.attention = attention
    row.handled_by, row.handled_at = staff, now if staff else None
