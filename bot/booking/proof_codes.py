"""Prove by a code in a mail that somebody who lost the reference is who booked a visit."""

from __future__ import annotations

import datetime as dt
import hmac

from django.db import transaction

from bot.booking.announcements import CODE_LIFE, Change, is_mailed, owe_code
from bot.booking.appointments import find_appointments
from bot.booking.outbox_models import MailRow
from bot.booking.visits import Appointment
from bot.settings import settings

MOST_CODES = 3
"""Codes that are sent for one visit within a day: with three tries each, guessing one of a million stays hopeless."""


def sends_codes() -> bool:
    """Tell whether there is a mail server that codes can be sent by."""
    return settings().mail is not None


def visit_under(name: str, phone: str, now: dt.datetime) -> Appointment | None:
    """Return the next coming visit booked with that number (E.164) for somebody who shares a name, else None."""
    names = _words(name)
    coming = (one for one in find_appointments(phone=phone) if one.is_booked and one.visit.end > now)
    shared = [one for one in coming if names & _words(one.contact.name)]
    return min(shared, key=lambda one: one.visit.start, default=None)


def send_code(name: str, phone: str, conversation_id: str, now: dt.datetime) -> None:
    """Owe the mail with the code, within the caller's transaction, where such a visit has an address; else do nothing.

    The caller says the same in both cases: who is no patient learns nothing.
    """
    found = visit_under(name, phone, now)
    if found is None or not is_mailed(found):
        return
    sent = MailRow.objects.filter(uid=found.uid, change=Change.CODE, created_at__gt=now - dt.timedelta(days=1))
    with transaction.atomic():
        if sent.count() < MOST_CODES:
            owe_code(found, f"{conversation_id} {now.isoformat()}")


def proved_visit(name: str, phone: str, code: str, now: dt.datetime) -> Appointment | None:
    """Return the visit whose code that is, None for a wrong or an old one."""
    found = visit_under(name, phone, now)
    if found is None:
        return None
    fresh = MailRow.objects.filter(uid=found.uid, change=Change.CODE, created_at__gt=now - CODE_LIFE)
    return found if any(hmac.compare_digest(row.code, code) for row in fresh) else None


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.casefold().replace(".", " ").split() if len(word) > 1)
