"""How soon the visitor needs care."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Case, Urgency, most_urgent
from bot.knowledge.model import Knowledge
from bot.triage.matching import leading_causes
from bot.triage.result import Matching, RaisedFlag

CLOSE_SHARE = 0.5
"""A cause at least this likely, relative to the first one, has a say in the urgency."""


def judge_urgency(case: Case, flags: Sequence[RaisedFlag], matching: Matching, knowledge: Knowledge) -> Urgency:  # noqa: ARG001
    """Return the most urgent of the raised flags, else what the leading causes ask for, else `Urgency.NONE`.

    The leading causes are those of `leading_causes` that are close to the first one; of two close ones, the more
    urgent decides.
    """
    if flags:
        return most_urgent(flag.level for flag in flags)
    leading = leading_causes(matching)
    close = [cause for cause in leading if cause.probability >= CLOSE_SHARE * leading[0].probability]
    return most_urgent(knowledge.causes[cause.id].urgency for cause in close)
