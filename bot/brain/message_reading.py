"""The NLU component that puts what `bot.reading` reads into Rasa's entities."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.untrained import UntrainedComponent
from bot.case import Choice, Question, Reading
from bot.knowledge import load_knowledge
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader
from bot.settings import settings

EXTRACTOR = "FindingReader"


@cache
def known() -> Knowledge:
    """Return the knowledge base of this process's brain."""
    return load_knowledge(settings().data / "knowledge")


@cache
def symptom_reader() -> SymptomReader:
    """Return the reader of this process, made once from the knowledge on disk."""
    return SymptomReader(known())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FindingReader(UntrainedComponent):
    """Appends what a message says as entities; nothing is trained.

    Entities: `finding` (value: finding id; `status`, `side`, `tense`, `start`, `end`), `duration_days`,
    `severity_0_10`, `age_years`, `who` where they were read, one `named_cause` (value: cause id) for each
    cause that the visitor names as the own one, one `site` for each body site named, one `feared` and one `tried` for
    each fear and each treatment used that the message names.

    The pending question, to which a bare "yes" binds, is taken from the message's metadata (`question`); the host
    puts it there. Without a host (`rasa test`, `rasa shell`) there is none.
    """

    def __init__(self, reader: SymptomReader) -> None:
        self._reader = reader

    @classmethod
    def made(cls, _config: dict[str, Any]) -> FindingReader:
        """Return the component with the reader of this process."""
        return cls(symptom_reader())

    def process(self, messages: list[Message]) -> list[Message]:
        """Append entities to every message."""
        for message in messages:
            text = message.get(TEXT) or ""
            question = question_from((message.get("metadata") or {}).get("question"))
            entities = [
                *message.get(ENTITIES, []),
                *_entities_of(self._reader.read(text, question)),
                *(_entity("site", site) for site in self._reader.sites(text)),
                *(_entity("feared", fear) for fear in self._reader.feared(text)),
                *(_entity("tried", treatment) for treatment in self._reader.tried(text)),
            ]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def question_from(value: Mapping[str, Any] | str | None) -> Question | None:
    """Return the question that the slot `question` holds, as JSON values or as JSON text; None when it holds none."""
    if not value:
        return None
    fields = dict(json.loads(value) if isinstance(value, str) else value)
    fields["choices"] = tuple(Choice(id=choice["id"], label=choice["label"]) for choice in fields.get("choices", ()))
    fields["findings"] = tuple(fields.get("findings", ()))
    return Question(**fields)


def _entities_of(reading: Reading) -> Iterator[dict[str, Any]]:
    for finding in reading.findings:
        yield {
            **_entity("finding", finding.id, finding.start, finding.end),
            "status": finding.status.value,
            "side": finding.side.value if finding.side else None,
            "tense": finding.tense.value,
        }
    said = {
        "duration_days": reading.duration_days,
        "severity_0_10": reading.severity_0_10,
        "age_years": reading.age_years,
        "who": reading.who.value if reading.who else None,
    }
    yield from (_entity(name, value) for name, value in said.items() if value is not None)
    yield from (_entity("named_cause", cause) for cause in reading.named_causes)


def _entity(name: str, value: str | int, start: int = 0, end: int = 0) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": start, "end": end, "extractor": EXTRACTOR}
