"""The frozen types of booking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from bot.case import Urgency
from bot.dates.wish import When as When
from bot.dates.wish import Wish as Wish


class AppointmentState(StrEnum):
    """What became of an appointment."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECLINED = "declined"


BOOKED_STATES = (AppointmentState.CONFIRMED, AppointmentState.CHANGED)
"""States in which somebody comes."""


class Patient(StrEnum):
    """Whether the visitor comes for the first time."""

    NEW = "new"
    EXISTING = "existing"


class Party(StrEnum):
    """Who changed an appointment."""

    VISITOR = "visitor"
    STAFF = "staff"
    CALENDAR = "calendar"


class Attention(StrEnum):
    """Why staff have to look at an appointment; `NONE` once somebody accepted it."""

    NONE = "none"
    NEW = "new"
    MOVED_BY_VISITOR = "moved_by_visitor"
    CANCELLED_BY_VISITOR = "cancelled_by_visitor"
    MOVED_IN_CALENDAR = "moved_in_calendar"
    CANCELLED_IN_CALENDAR = "cancelled_in_calendar"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Visit:
    """An opening that can be booked.

    Attributes:
        start: aware, in the practice's time zone; `end` likewise.
        buffer_minutes: pause that the clinician has afterwards, in which nobody else is booked.
    """

    start: dt.datetime
    end: dt.datetime
    clinician_id: str
    visit_type: str
    buffer_minutes: int = 0

    @property
    def id(self) -> str:
        """The visit as one word, for a button: clinician, type and start in ISO 8601."""
        return f"{self.clinician_id}/{self.visit_type}/{self.start.isoformat()}"


@dataclass(frozen=True, slots=True)
class Offers:
    """What a visitor is offered.

    Attributes:
        visits: free visits, best first; empty where nothing may be offered.
        met: False where nothing meets the wish and the visits are the nearest others.
        call: True where the visit must not wait for the first of them, or there is none: say the phone number.
        closed: days that were wished for by themselves, or as a few in a row, and on which the practice is closed.
    """

    visits: tuple[Visit, ...]
    met: bool = True
    call: bool = False
    closed: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Who comes, checked: `phone` in E.164, with `;ext=12` for an extension, `email` normalised; one may be empty.

    All are empty while a visit is only held, and after retention.
    """

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What a visitor asks to hold or to book.

    Attributes:
        key: makes a retry harmless: the same key in the same conversation never takes a second visit; not stored.
        contact: may be empty for `hold_visit`.
        reason: the visitor's own words on why, for staff; stored encrypted.
        patient: None where it was not asked.
        urgency: how soon the visitor needs care; decides which visits may be taken.
        brief: summary of the case for the clinician; stored encrypted, may be empty.
        note: what else the visitor said for staff ("call after 5"); stored encrypted, may be empty.
    """

    key: str
    conversation_id: str
    visit: Visit
    contact: Contact = field(default_factory=Contact)
    reason: str = ""
    patient: Patient | None = None
    urgency: Urgency = Urgency.NONE
    brief: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A stored visit.

    Attributes:
        reference: what visitor and staff quote, for example `FT-7K3M9Q`.
        held_until: end of the hold, aware; None unless the state is HELD.
        uid: UID of the calendar event (RFC 5545), never changes.
        sequence: SEQUENCE of the calendar event (RFC 5545): 0, and one more with each change and with the cancellation.
        attention: why staff have to look at it.
        note: what the visitor said for staff ("call after 5", "ten minutes late"), else empty.
        handled_by: e-mail address of the member of staff who handled it last, else empty.
        handled_at: when, aware, else None.
        offered_to: reference of the waiting entry that this held visit is offered to, else empty.
        time_zone: name of the practice's time zone when it was booked, in which `visit` stands.
    """

    reference: str
    state: AppointmentState
    visit: Visit
    contact: Contact
    reason: str
    conversation_id: str
    created_at: dt.datetime
    held_until: dt.datetime | None = None
    uid: str = ""
    sequence: int = 0
    patient: Patient | None = None
    urgency: Urgency = Urgency.NONE
    brief: str = ""
    attention: Attention = Attention.NONE
    handled_by: str = ""
    handled_at: dt.datetime | None = None
    offered_to: str = ""
    time_zone: str = "UTC"
    note: str = ""

    @property
    def is_booked(self) -> bool:
        """Whether somebody comes, or came."""
        return self.state in BOOKED_STATES
