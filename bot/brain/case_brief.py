"""The clinician brief of the conversation that a tracker holds."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.message_reading import known
from bot.case import Case
from bot.knowledge import load_practice
from bot.knowledge.model import Practice
from bot.settings import settings
from bot.triage import make_brief


def brief_of(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """Return the brief as plain values, None where nothing was told yet."""
    case = Case.from_json(tracker.get_slot("case"))
    return make_brief(case, known(), _practice()).to_json() if case.findings else None


@cache
def _practice() -> Practice:
    return load_practice(settings().data / "practice.yml")
