"""Questions about the practice, and what else has an answer of its own."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.asked_beside import answer_asked
from actions.base import INTERVIEW, Events, TurnAction
from actions.booking_slots import opened_beside
from actions.call_back import opened_call
from actions.case_slots import heard_from
from actions.symptom_interview import starts_interview


class ActionAnswerPracticeQuestion(TurnAction):
    """Answers everything that was asked of the practice, from `data/practice.yml` by the topic of each question."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_answer_practice_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer each question once, in order; a treatment that is asked for by name is explained."""
        heard = heard_from(tracker)
        if heard.meaning.names_treatment and heard.reading.subject.treatment:
            answered = answer_asked(dispatcher, tracker, but=[heard.meaning.id])
            return [*answered, FollowupAction("action_explain_treatments")]
        answered = answer_asked(dispatcher, tracker)
        # A symptom told beside the question is taken up at once, else a wish to come.
        if starts_interview(tracker):
            return [*answered, FollowupAction(INTERVIEW)]
        return [*answered, *(opened_beside(tracker) or opened_call(tracker))]
