"""Build red flags and their criteria."""

from __future__ import annotations

from pathlib import Path

from bot.case import Urgency
from bot.knowledge.criteria import optional_criterion, required_criterion
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import RedFlag


def load_red_flags(path: Path) -> tuple[RedFlag, ...]:
    """Return the red flags in the order of the file: the earlier of two with the same level is told first."""
    file = Record(path, read_yaml(path))
    flags = file.records("red_flags", _red_flag, least=1)
    file.end()
    return flags


def _red_flag(record: Record) -> RedFlag:
    return RedFlag(
        id=record.id(),
        name=record.text("name"),
        level=record.choice("level", Urgency),
        criteria=required_criterion(record, "criteria"),
        escalate=optional_criterion(record, "escalate"),
        suspicion=optional_criterion(record, "suspicion"),
        question=record.text("question", empty=True),
        raises=record.texts("raises"),
        advice=record.text("advice"),
        escalated_advice=record.text("escalated_advice", empty=True),
        regions=record.texts("regions"),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
        delicate=record.flag("delicate", default=False),
    )
