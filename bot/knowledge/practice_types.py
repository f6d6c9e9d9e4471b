"""Who the practice is, as frozen types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

Span = tuple[dt.time, dt.time]
"""Start and end in local time, the end after the start."""


class Gender(StrEnum):
    """As a clinician states it, for visitors who ask for a woman or a man."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TimeOff:
    """When nobody is seen, or one clinician sees nobody.

    Attributes:
        days: local dates, whole days.
        hours: local date -> spans of a day on which the other hours are kept.
        names: local date -> what the day is called ("Thanksgiving Day"), where the file names it.
    """

    days: frozenset[dt.date] = frozenset()
    hours: Mapping[dt.date, tuple[Span, ...]] = field(default_factory=dict)
    names: Mapping[dt.date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who sees patients.

    Attributes:
        hours: weekday 0 (Monday) to 6 -> opening spans in local time, breaks taken out.
        gender: None where the clinician does not state it.
        languages: names of the languages spoken with patients, for example `Spanish`.
        time_off: when the clinician is away.
    """

    id: str
    name: str
    hours: Mapping[int, tuple[Span, ...]]
    gender: Gender | None = None
    languages: tuple[str, ...] = ()
    time_off: TimeOff = field(default_factory=TimeOff)


@dataclass(frozen=True, slots=True)
class VisitType:
    """A kind of appointment.

    Attributes:
        minutes: its length.
        buffer_minutes: the pause after it.
        new_patients: whether it is for those who come for the first time.
        existing_patients: whether it is for those who have come before.
        clinicians: ids of who offers it; empty for everybody.
    """

    id: str
    name: str
    minutes: int
    buffer_minutes: int
    free: bool
    new_patients: bool = True
    existing_patients: bool = True
    clinicians: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Who the practice is.

    Attributes:
        phone: as shown; `phone_e164`: as dialled.
        region: two-letter country for reading phone numbers without a country code.
        closures: local dates on which nobody is seen, holidays among them; `time_off` has the same with names, and
            hours of other days on which nobody is seen.
        lead_minutes: shortest time between now and a visit that is offered.
        horizon_days: how far ahead visits are offered.
        same_day_lead_minutes: the lead time for cases that have to be seen today.
        soon_days: so many days after today a case that has to be seen soon may wait.
        hold_minutes: how long a visit is held while the visitor types the details.
        cutoff_hours: until so many hours before the visit the visitor may move or cancel it without a call.
        waiting_offer_minutes: how long a freed visit is kept for the person on the waiting list that it is offered to.
        visits_per_phone: coming visits that may be booked under one phone number.
        answers: topic of a practice question (`data/intents.yml`) -> what is answered.
    """

    name: str
    phone: str
    phone_e164: str
    emergency_number: str
    crisis_line: str
    email: str
    address: str
    website: str
    region: str
    time_zone: ZoneInfo
    clinicians: tuple[Clinician, ...]
    visit_types: tuple[VisitType, ...]
    closures: tuple[dt.date, ...]
    lead_minutes: int
    horizon_days: int
    slot_step_minutes: int
    answers: Mapping[str, str]
    same_day_lead_minutes: int = 30
    soon_days: int = 7
    hold_minutes: int = 5
    cutoff_hours: int = 24
    waiting_offer_minutes: int = 120
    visits_per_phone: int = 4
    time_off: TimeOff = field(default_factory=TimeOff)

    @property
    def phone_spellings(self) -> tuple[str, ...]:
        """`phone` as it is written first, then a second spelling in brackets where it has one."""
        first, bracket, second = self.phone.rpartition(" (")
        return (first, bracket.strip() + second) if first and second.endswith(")") else (self.phone,)
