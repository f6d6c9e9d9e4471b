"""Delete what is not needed any more: who came, called, wrote or waited, and holds that came to nothing."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q, QuerySet

from bot.booking.models import OPEN_WAITING, AppointmentRow, CallBackRow, PracticeMessageRow, WaitingRow
from bot.booking.requests import CallBackState, MessageState
from bot.booking.storage.locking import locked_keys
from bot.booking.visits import AppointmentState

# A hold that came to nothing holds a reason at most; a day is enough to look into a complaint.
_HOLD_LIFE = dt.timedelta(days=1)
_NOBODY = {"name": "", "phone": "", "email": "", "reason": "", "brief": "", "note": ""}
_NOBODY |= {"phone_index": "", "email_index": ""}
_log = logging.getLogger(__name__)


def clear_old_contacts(now: dt.datetime, days: int) -> int:
    """Delete contact details that were last needed more than `days` before `now` (aware); return how many rows changed.

    Of a visit that is over the row stays without its contact, reason and brief, so that the practice can count visits.
    Closed call-back requests, messages and places on the waiting list go as a whole, holds that came to nothing after a
    day. Twice gives the same.
    """
    before = now - dt.timedelta(days=days)
    with transaction.atomic():
        over = AppointmentRow.objects.filter(end__lt=before).exclude(phone_index="", email_index="")
        count = over.update(**_NOBODY)
        ended = Q(state=AppointmentState.EXPIRED, held_until__lt=now - _HOLD_LIFE)
        count += _delete(AppointmentRow.objects.filter(ended).exclude(offered_to__state__in=OPEN_WAITING))
        count += _delete(CallBackRow.objects.exclude(state=CallBackState.OPEN).filter(handled_at__lt=before))
        count += _delete(PracticeMessageRow.objects.exclude(state=MessageState.OPEN).filter(handled_at__lt=before))
        count += _delete(WaitingRow.objects.exclude(state__in=OPEN_WAITING).filter(created_at__lt=before))
    if count:
        _log.info("cleared %s booking rows after %s days", count, days)
    return count


def _delete(
    rows: QuerySet[AppointmentRow] | QuerySet[CallBackRow] | QuerySet[PracticeMessageRow] | QuerySet[WaitingRow],
) -> int:
    # Locked first: what is confirmed or opened again meanwhile stays.
    return sum(rows.model._default_manager.filter(pk__in=locked_keys(rows)).delete()[1].values())
