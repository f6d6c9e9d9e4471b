"""What has to be told to whom after an appointment changed, stored in the transaction of the change itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from bot.booking.outbox_models import EventRow, MailRow
from bot.booking.visits import Appointment, Contact
from bot.settings import settings

_log = logging.getLogger(__name__)


class Change(StrEnum):
    """What happened to an appointment, or is due."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    REMINDED = "reminded"
    REMINDED_WEEK = "reminded_week"
    OFFERED = "offered"
    CODE = "code"


REMINDERS = (Change.REMINDED, Change.REMINDED_WEEK)
TOLD_TO_PRACTICE = (Change.BOOKED, Change.CHANGED, Change.CANCELLED, Change.DECLINED)
"""What the practice is told by mail; that it declined a visit itself, only where the mail changes its calendar."""

CODE_LIFE = dt.timedelta(minutes=30)
"""How long the code of a mail proves who booked."""

_IN_CALENDAR = (Change.BOOKED, Change.CHANGED, Change.CANCELLED, Change.DECLINED)

mail_bell, calendar_bell = threading.Event(), threading.Event()
"""Set when something new is owed, in the process that stored it."""


def announce(appointment: Appointment, change: Change) -> None:
    """Store what is owed after a change: mails to the visitor and the practice, the event in the calendar.

    Call it inside the transaction that stores the change: what is owed exists if and only if the change does. Nothing
    is sent here. The same change of the same appointment is owed once, however often it is announced.

    Args:
        appointment: as it is after the change; for `OFFERED` with the visit that is offered.
        change: what happened.
    """
    here = settings()
    if here.mail and is_mailed(appointment):
        _owe_mail(appointment, change, here.mail.sender, for_practice=False)
    if here.mail and change in TOLD_TO_PRACTICE and (change is not Change.DECLINED or invites_practice()):
        _owe_mail(appointment, change, here.mail.sender, for_practice=True)
    if here.calendar and change in _IN_CALENDAR:
        owe_event(appointment)
    transaction.on_commit(_ring)


def invites_practice() -> bool:
    """Tell whether visits get into the practice's calendar by invitations: Instep can read it but not write it."""
    here = settings()
    return here.mail is not None and here.busy_feeds is not None and here.calendar is None


def is_mailed(appointment: Appointment) -> bool:
    """Tell whether the visitor gets mails about the appointment: there is an address, and a mail server."""
    return can_mail(appointment.contact)


def can_mail(contact: Contact) -> bool:
    """Tell whether mails can reach somebody: there is an address, and a mail server."""
    return settings().mail is not None and bool(contact.email)


def owe_code(appointment: Appointment, request: str) -> None:
    """Owe the visitor the mail with a code, within the caller's transaction; `request` tells one code from another."""
    here = settings()
    if here.mail and is_mailed(appointment):
        _owe_mail(appointment, Change.CODE, here.mail.sender, for_practice=False, told=request)
        transaction.on_commit(_ring)


def _ring() -> None:
    mail_bell.set()
    calendar_bell.set()


def owe_event(appointment: Appointment) -> None:
    """Let the event of the appointment be brought into step with it."""
    owed = {"uid": appointment.uid, "due_at": timezone.now(), "attempts": 0, "failure": ""}
    EventRow.objects.update_or_create(reference=appointment.reference, defaults=owed)


def _owe_mail(appointment: Appointment, change: Change, sender: str, *, for_practice: bool, told: str = "") -> None:
    visit = appointment.visit
    # A reminder and an offer belong to a time, the others to a state of the appointment.
    told = told or (visit.id if change in (*REMINDERS, Change.OFFERED) else str(appointment.sequence))
    key = "\0".join((appointment.uid, change, told, str(for_practice)))
    digest = hashlib.sha256(key.encode()).hexdigest()
    _, new = MailRow.objects.get_or_create(
        key_digest=digest,
        defaults={
            "message_id": f"<{digest[:40]}@{sender.rpartition('@')[2]}>",
            "for_practice": for_practice,
            "address": "" if for_practice else appointment.contact.email,
            "change": change,
            "reference": appointment.reference,
            "uid": appointment.uid,
            "sequence": appointment.sequence,
            "clinician_id": visit.clinician_id,
            "visit_type": visit.visit_type,
            "start": visit.start,
            "end": visit.end,
            "time_zone": appointment.time_zone,
        },
    )
    if new:
        _log.info("mail owed: %s %s", change, appointment.reference)
