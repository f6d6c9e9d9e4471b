"""What the actions work with, loaded once a process: knowledge, practice, intents, clock and words of `domain.yml`."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache

import yaml

from bot.case import Case, Question
from bot.knowledge import load_knowledge, load_meanings, load_practice
from bot.knowledge.model import Knowledge, Meanings, Practice
from bot.settings import ROOT, settings
from bot.triage import next_question


@cache
def knowledge() -> Knowledge:
    """Return the knowledge base. Raises KnowledgeError."""
    return load_knowledge(settings().data / "knowledge")


@cache
def practice() -> Practice:
    """Return the practice. Raises KnowledgeError."""
    return load_practice(settings().data / "practice.yml")


@cache
def meanings() -> Meanings:
    """Return what intents mean. Raises KnowledgeError."""
    return load_meanings(settings().data / "intents.yml")


def now() -> dt.datetime:
    """Return the time in the practice's zone."""
    return dt.datetime.now(practice().time_zone)


@lru_cache(maxsize=256)
def question_after(case: Case) -> Question | None:
    """Return the next question of the interview; a form asks for it more than once a turn."""
    return next_question(case, knowledge())


def phrase(response: str, /, **values: str) -> str:
    """Return the text of a response with its placeholders filled, as a part of a longer message."""
    return _texts()[response].format(**values)


@cache
def _texts() -> dict[str, str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {name: variants[0].get("text", "") for name, variants in domain["responses"].items()}
