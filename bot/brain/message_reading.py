"""The NLU component that has `bot.reading` read a message, once, and carries the finished reading on the message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.rasa_commands import stream_answers
from bot.brain.untrained import UntrainedComponent
from bot.case import Case, Question
from bot.knowledge import load_knowledge, load_meanings
from bot.knowledge.model import Knowledge, Meanings
from bot.reading import MessageReader, SymptomReader
from bot.reading.acts import Classified, Named
from bot.reading.learned.added_heads import FILE as HEADS
from bot.settings import settings

READING = "reading"
"""Where a message carries its reading (`bot.case.Reading.to_json`), beside `intent` and `entities`."""

CLAUSES = "clause_intents"
"""Where the intent classifier puts the intents of the clauses: `intent`, `confidence`, `start` and `end` of each."""


@cache
def known() -> Knowledge:
    """Return the knowledge base of this process's brain."""
    return load_knowledge(settings().data / "knowledge")


@cache
def meanings() -> Meanings:
    """Return what intents mean to this process's brain."""
    return load_meanings(settings().data / "intents.yml")


@cache
def message_reader() -> MessageReader:
    """Return the reader of this process, made once from the knowledge on disk."""
    symptoms = SymptomReader.learned(known(), settings().data / "reading", settings().models / HEADS)
    return MessageReader(known(), meanings(), symptoms)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MessageReading(UntrainedComponent):
    """Reads every message and settles its intent; comes last, and nothing is trained.

    The case so far and the question that waits, to which a bare "yes" binds, are taken from the message's metadata
    (`case`, `question`); the host puts them there. Without a host (`rasa test`, `rasa shell`) there are none.
    """

    def __init__(self, reader: MessageReader) -> None:
        self._reader = reader

    @classmethod
    def made(cls, _config: dict[str, Any]) -> MessageReading:
        """Return the component with the reader of this process."""
        # `rasa shell` runs no other code of the project's before the first message.
        stream_answers()
        return cls(message_reader())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the reading, and with it intent and ranking, of every message."""
        for message in messages:
            told = message.get("metadata") or {}
            classified = _classified(message)
            reading = self._reader.read(
                message.get(TEXT) or "",
                Case.from_json(told.get("case")),
                Question.from_json(told.get("question")),
                classified,
            )
            message.set(READING, reading.to_json(), add_to_output=True)
            if classified.ranking:
                main = Named(reading.intent, reading.confidence)
                ranking = [_ranked(one) for one in _from(main, classified.ranking)]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _classified(message: Message) -> Classified:
    ranking = message.get(INTENT_RANKING_KEY) or []
    first = message.get(INTENT) or {}
    if not ranking and first.get(INTENT_NAME_KEY):
        ranking = [first]
    named = (Named(one[INTENT_NAME_KEY], float(one[PREDICTED_CONFIDENCE_KEY])) for one in ranking)
    clauses: Sequence[Mapping[str, Any]] = message.get(CLAUSES) or ()
    return Classified(tuple(named), tuple(Named(**clause) for clause in clauses))


def _from(main: Named, ranking: Sequence[Named]) -> Iterator[Named]:
    yield main
    yield from (one for one in ranking if one.intent != main.intent)


def _ranked(named: Named) -> dict[str, Any]:
    return {INTENT_NAME_KEY: named.intent, PREDICTED_CONFIDENCE_KEY: named.confidence}
