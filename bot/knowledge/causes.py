"""Build causes from the files of `causes/`, one cause a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.case import Urgency
from bot.knowledge.fields import Record, checked_choice
from bot.knowledge.files import read_yaml
from bot.knowledge.model import Cause, Confusion, Frequency, Sign

_SPECIFICITIES = ("high", "moderate", "low")


def load_cause(path: Path, priors: Mapping[str, float], treatments: Mapping[str, tuple[str, ...]]) -> Cause:
    """Return the cause of one file.

    Args:
        path: a file of `causes/`, named after the cause's id.
        priors: cause id -> share among visitors, from the scales.
        treatments: cause id -> ids of the treatments that name the cause.
    """
    record = Record(path, read_yaml(path))
    cause_id = record.id()
    if path.stem != cause_id:
        raise record.error("id", f"differs from the file's name. Name the file {cause_id}.yml.")
    if cause_id not in priors:
        raise record.error("id", "has no prior. Add it to 'priors' in scales.yml.")
    cause = Cause(
        id=cause_id,
        name=record.text("name"),
        phrases=record.texts("phrases", least=1),
        summary=record.text("summary"),
        prior=priors[cause_id],
        signs=record.records("signs", _sign, least=1),
        against=record.texts("against"),
        foot_back=record.text("foot_back", empty=True),
        self_care=record.texts("self_care"),
        clinic_care=record.texts("clinic_care", least=1),
        course=record.text("course"),
        see=_see(record),
        urgency=record.choice("urgency", Urgency),
        treatments=treatments.get(cause_id, ()),
        confused_with=record.records("confused_with", _confusion),
        in_article=record.flag("in_article", default=False),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
    )
    record.end()
    return cause


def _sign(record: Record) -> Sign:
    sign = Sign(
        finding=record.text("finding"),
        frequency=record.choice("frequency", Frequency),
        specificity=record.text("specificity"),
        source=record.text("source", empty=True) or None,
    )
    if sign.specificity not in _SPECIFICITIES:
        raise record.error(
            "specificity", f"{sign.specificity!r} is not allowed. Use one of: {', '.join(_SPECIFICITIES)}."
        )
    return sign


def _see(record: Record) -> Mapping[Urgency, str]:
    levels = {}
    for level, text in record.mapping("see").items():
        if not isinstance(text, str) or not text.strip():
            raise record.error(f"see.{level}", "is empty. Say when this level of care is needed.")
        levels[checked_choice(record, "see", level, Urgency)] = text
    if not levels:
        raise record.error("see", "is empty. Name at least one level of care.")
    return levels


def _confusion(record: Record) -> Confusion:
    return Confusion(
        cause=record.text("cause"),
        question=record.text("question"),
        reading=record.text("reading"),
        findings=record.texts("findings"),
    )
