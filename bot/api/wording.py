"""The words of `data/service/messages.yml`, with the practice's own details filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.loader import load_practice
from bot.knowledge.model import Practice
from bot.settings import settings


@dataclass(frozen=True, slots=True)
class Wording:
    """What visitors are told; `problems` maps a code to its sentence."""

    greeting: str
    problems: Mapping[str, str]


@cache
def practice() -> Practice:
    """Return the practice of this server, read once. Raises KnowledgeError."""
    return load_practice(settings().data / "practice.yml")


@cache
def wording() -> Wording:
    """Return the words of this server, read once. Raises KnowledgeError."""
    return load_wording(settings().data / "service" / "messages.yml", practice())


def load_wording(path: Path, of: Practice) -> Wording:
    """Return the words of a file with the details of the practice filled in.

    Raises:
        KnowledgeError: names the file and the field, and says what to do.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({type(error).__name__}). Restore it or mend its YAML.") from None
    if not isinstance(content, dict) or not isinstance(content.get("problems"), dict):
        raise KnowledgeError(f"{path}: field 'problems' is missing. Restore it.")
    problems = content["problems"]
    return Wording(
        greeting=_filled(path, "greeting", content.get("greeting"), of),
        problems={code: _filled(path, f"problems.{code}", text, of) for code, text in problems.items()},
    )


def _filled(path: Path, field: str, text: object, of: Practice) -> str:
    if not isinstance(text, str):
        raise KnowledgeError(f"{path}: field {field!r} is not a text. Write a sentence there.")
    try:
        return text.format(phone=of.phone, practice=of.name, emergency_number=of.emergency_number)
    except (KeyError, IndexError, ValueError):
        raise KnowledgeError(
            f"{path}: field {field!r} has braces other than {{phone}}, {{practice}}, {{emergency_number}}. Remove them."
        ) from None
