"""Read `data/knowledge/` and `data/practice.yml` into frozen types (being written)."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.model import Knowledge, Practice


def load_knowledge(folder: Path) -> Knowledge:
    """Return every record of `folder` (`data/knowledge`), checked.

    Raises:
        KnowledgeError: names file, id and field, and says what to do.
    """
    raise NotImplementedError


def load_practice(path: Path) -> Practice:
    """Return the practice that `path` (`data/practice.yml`) describes, checked.

    Raises:
        KnowledgeError: names file and field, and says what to do.
    """
    raise NotImplementedError
