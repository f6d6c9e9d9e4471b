"""Red flags over everything said so far (being written)."""

from __future__ import annotations

from bot.case import Case
from bot.knowledge.model import Knowledge, Practice
from bot.triage.result import RaisedFlag


def screen_red_flags(case: Case, knowledge: Knowledge, practice: Practice) -> tuple[RaisedFlag, ...]:
    """Return the red flags that hold for the case, most urgent first, those of `case.raised` included."""
    raise NotImplementedError
