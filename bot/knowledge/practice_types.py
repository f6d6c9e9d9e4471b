"""Who the practice is, as frozen types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who sees patients. `hours`: weekday 0 (Monday) to 6 -> opening spans in local time."""

    id: str
    name: str
    hours: Mapping[int, tuple[tuple[dt.time, dt.time], ...]]


@dataclass(frozen=True, slots=True)
class VisitType:
    """A kind of appointment. `minutes` is its length, `buffer_minutes` the pause after it."""

    id: str
    name: str
    minutes: int
    buffer_minutes: int
    free: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """Who the practice is.

    Attributes:
        phone: as shown; `phone_e164`: as dialled.
        region: two-letter country for reading phone numbers without a country code.
        closures: local dates on which nobody is seen.
        lead_minutes: shortest time between now and a visit that is offered.
        horizon_days: how far ahead visits are offered.
        hold_minutes: how long a visit is held while the visitor types the details.
        visits_per_phone: coming visits that may be booked under one phone number.
        answers: topic (hours, place, cost, insurance, bring, services, clinicians, privacy) -> what is answered.
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
    hold_minutes: int = 5
    visits_per_phone: int = 4
