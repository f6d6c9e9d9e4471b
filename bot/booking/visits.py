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
    """An opening that can be booked. `start` and `end` are aware, in the practice's time zone."""

    start: dt.datetime
    end: dt.datetime
    clinician_id: str
    visit_type: str

    @property
    def id(self) -> str:
        """The visit as one word, for a button: clinician, type and start in ISO 8601."""
        return f"{self.clinician_id}/{self.visit_type}/{self.start.isoformat()}"


@dataclass(frozen=True, slots=True)
class When:
    """A date phrase as understood; None where it was not said. `part_of_day`: morning, afternoon or evening."""

    date: dt.date | None = None
    time: dt.time | None = None
    part_of_day: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Who comes, checked: `phone` in E.164, `email` normalised or empty."""

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
