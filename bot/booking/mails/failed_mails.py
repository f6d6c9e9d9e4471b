"""Mails that were given up: what staff see of them, and what they can do about one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bot.booking.announcements import Change
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import MailRow
from bot.errors import AppointmentNotFoundError

# Nobody has to do anything about these; a practice without an address reads its bookings in the console.
_NO_TROUBLE = ("visit_over", "offer_over", "code_over", "no_address", "dealt_with")


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail that was given up.

    Attributes:
        reference: of the appointment.
        for_practice: True where the practice, False where the visitor was to be told.
        failure: why, for example `recipient_refused`, `login_refused`, `no_connection`.
        start: of the visit, aware.
        id: names the mail.
    """

    reference: str
    change: Change
    for_practice: bool
    failure: str
    start: dt.datetime
    failed_at: dt.datetime
    id: int


def failed_mails(limit: int = 50) -> tuple[FailedMail, ...]:
    """Return the mails about coming visits that were given up, newest first: somebody has to do something.

    A mail is left out where a later one about the same visit reached the same recipient: that one says how it stands.
    """
    return tuple(
        FailedMail(row.reference, Change(row.change), row.for_practice, row.failure, row.start, row.failed_at, row.pk)
        for row in _given_up().order_by("-failed_at")[:limit]
        if row.failed_at
    )


def send_again(mail_id: int) -> str:
    """Owe a mail that was given up once more, and return the reference of its appointment.

    The visitor's address is the one of the appointment: that of the mail was deleted when it was given up.

    Raises:
        AppointmentNotFoundError: no such mail was given up, or the visitor's address is deleted.
    """
    row = _one(mail_id)
    address = "" if row.for_practice else _address(row.reference)
    now = timezone.now()
    # Its age counts from now, or it would be given up again at the first failure.
    columns = {"due_at": now, "created_at": now, "failed_at": None, "failure": "", "attempts": 0, "address": address}
    return _changed(row, columns)


def close_failed(mail_id: int) -> str:
    """Take a mail that was given up off the list, because somebody has called; return the appointment's reference.

    Raises:
        AppointmentNotFoundError: no such mail was given up.
    """
    return _changed(_one(mail_id), {"failure": "dealt_with"})


def _given_up() -> QuerySet[MailRow]:
    later = MailRow.objects.filter(
        reference=OuterRef("reference"),
        for_practice=OuterRef("for_practice"),
        pk__gt=OuterRef("pk"),
        sent_at__isnull=False,
    ).exclude(change=Change.CODE)
    rows = MailRow.objects.filter(failed_at__isnull=False, end__gt=timezone.now()).exclude(failure__in=_NO_TROUBLE)
    return rows.exclude(Exists(later))


def _one(mail_id: int) -> MailRow:
    row = _given_up().filter(pk=mail_id).first()
    if row is None:
        raise AppointmentNotFoundError("No such mail was given up.")
    return row


def _address(reference: str) -> str:
    appointment = AppointmentRow.objects.filter(reference=reference).first()
    if appointment is None or not appointment.email:
        raise AppointmentNotFoundError("The address of that visitor is not known any more.")
    return appointment.email


def _changed(row: MailRow, columns: Mapping[str, object]) -> str:
    # Two members of staff may press at once.
    if not MailRow.objects.filter(pk=row.pk, failed_at=row.failed_at, failure=row.failure).update(**columns):
        raise AppointmentNotFoundError("Somebody else has dealt with that mail.")
    return row.reference
