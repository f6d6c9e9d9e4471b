"""Build the practice from `data/practice.yml`, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from bot.errors import KnowledgeError
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.practice_hours import read_hours, read_time_off
from bot.knowledge.practice_types import Clinician, Gender, Practice, VisitType

_SHORT_NUMBER = re.compile(r"\d{2,6}")


def read_practice(path: Path) -> Practice:
    """Return the practice of the file; see `bot.knowledge.load_practice`."""
    file = Record(path, read_yaml(path))
    region = _region(file)
    time_off = read_time_off(file, "closures")
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
        closures=tuple(sorted(time_off.days)),
        time_off=time_off,
        lead_minutes=file.whole("lead_minutes", 0, 60 * 24 * 30),
        horizon_days=file.whole("horizon_days", 1, 366),
        slot_step_minutes=file.whole("slot_step_minutes", 5, 240),
        same_day_lead_minutes=file.whole("same_day_lead_minutes", 0, 60 * 12),
        soon_days=file.whole("soon_days", 1, 30),
        hold_minutes=file.whole("hold_minutes", 1, 60),
        cutoff_hours=file.whole("cutoff_hours", 0, 24 * 14),
        waiting_offer_minutes=file.whole("waiting_offer_minutes", 5, 24 * 60),
        visits_per_phone=file.whole("visits_per_phone", 1, 50),
        answers=_answers(file),
    )
    file.end()
    _refuse_doubles(path, "clinicians", [clinician.id for clinician in practice.clinicians])
    _refuse_doubles(path, "visit_types", [visit_type.id for visit_type in practice.visit_types])
    _refuse_unknown_clinicians(path, practice)
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
    return Clinician(
        id=record.id(),
        name=record.text("name"),
        hours=read_hours(record),
        gender=record.choice("gender", Gender) if record.has("gender") else None,
        languages=record.texts("languages"),
        time_off=read_time_off(record, "days_off"),
    )


def _visit_type(record: Record) -> VisitType:
    visit_type = VisitType(
        id=record.id(),
        name=record.text("name"),
        minutes=record.whole("minutes", 1, 8 * 60),
        buffer_minutes=record.whole("buffer_minutes", 0, 120),
        free=record.flag("free"),
        new_patients=record.flag("new_patients", default=True),
        existing_patients=record.flag("existing_patients", default=True),
        clinicians=record.texts("clinicians"),
    )
    if not visit_type.new_patients and not visit_type.existing_patients:
        raise record.error(
            "existing_patients", "is false like new_patients, so nobody may come. Make one of them true."
        )
    return visit_type


def _answers(file: Record) -> Mapping[str, str]:
    answers = {}
    for topic, text in file.mapping("answers").items():
        if not isinstance(text, str) or not text.strip():
            raise file.error(f"answers.{topic}", "is empty. Write what visitors are told.")
        answers[topic] = " ".join(text.split())
    return answers


def _refuse_doubles(path: Path, field: str, ids: list[str]) -> None:
    for position, value in enumerate(ids):
        if value in ids[:position]:
            raise KnowledgeError(
                f"{path}: record {value!r}, field 'id': stands twice in {field}. Rename one of the two."
            )


def _refuse_unknown_clinicians(path: Path, practice: Practice) -> None:
    known = [clinician.id for clinician in practice.clinicians]
    for visit_type in practice.visit_types:
        for name in visit_type.clinicians:
            if name not in known:
                raise KnowledgeError(
                    f"{path}: record {visit_type.id!r}, field 'clinicians': {name!r} is nobody's id. "
                    f"Use one of: {', '.join(known)}."
                )
