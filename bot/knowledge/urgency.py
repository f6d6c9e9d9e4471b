"""Build the rules that make a cause more urgent than it usually is."""

from __future__ import annotations

from pathlib import Path

from bot.case import Urgency
from bot.knowledge.criteria import required_criterion
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import SoonerRule


def load_sooner_rules(path: Path) -> tuple[SoonerRule, ...]:
    """Return the rules of `urgency.yml`. Raises KnowledgeError."""
    file = Record(path, read_yaml(path))
    found = file.records("sooner", _rule, least=1)
    file.end()
    return found


def _rule(record: Record) -> SoonerRule:
    return SoonerRule(
        id=record.id(),
        level=record.choice("level", Urgency),
        criteria=required_criterion(record, "criteria"),
        causes=record.texts("causes"),
        why=record.text("why"),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
    )
