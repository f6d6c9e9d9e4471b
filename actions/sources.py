"""Where what was told comes from, on request."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.sentences import bullets

_MOST_SOURCES = 4


class ActionShowSources(TurnAction):
    """Names the sources of the cause, the treatment or the claim that was told last, as links."""

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
    knowledge = wiring.knowledge()
    kind, _, record = (tracker.get_slot("told_record") or "").partition("/")
    if kind == "cause" and record in knowledge.causes:
        return knowledge.causes[record].sources
    if kind == "treatment" and record in knowledge.treatments:
        return knowledge.treatments[record].sources
    if kind == "claim":
        return next((link.sources for link in knowledge.foot_back_links if link.claim == record), ())
    return ()
