"""What has to be told to whom after an appointment changed, stored in the transaction of the change itself."""

from __future__ import annotations

import logging
from enum import StrEnum

from bot.booking.visits import Appointment

_log = logging.getLogger(__name__)


class Change(StrEnum):
    """What happened to an appointment, or is due."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    REMINDED = "reminded"
    OFFERED = "offered"


def announce(appointment: Appointment, change: Change) -> None:
    """Store what is owed after a change: mails to the visitor and the practice, the event in the calendar.

    Call it inside the transaction that stores the change: what is owed exists if and only if the change does. Nothing
    is sent here.

    Args:
        appointment: as it is after the change; for `OFFERED` with the visit that is offered.
        change: what happened.
    """
    _log.info("%s %s", change, appointment.reference)
