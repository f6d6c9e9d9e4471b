"""Where what was told comes from, on request."""

from __future__ import annotations

import itertools

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from bot.conversation.sentences import bullets

_MOST_SOURCES = 6


class ActionShowSources(TurnAction):
    """Names the sources of the causes, the treatments or the claim that were told last, as links."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_show_sources"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Name them, or say in general what everything rests on."""
        known = wiring.knowledge().sources
        links = [f"[{known[item].title}]({known[item].url})" for item in _source_ids(tracker) if known[item].url]
        if links:
            dispatcher.utter_message(response="utter_sources", sources=bullets(links[:_MOST_SOURCES]))
        else:
            dispatcher.utter_message(response="utter_sources_general")
        return []


def _source_ids(tracker: Tracker) -> tuple[str, ...]:
    """Return the sources of each record that was told; a few of each, so that none is left out for another's."""
    records = [_sources_of(record) for record in tracker.get_slot("told_records") or []]
    turns = itertools.zip_longest(*records)
    return tuple(dict.fromkeys(source for turn in turns for source in turn if source))


def _sources_of(told: str) -> tuple[str, ...]:
    knowledge = wiring.knowledge()
    kind, _, record = told.partition("/")
    if kind == "claim":
        return next((link.sources for link in knowledge.foot_back_links if link.claim == record), ())
    if kind == "cause" and record in knowledge.causes:
        return knowledge.causes[record].sources
    if kind == "fear" and record in knowledge.fears:
        return knowledge.fears[record].sources
    return knowledge.treatments[record].sources if kind == "treatment" and record in knowledge.treatments else ()
