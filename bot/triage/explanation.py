"""Tell causes and treatments with their reasons (being written)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Case
from bot.knowledge.model import Knowledge
from bot.triage.result import ExplainedCause, Matching, TreatmentOption


def explain_causes(case: Case, matching: Matching, knowledge: Knowledge) -> tuple[ExplainedCause, ...]:
    """Return at most three causes worth telling, best first; none when nothing fits."""
    raise NotImplementedError


def explain_treatments(case: Case, cause_ids: Sequence[str], knowledge: Knowledge) -> tuple[TreatmentOption, ...]:
    """Return the options for the causes, the founding article's five always among them."""
    raise NotImplementedError
