"""Choose the next question and take its answer (being written)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Case, Question
from bot.knowledge.model import Knowledge


def next_question(case: Case, knowledge: Knowledge) -> Question | None:
    """Return the question to put next, None when enough is known or the limit is reached."""
    raise NotImplementedError


def answer_question(case: Case, question: Question, choice_ids: Sequence[str], knowledge: Knowledge) -> Case:
    """Return the case with the pressed choices taken in and the question marked as asked.

    An empty `choice_ids` only marks it as asked (skipped, or answered in the visitor's own words by a reading).
    """
    raise NotImplementedError
