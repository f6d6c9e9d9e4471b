"""Greetings, thanks and calls for help, and repeating what was said."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import INTERVIEW, Events, TurnAction
from actions.case_slots import heard_from, urgency_from
from actions.symptom_interview import starts_interview
from bot.case import Urgency

_KEPT_MESSAGES = 3


class ActionAnswerSmallTalk(TurnAction):
    """Answers a greeting, thanks, a goodbye or a call for help; choices only where no form waits with a question."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_small_talk"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer; an open form puts its question again by itself. A symptom told with it is taken up."""
        meaning = heard_from(tracker).meaning
        beside = meaning.response_beside or meaning.response
        if starts_interview(tracker):
            if meaning.topic == "frustration":
                dispatcher.utter_message(response=beside)
            return [FollowupAction(INTERVIEW)]
        if urgency_from(tracker) is Urgency.EMERGENCY and meaning.response_emergency:
            dispatcher.utter_message(response=meaning.response_emergency)
            return []
        dispatcher.utter_message(response=beside if tracker.active_loop_name else meaning.response)
        return []


class ActionRepeatMessage(TurnAction):
    """Says the last messages again; an open form puts its question again by itself."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_repeat_message"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Repeat what was said before the visitor's message, with its choices."""
        if tracker.active_loop_name:
            return []
        said = _said_before(tracker)
        for event in said[-_KEPT_MESSAGES:]:
            data = event.get("data") or {}
            dispatcher.utter_message(
                response="utter_repeated",
                message=event["text"],
                buttons=data.get("buttons") or [],
                json_message=data.get("custom") or None,
            )
        if not said:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        return []


def _said_before(tracker: Tracker) -> Events:
    events = tracker.events
    turns = [place for place, event in enumerate(events) if event.get("event") == "user"]
    if not turns:
        return []
    first = turns[-2] if len(turns) > 1 else 0
    return [event for event in events[first : turns[-1]] if event.get("event") == "bot" and event.get("text")]
