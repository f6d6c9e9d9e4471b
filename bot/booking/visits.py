"""The frozen types of booking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class AppointmentState(StrEnum):
    """What became of an appointment."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECLINED = "declined"


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
class When:
    """A date phrase as understood; None where it was not said.

    Attributes:
        date: the day named; the first one of several ("this weekend").
        time: local time of day named; the first one of a range.
        part_of_day: morning, afternoon or evening.
        last_date: last day where several were named, else None.
        until: end of a range of times ("between 2 and 4"), else None.
        bound: `after` or `before` where the time is a limit ("after 4"), else None.
        not_weekdays: weekdays that are ruled out ("but not Thursdays"), 0 for Monday to 6.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    part_of_day: str | None = None
    last_date: dt.date | None = None
    until: dt.time | None = None
    bound: str | None = None
    not_weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Who comes, checked: `phone` in E.164, with `;ext=12` where there is an extension, `email` normalised or empty."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What a visitor asks to book. `key` makes a retry harmless: the same key never books twice."""

    key: str
    conversation_id: str
    visit: Visit
    contact: Contact
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A stored visit. `reference` is what visitor and staff quote, for example `FT-7K3M9Q`."""

    reference: str
    state: AppointmentState
    visit: Visit
    contact: Contact
    reason: str
    conversation_id: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CallBack:
    """A visitor's request to be called by the practice."""

    reference: str
    contact: Contact
    reason: str
    conversation_id: str
    created_at: dt.datetime
