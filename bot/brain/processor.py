"""Rasa's message processor, run by our own turns: typed text is never a command, no error is swallowed."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ActionLimitReached
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.foreign_language import OTHER_LANGUAGE
from bot.brain.graph_runner import SequentialGraphRunner
from bot.brain.in_process import InProcessEndpoint
from bot.brain.message_reading import READING
from bot.brain.rasa_actions import find_action
from bot.brain.trackers import ConversationStore
from bot.reading.words.spoken_marks import with_marks


class ServingStorage(LocalModelStorage):
    """Reads a model without its training graph: loading that would import every training component."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        serialized = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
        serialized["train_schema"] = {"nodes": {}}
        return ModelMetadata.from_dict(serialized)


class TurnProcessor(MessageProcessor):
    """Answers one message at a time; nothing is stored before `save_tracker`."""

    def __init__(
        self, model: Path, store: ConversationStore, generator: NaturalLanguageGenerator, endpoint: InProcessEndpoint
    ) -> None:
        super().__init__(
            model_path=model,
            tracker_store=store,
            # One worker thread runs one turn at a time, and the inbox's lease keeps other processes out.
            lock_store=InMemoryLockStore(),
            generator=generator,
            action_endpoint=endpoint,
            on_circuit_break=_stop_circling,
        )
        store.domain = self.domain
        endpoint.use_domain(self.domain)
        # The last node of the model reads "/intent{...}" as a command; typed text ends at the node before it.
        handler = self.model_metadata.predict_schema.nodes[self.model_metadata.nlu_target]
        self._typed_target = handler.needs["messages"]

    @staticmethod
    def _load_model(model_path: Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with TemporaryDirectory() as folder:
            storage, metadata = ServingStorage.from_model_archive(Path(folder), Path(model_path))
            schema = metadata.predict_schema
            # The metadata hold the domain already: reading and checking its YAML again would take most of a second.
            given = {name: metadata.domain for name, node in schema.nodes.items() if node.uses is DomainProvider}
            context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
            runner = SequentialGraphRunner(schema, storage, context, given=given)
        return Path(model_path).name, metadata, runner

    def read(self, text: str, question: Any = None, case: Any = None) -> dict[str, Any]:
        """Return what the model makes of typed text: `text`, `intent`, `entities`, the three best intents, `reading`.

        Args:
            text: as typed or dictated; a slash has no meaning.
            question: value of the slot `question`, the question that waits for an answer.
            case: value of the slot `case`, everything said before.
        """
        text = with_marks(text)
        message = UserMessage(text, metadata={"question": question, "case": case})
        results = self.graph_runner.run(inputs={PLACEHOLDER_MESSAGE: [message]}, targets=[self._typed_target])
        data = results[self._typed_target][0].as_dict(only_output_properties=True)
        return {
            "text": text,
            "intent": data.get("intent") or {"name": None, "confidence": 0.0},
            "entities": data.get("entities") or [],
            "intent_ranking": (data.get("intent_ranking") or [])[:3],
            READING: data.get(READING) or {},
            OTHER_LANGUAGE: bool(data.get(OTHER_LANGUAGE)),
        }

    async def answer(self, tracker: DialogueStateTracker, parsed: dict[str, Any], channel: OutputChannel) -> None:
        """Run the turn of one message to its end and save the tracker.

        Raises:
            Exception: whatever an action raised; nothing of the turn may be kept then.
        """
        await self._update_tracker_session(tracker, channel)
        heard = UserUttered(parsed["text"], parsed["intent"], parsed["entities"], parsed, input_channel=channel.name())
        tracker.update(heard, self.domain)
        await self.run_action_extract_slots(channel, tracker)
        await self._run_prediction_loop(channel, tracker)
        await self.save_tracker(tracker)

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots; as Rasa's, with checked actions, and an action's error stops the turn."""
        action = self._get_action(ACTION_EXTRACT_SLOTS)
        events = await action.run(output_channel, self.nlg, tracker, self.domain)
        self.action_endpoint.raise_failure()
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Return the next action, of the checked kind, and the prediction that chose it."""
        goes_on = self.should_predict_another_action(tracker.latest_action_name)
        if self.is_action_limit_reached(tracker, goes_on):
            raise ActionLimitReached("The limit of actions in one turn was reached.")
        prediction = self._predict_next_with_tracker(tracker)
        name = self.domain.action_names_or_texts[prediction.max_confidence_index]
        return self._get_action(name), prediction

    def _get_action(self, action_name: str) -> Action:
        return find_action(action_name, self.domain, self.action_endpoint)

    async def _run_action(self, *args: Any, **kwargs: Any) -> bool:
        goes_on = await super()._run_action(*args, **kwargs)
        self.action_endpoint.raise_failure()
        return bool(goes_on)


def _stop_circling(tracker: DialogueStateTracker, *_: Any) -> NoReturn:
    raise RuntimeError(f"Ten actions in one turn: a rule or form goes round after {tracker.latest_action_name}.")
