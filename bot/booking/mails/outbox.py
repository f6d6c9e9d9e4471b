"""Work off the stored mails: each is sent, tried again with longer and longer pauses, or visibly given up."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from bot.booking.announcements import CODE_LIFE, REMINDERS, Change
from bot.booking.mails.message import practice_address, send
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import EventRow, MailRow, OwedColumns
from bot.booking.visits import AppointmentState
from bot.knowledge.model import Practice
from bot.settings import MailSettings

LEASE = dt.timedelta(minutes=3)
"""How long a row belongs to whoever took it: longer than a try takes. A process that is killed leaves it until then."""

_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
_LONGEST_WAIT = dt.timedelta(days=2)
_KEPT = dt.timedelta(days=30)
_log = logging.getLogger(__name__)
_Row = TypeVar("_Row", bound=OwedColumns)


def send_due(practice: Practice, server: MailSettings, lease: dt.timedelta = LEASE) -> bool:
    """Send every mail that is due; return False where the server cannot be reached, so the rest has to wait."""
    tried: set[int] = set()
    while (row := claim(MailRow, lease, tried, ordered=True)) is not None:
        tried.add(row.pk)
        if not _work(row, practice, server):
            return False
    return True


def claim(model: type[_Row], lease: dt.timedelta, tried: set[int], *, ordered: bool = False) -> _Row | None:
    """Take the row that is due longest, so that no other process works it until the lease ends; None for no row.

    Args:
        model: whose rows are worked off.
        lease: how long the row is taken for; its new `due_at` tells whether anybody else touched it meanwhile.
        tried: ids that are not taken again.
        ordered: True leaves a mail where an earlier one of the same appointment to the same recipient is still owed.
    """
    now = timezone.now()
    due = model._default_manager.filter(due_at__lte=now).exclude(pk__in=tried)
    if not due.exists():
        return None
    with transaction.atomic():
        for row in due.select_for_update(skip_locked=True).order_by("due_at", "pk")[:100]:
            if ordered and isinstance(row, MailRow) and _waits_for_another(row):
                continue
            row.due_at = now + lease
            row.save(update_fields=["due_at"])
            return row
    return None


def pause_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many failed tries."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def delete_old() -> int:
    """Delete what is kept of mails and events whose visit is long over; return how many."""
    over = {"due_at__isnull": True, "end__lt": timezone.now() - _KEPT}
    return sum(model._default_manager.filter(**over).delete()[0] for model in (MailRow, EventRow))


def _waits_for_another(row: MailRow) -> bool:
    earlier = MailRow.objects.filter(reference=row.reference, for_practice=row.for_practice, pk__lt=row.pk)
    return earlier.filter(due_at__isnull=False).exists()


def _work(row: MailRow, practice: Practice, server: MailSettings) -> bool:
    now = timezone.now()
    if row.for_practice and not practice_address(practice, server):
        _finish(row, failure="no_address")
    elif not row.for_practice and now >= (row.start if row.change in REMINDERS else row.end):
        _finish(row, failure="visit_over")
    elif row.change == Change.CODE and now >= row.created_at + CODE_LIFE:
        _finish(row, failure="code_over")
    elif row.change == Change.OFFERED and not _is_offered(row, now):
        _finish(row, failure="offer_over")
    else:
        return _try(row, practice, server)
    return True


def _is_offered(row: MailRow, now: dt.datetime) -> bool:
    return AppointmentRow.objects.filter(uid=row.uid, state=AppointmentState.HELD, held_until__gt=now).exists()


def _try(row: MailRow, practice: Practice, server: MailSettings) -> bool:
    try:
        send(row, practice, server)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        failure, final, reached = _meaning(error)
        _log.warning("mail not sent: %s %s, %s (%s)", row.change, row.reference, failure, type(error).__name__)
        if final or timezone.now() - row.created_at > _LONGEST_WAIT:
            _finish(row, failure=failure)
        else:
            _postpone(row, failure)
        return reached
    _log.info("mail sent: %s %s", row.change, row.reference)
    _finish(row)
    return True


def _meaning(error: Exception) -> tuple[str, bool, bool]:
    """Return a word for the failure, whether another try is useless, and whether the server can be reached."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return "recipient_refused", bool(codes) and all(code >= 500 for code in codes), True
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "login_refused", False, False
    if isinstance(error, smtplib.SMTPDataError):
        return "mail_refused", error.smtp_code >= 500, True
    if isinstance(error, smtplib.SMTPSenderRefused):
        return "sender_refused", False, True
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "encryption_not_offered", False, False
    # A certificate that cannot be trusted is a ValueError too.
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "address_not_usable", True, True
    return "no_connection", False, False


def _postpone(row: MailRow, failure: str) -> None:
    attempts = row.attempts + 1
    due_at = timezone.now() + pause_after(attempts)
    MailRow.objects.filter(pk=row.pk, due_at=row.due_at).update(attempts=attempts, due_at=due_at, failure=failure)


def _finish(row: MailRow, *, failure: str = "") -> None:
    # The address has served; a queue must not become an address book.
    row.due_at, row.failure, row.address, row.attempts = None, failure, "", row.attempts + 1
    row.sent_at, row.failed_at = (None, timezone.now()) if failure else (timezone.now(), None)
    row.save()
