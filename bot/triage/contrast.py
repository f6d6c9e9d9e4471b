"""What would tell the leading two causes apart."""

from __future__ import annotations

import numpy as np

from bot.case import Case
from bot.knowledge.model import FindingKind, Knowledge
from bot.triage.evidence import gather_evidence
from bot.triage.likelihood import likelihoods_of
from bot.triage.result import Contrast

CLEAR_DIFFERENCE = 3.0
"""A finding tells two causes apart when its likelihood ratios differ by at least this factor."""

_NOT_FELT = frozenset({FindingKind.CONTEXT, FindingKind.ALARM})


def tell_apart(case: Case, first: str, second: str, knowledge: Knowledge) -> Contrast | None:
    """Return one finding for each of two causes that is not known yet and would speak for it against the other one.

    None where there is no such finding for one of them.
    """
    toward_first = _telling(case, first, second, knowledge)
    toward_second = _telling(case, second, first, knowledge)
    if toward_first is None or toward_second is None:
        return None
    names = (knowledge.causes[cause].name for cause in (first, second))
    findings = (knowledge.findings[finding].said for finding in (toward_first, toward_second))
    return Contrast(*names, *findings)


def _telling(case: Case, cause_id: str, other_id: str, knowledge: Knowledge) -> str | None:
    """Return the open sign of the cause that most speaks for it against the other one."""
    tables, known = likelihoods_of(knowledge), gather_evidence(case, knowledge).known
    row, other = (tables.cause_ids.index(item) for item in (cause_id, other_id))
    difference = tables.present[row] - tables.present[other]
    signs = [
        sign.finding
        for sign in knowledge.causes[cause_id].signs
        if sign.finding not in known and knowledge.findings[sign.finding].kind not in _NOT_FELT
    ]
    best = max(signs, key=lambda finding: difference[tables.column[finding]], default=None)
    return best if best is not None and difference[tables.column[best]] >= np.log(CLEAR_DIFFERENCE) else None
