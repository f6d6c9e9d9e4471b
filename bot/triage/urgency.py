"""How soon the visitor needs care (being written)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Case, Urgency
from bot.knowledge.model import Knowledge
from bot.triage.result import Matching, RaisedFlag


def judge_urgency(case: Case, flags: Sequence[RaisedFlag], matching: Matching, knowledge: Knowledge) -> Urgency:
    """Return the most urgent of the raised flags, else what the leading causes ask for, else `Urgency.NONE`."""
    raise NotImplementedError
