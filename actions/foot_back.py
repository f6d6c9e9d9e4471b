"""How feet and back relate."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.case_slots import case_from, heard_from
from bot.case import Case, Status
from bot.knowledge.model import FootBackLink

_OFFERED = 5


class ActionExplainFootBack(TurnAction):
    """Tells a claim about feet and back at the strength of its evidence, and what the visitor's own signs point to."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_explain_foot_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the claim that the message asks about, else the first one; offer the others."""
        heard = heard_from(tracker)
        links = wiring.knowledge().foot_back_links
        link = _chosen(next(iter(heard.values("claim")), None), heard.reading.subject.claim, links)
        others = [
            {"title": other.label, "payload": f'/ask_foot_back_link{{"claim": "{number}"}}'}
            for number, other in enumerate(links)
            if other is not link
        ]
        if case_from(tracker).findings:
            _say_pointers(dispatcher, case_from(tracker))
        dispatcher.utter_message(
            response="utter_foot_back_claim",
            wording=link.wording,
            buttons=[] if tracker.active_loop_name else others[:_OFFERED],
        )
        return [SlotSet("told_records", [f"claim/{link.claim}"])]


def _chosen(pressed: str | None, asked: int | None, links: tuple[FootBackLink, ...]) -> FootBackLink:
    if pressed is not None and pressed.isdigit() and int(pressed) < len(links):
        return links[int(pressed)]
    return links[asked or 0]


def _say_pointers(dispatcher: CollectingDispatcher, case: Case) -> None:
    knowledge, present = wiring.knowledge(), case.having(Status.PRESENT)
    back = [knowledge.findings[found].name for found in knowledge.back_pointers if found in present]
    foot = [knowledge.findings[found].name for found in knowledge.foot_pointers if found in present]
    if back and foot:
        dispatcher.utter_message(response="utter_foot_back_both", back=", ".join(back), foot=", ".join(foot))
    elif back:
        dispatcher.utter_message(response="utter_foot_back_from_back", back=", ".join(back))
    elif foot:
        dispatcher.utter_message(response="utter_foot_back_from_foot", foot=", ".join(foot))
