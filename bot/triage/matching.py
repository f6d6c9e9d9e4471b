"""Rank possible causes (being written)."""

from __future__ import annotations

from bot.case import Case
from bot.knowledge.model import Knowledge
from bot.triage.result import Matching


def match_causes(case: Case, knowledge: Knowledge) -> Matching:
    """Return the causes ranked for the case; probabilities sum to 1."""
    raise NotImplementedError
