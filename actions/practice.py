"""Questions about the practice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import opened_beside
from actions.case_slots import heard_from
from actions.findings import INTERVIEW
from actions.naming import best_named
from actions.second_goal import answer_beside
from actions.symptom_interview import starts_interview


class ActionAnswerPracticeQuestion(TurnAction):
    """Answers from `data/practice.yml`; the topic is the intent's name after `ask_`."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_practice_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell what the practice says about the topic, else the phone number."""
        heard = heard_from(tracker)
        topic = heard.intent.removeprefix("ask_")
        if topic == "services" and best_named(heard.text, wiring.knowledge().treatments):
            return [FollowupAction("action_explain_treatments")]
        answer = wiring.practice().answers.get(topic)
        if answer:
            offers_call = topic == "phone" and not tracker.active_loop_name
            dispatcher.utter_message(response="utter_phone" if offers_call else "utter_practice_answer", answer=answer)
        else:
            dispatcher.utter_message(response="utter_practice_answer_missing")
        if beside := answer_beside(heard):
            dispatcher.utter_message(response="utter_practice_answer", answer=beside)
        # A symptom told beside the question is taken up at once, else a wish to come.
        if starts_interview(tracker):
            return [FollowupAction(INTERVIEW)]
        return opened_beside(tracker)
