"""Build the practice from `data/practice.yml`, checked field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from bot.errors import KnowledgeError
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import Clinician, Practice, VisitType

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TOPICS = ("hours", "place", "phone", "cost", "insurance", "bring", "services", "clinicians", "privacy")

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_SHORT_NUMBER = re.compile(r"\d{2,6}")

Span = tuple[dt.time, dt.time]


def read_practice(path: Path) -> Practice:
    """Return the practice of the file; see `bot.knowledge.load_practice`."""
    file = Record(path, read_yaml(path))
    region = _region(file)
    practice = Practice(
        name=file.text("name"),
        phone=file.text("phone"),
        phone_e164=_phone(file),
        emergency_number=_short_number(file, "emergency_number"),
        crisis_line=_short_number(file, "crisis_line"),
        email=file.text("email", empty=True),
        address=file.text("address", empty=True),
        website=file.text("website", empty=True),
        region=region,
        time_zone=_time_zone(file),
        clinicians=file.records("clinicians", _clinician, least=1),
        visit_types=file.records("visit_types", _visit_type, least=1),
        closures=_closures(file),
        lead_minutes=file.whole("lead_minutes", 0, 60 * 24 * 30),
        horizon_days=file.whole("horizon_days", 1, 366),
        slot_step_minutes=file.whole("slot_step_minutes", 5, 240),
        answers=_answers(file),
    )
    file.end()
    _refuse_doubles(path, "clinicians", [clinician.id for clinician in practice.clinicians])
    _refuse_doubles(path, "visit_types", [visit_type.id for visit_type in practice.visit_types])
    return practice


def _region(file: Record) -> str:
    region = file.text("region")
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise file.error("region", f"{region!r} is not a country. Use its two capital letters, for example US.")
    return region


def _phone(file: Record) -> str:
    value = file.text("phone_e164")
    problem = f"{value!r} is not a valid phone number. Write it as it is dialled from abroad, for example +13015550123."
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        raise file.error("phone_e164", problem) from None
    if not phonenumbers.is_valid_number(number) or value != _e164(number):
        raise file.error("phone_e164", problem)
    return value


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _short_number(file: Record, field: str) -> str:
    value = file.text(field)
    if not _SHORT_NUMBER.fullmatch(value):
        raise file.error(field, f"{value!r} is not a short number. Write 2 to 6 digits in quotes, for example '911'.")
    return value


def _time_zone(file: Record) -> ZoneInfo:
    name = file.text("time_zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = f"{name!r} is not a known time zone. Use a name such as America/New_York."
        raise file.error("time_zone", problem) from None


def _clinician(record: Record) -> Clinician:
    return Clinician(id=record.id(), name=record.text("name"), hours=_hours(record))


def _hours(record: Record) -> Mapping[int, tuple[Span, ...]]:
    hours = {}
    for day, spans in record.mapping("hours").items():
        if day not in WEEKDAYS:
            raise record.error(f"hours.{day}", f"is not a weekday. Use one of: {', '.join(WEEKDAYS)}.")
        hours[WEEKDAYS.index(day)] = _spans(record, f"hours.{day}", spans)
    if not hours:
        raise record.error("hours", "is empty. Give at least one weekday.")
    return hours


def _spans(record: Record, field: str, values: Any) -> tuple[Span, ...]:
    if not isinstance(values, list):
        raise record.error(field, "must be a list, for example ['09:00-12:30', '13:30-17:00'].")
    spans = tuple(_span(record, field, value) for value in values)
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise record.error(
                field, "has spans that overlap or are out of order. Write them in order, without overlap."
            )
    return spans


def _span(record: Record, field: str, value: Any) -> Span:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise record.error(field, f"{value!r} is not a span. Write it as '09:00-12:30', in quotes.")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    start, end = dt.time(first_hour, first_minute), dt.time(last_hour, last_minute)
    if start >= end:
        raise record.error(field, f"{value!r} ends before it starts. Swap the two times.")
    return start, end


def _visit_type(record: Record) -> VisitType:
    return VisitType(
        id=record.id(),
        name=record.text("name"),
        minutes=record.whole("minutes", 1, 8 * 60),
        buffer_minutes=record.whole("buffer_minutes", 0, 120),
        free=record.flag("free"),
    )


def _closures(file: Record) -> tuple[dt.date, ...]:
    dates = file.items("closures")
    for value in dates:
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise file.error("closures", f"{value!r} is not a date. Write it as 2026-11-26, without quotes.")
    return tuple(dates)


def _answers(file: Record) -> Mapping[str, str]:
    answers = {}
    for topic, text in file.mapping("answers").items():
        if not isinstance(text, str) or not text.strip():
            raise file.error(f"answers.{topic}", "is empty. Write what visitors are told.")
        answers[topic] = " ".join(text.split())
    if missing := [topic for topic in TOPICS if topic not in answers]:
        raise file.error("answers", f"has no answer for {', '.join(missing)}. Add it.")
    return answers


def _refuse_doubles(path: Path, field: str, ids: list[str]) -> None:
    for position, value in enumerate(ids):
        if value in ids[:position]:
            raise KnowledgeError(
                f"{path}: record {value!r}, field 'id': stands twice in {field}. Rename one of the two."
            )
