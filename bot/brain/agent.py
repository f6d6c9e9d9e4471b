"""The hosted Rasa model of this process: loaded once, asked by one thread."""

# ruff: noqa: E402 - both calls have to come before the first import of Rasa.
from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from bot.brain.silence import silence_rasa
from bot.brain.stand_ins import stand_in_for_training

silence_rasa()
stand_in_for_training()

from rasa.core.nlg import TemplatedNaturalLanguageGenerator

from bot.brain.bubbles import BubbleChannel
from bot.brain.in_process import InProcessEndpoint
from bot.brain.message_reading import message_reader
from bot.brain.payloads import read_payloads
from bot.brain.processor import TurnProcessor
from bot.brain.trackers import ConversationStore
from bot.errors import ModelError
from bot.inbox.messages import Turn
from bot.knowledge import load_practice
from bot.settings import settings

FAILED = "utter_turn_failed"


class Agent:
    """Answers claimed turns with a trained model.

    Attributes:
        failure_text: what a visitor is told after the third failed try; the response `utter_turn_failed` with the
            practice's phone number.
    """

    def __init__(self, model: Path, package: str = "actions") -> None:
        """Load the model and the actions of `package`.

        Raises:
            KnowledgeError: a file under `data/` is not what it has to be.
            ModelError: the model or the actions cannot be used.
        """
        # Read first and here: Rasa would hide the sentence that says which record is wrong.
        message_reader()
        self._store = ConversationStore()
        generator = TemplatedNaturalLanguageGenerator({})
        self._processor = TurnProcessor(model, self._store, generator, InProcessEndpoint(package))
        generator.responses = self._processor.domain.responses
        self._loop = asyncio.new_event_loop()
        self.failure_text = self._failure_text()

    def understand(self, text: str, question: Any = None) -> dict[str, Any]:
        """Return what the model makes of typed text: `text`, `intent`, `entities`, `intent_ranking`, `reading`."""
        return self._processor.read(text, question)

    def answer(self, turn: Turn) -> None:
        """Run the turn and commit everything that it produces at once; on any error nothing is kept.

        Raises:
            TurnLostError: another process has taken the turn over, or the conversation was deleted.
            Exception: whatever the model or an action raised.
        """
        try:
            self._loop.run_until_complete(self._answer(turn, connections[DEFAULT_DB_ALIAS]))
        except BaseException:
            self._store.forget(turn.conversation_id)
            raise

    def forget(self, conversation_id: str) -> None:
        """Drop what is kept in memory of a conversation."""
        self._store.forget(conversation_id)

    def close(self) -> None:
        """End the event loop."""
        self._loop.close()

    async def _answer(self, turn: Turn, connection: BaseDatabaseWrapper) -> None:
        # Django gives every asyncio task a connection of its own; this task uses the thread's one, so that no turn
        # opens (and leaves) another.
        connections[DEFAULT_DB_ALIAS] = connection
        tracker = await self._processor.get_tracker(turn.conversation_id)
        parsed = self._parse(turn, tracker.get_slot("question"), tracker.get_slot("case"))
        channel = BubbleChannel()
        self._store.begin(turn, channel.bubbles)
        # What actions write (a booking) and what the turn says are one transaction, opened after the reading so that
        # the database is held for as short a time as possible.
        with transaction.atomic():
            await self._processor.answer(tracker, parsed, channel)
        self._store.committed(turn.conversation_id)

    def _parse(self, turn: Turn, question: Any, case: Any) -> dict[str, Any]:
        if not turn.payloads:
            return self._processor.read(turn.text, question, case)
        pressed = read_payloads(turn.payloads)
        intent = {"name": pressed.intent, "confidence": 1.0}
        return {"text": turn.text, "intent": intent, "entities": list(pressed.entities), "intent_ranking": [intent]}

    def _failure_text(self) -> str:
        variants = self._processor.domain.responses.get(FAILED)
        if not variants:
            raise ModelError(f"domain.yml has no response {FAILED}: add it and run `make train`.")
        practice = load_practice(settings().data / "practice.yml")
        text: str = variants[0]["text"]
        return text.replace("{practice_phone}", practice.phone).replace("{practice_name}", practice.name)
