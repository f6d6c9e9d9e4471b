"""Our Rasa tracker store: what Rasa knows of a conversation, kept in memory and written through to the inbox."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.case_brief import brief_of
from bot.brain.live_tracker import shortened
from bot.brain.message_reading import READING
from bot.brain.understanding import findings_read
from bot.inbox import delivery
from bot.inbox.messages import Bubble, Turn, TurnOutcome, Understanding

# About 15 MB at most: a live tracker of four turns takes some 75 kB.
MOST_LIVE_TRACKERS = 200


@dataclass(slots=True)
class LiveTracker:
    """A tracker in memory, and how much of it the inbox has.

    Attributes:
        version: number of Rasa's events that the inbox holds for the conversation.
        stored: number of the tracker's own events that are among them; the rest is new.
    """

    tracker: DialogueStateTracker
    version: int
    stored: int


class ConversationStore(TrackerStore):
    """Loads and saves trackers of one process's worker, one turn at a time.

    A tracker in memory is used only while the inbox has exactly the events that it was made from, so that several
    processes can take turns in one conversation. It is shortened between turns (`live_tracker`); the record in the
    inbox never is.
    """

    def __init__(self, domain: Domain | None = None, size: int = MOST_LIVE_TRACKERS) -> None:
        super().__init__(domain)
        self._live: OrderedDict[str, LiveTracker] = OrderedDict()
        self._size = size
        self._turn: Turn | None = None
        self._bubbles: list[Bubble] = []

    def begin(self, turn: Turn, bubbles: list[Bubble]) -> None:
        """Name the turn that the next `save` completes, and the list that its bubbles are put into."""
        self._turn, self._bubbles = turn, bubbles

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """Return the conversation's tracker, an empty one for a new conversation."""
        version = delivery.rasa_version(sender_id)
        live = self._live.get(sender_id)
        if live is None or live.version != version:
            live = self._load(sender_id)
        self._keep(sender_id, live)
        return live.tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Complete the turn in the caller's transaction: new events, bubbles, understanding, outcome."""
        if self._turn is None:
            raise RuntimeError("A tracker is saved within a turn only: call begin() first.")
        live = self._live[tracker.sender_id]
        events = [event.as_dict() for event in list(tracker.events)[live.stored :]]
        outcome = TurnOutcome(
            bubbles=tuple(self._bubbles),
            rasa_events=tuple(events),
            understanding=understanding_of(tracker),
            outcome=tracker.get_slot("outcome") or "open",
            brief=brief_of(tracker),
        )
        delivery.complete_turn(self._turn, outcome)
        live.version += len(events)

    def committed(self, sender_id: str) -> None:
        """Take the tracker as stored, after the transaction that saved it was committed."""
        live = self._live[sender_id]
        live.tracker = shortened(live.tracker)
        live.stored = len(live.tracker.events)

    def forget(self, sender_id: str) -> None:
        """Drop a tracker from memory, because its turn failed."""
        self._live.pop(sender_id, None)

    def _load(self, sender_id: str) -> LiveTracker:
        events = delivery.rasa_events(sender_id)
        tracker = self.init_tracker(sender_id)
        for event in deserialise_events([dict(event) for event in events]):
            tracker.update(event)
        tracker = shortened(tracker)
        return LiveTracker(tracker=tracker, version=len(events), stored=len(tracker.events))

    def _keep(self, sender_id: str, live: LiveTracker) -> None:
        self._live[sender_id] = live
        self._live.move_to_end(sender_id)
        while len(self._live) > self._size:
            self._live.popitem(last=False)


def understanding_of(tracker: DialogueStateTracker) -> Understanding:
    """Return what was made of the tracker's latest message, for staff."""
    heard = tracker.latest_message
    return Understanding(
        intent=heard.intent_name or "",
        confidence=float(heard.intent.get("confidence") or 0.0),
        findings=findings_read((heard.parse_data or {}).get(READING) or {}),
        causes=_ids(tracker.get_slot("causes")),
        urgency=tracker.get_slot("urgency") or "none",
        red_flags=_ids(tracker.get_slot("red_flags")),
    )


def _ids(items: list[Any] | None) -> tuple[str, ...]:
    return tuple(item["id"] if isinstance(item, dict) else str(item) for item in items or ())
