"""Shorten a live tracker, so that a turn at message 200 costs what it costs at message 5."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# No rule spans more than one turn of the visitor, and actions look back one turn.
KEPT_TURNS = 2
MOST_TURNS = 4


def shortened(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Return the tracker, or from the fourth turn on one with the same state and the last two turns.

    Rasa replays, copies and sends all events of a tracker several times a turn. What happened before the kept turns
    is put into a few events that lead to the same slots and the same open form.
    """
    events = list(tracker.events)
    heard = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(heard) < MOST_TURNS:
        return tracker
    cut = _start_of_turn(events, heard[-KEPT_TURNS])
    before = _replayed(tracker, events[:cut])
    return _replayed(tracker, [*_events_leading_to(before), *events[cut:]])


def _start_of_turn(events: list[Event], heard: int) -> int:
    # A turn starts with the listening that came before the message: policies need it as the previous action.
    for index in range(heard, -1, -1):
        event = events[index]
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            return index
    return heard


def _replayed(like: DialogueStateTracker, events: list[Event]) -> DialogueStateTracker:
    tracker = like.init_copy()
    tracker.model_id, tracker.assistant_id = like.model_id, like.assistant_id
    for event in events:
        tracker.update(event)
    return tracker


def _events_leading_to(tracker: DialogueStateTracker) -> list[Event]:
    events: list[Event] = [SessionStarted()]
    events += [SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.value != slot.initial_value]
    if tracker.active_loop_name:
        events.append(ActiveLoop(tracker.active_loop_name))
    return events
