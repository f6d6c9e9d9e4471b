"""Questions about the practice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import heard_from
from actions.findings import INTERVIEW
from actions.symptom_interview import starts_interview


class ActionAnswerPracticeQuestion(TurnAction):
    """Answers from `data/practice.yml`; the topic is the intent's name after `ask_`."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_practice_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell what the practice says about the topic, else the phone number."""
        topic = heard_from(tracker).intent.removeprefix("ask_")
        answer = wiring.practice().answers.get(topic)
        if answer:
            offers_call = topic == "phone" and not tracker.active_loop_name
            dispatcher.utter_message(response="utter_phone" if offers_call else "utter_practice_answer", answer=answer)
        else:
            dispatcher.utter_message(response="utter_practice_answer_missing")
        # A symptom told beside the question is taken up at once.
        return [FollowupAction(INTERVIEW)] if starts_interview(tracker) else []
