"""Build what visitors fear, and the words that express a fear or a treatment that was tried."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import Fear, Mentions


def load_fears(path: Path) -> tuple[tuple[Fear, ...], Mentions]:
    """Return the fears in the order of the file, and the words around them."""
    file = Record(path, read_yaml(path))
    mentions = Mentions(worry=file.texts("worry", least=1), tried=file.texts("tried", least=1))
    fears = file.records("fears", _fear, least=1)
    file.end()
    return fears, mentions


def _fear(record: Record) -> Fear:
    return Fear(
        id=record.id(),
        name=record.text("name"),
        phrases=record.texts("phrases", least=1),
        causes=record.texts("causes"),
        red_flags=record.texts("red_flags"),
        signs=record.texts("signs", least=1),
        usual=record.text("usual"),
        change=record.text("change"),
        sources=record.texts("sources", least=1),
    )
