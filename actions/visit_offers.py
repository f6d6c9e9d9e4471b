"""Offers free visits in words that fit the wish, the urgency and the refusals so far."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, TurnAction
from actions.booking_slots import day_of, visit_button
from actions.case_slots import heard_from, urgency_from
from actions.visit_choice import is_first_visit, offers_for, refuses, visit_named
from actions.wish_slots import wish_from
from bot.booking.visits import Offers, Wish
from bot.case import Urgency

MOST_REFUSALS = 2
"""Times that other visits are offered unasked; then the visitor is asked for a day instead."""


class ActionAskVisit(TurnAction):
    """Offers three visits."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_ask_booking_form_visit"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Offer visits near the wish, else the next ones; after two refusals ask for a day."""
        refusals = int(tracker.get_slot("visit_refusals") or 0)
        if refusals >= MOST_REFUSALS:
            dispatcher.utter_message(response="utter_ask_visit_day")
            return [SlotSet("visit_refusals", 0), SlotSet("offered_visits", None)]
        wish = wish_from(tracker)
        offers = offers_for(tracker, wish)
        if not offers.visits:
            dispatcher.utter_message(response=_nothing_free(tracker))
            return [SlotSet("offered_visits", None)]
        values = {"day": day_of(offers.visits[0]), "part": wish.when.part_of_day if wish else ""}
        offered = [visit.id for visit in offers.visits]
        response = _response(refusals, offered, tracker) or _offer_words(wish, offers, tracker)
        buttons = [visit_button(visit) for visit in offers.visits]
        dispatcher.utter_message(response=response, buttons=buttons, **values)
        return [SlotSet("offered_visits", offered)]


def _nothing_free(tracker: Tracker) -> str:
    return "utter_no_visit_today" if urgency_from(tracker) is Urgency.SAME_DAY else "utter_no_free_visit"


def _response(refusals: int, offered: list[str], tracker: Tracker) -> str:
    """Return what introduces offers after a refusal, or the same ones once more; empty where the wish decides."""
    if refusals and refuses(heard_from(tracker)):
        return "utter_ask_visit_others"
    put_again = offered == tracker.get_slot("offered_visits") and visit_named(tracker) is None
    return "utter_ask_visit_open" if put_again and urgency_from(tracker) is not Urgency.SAME_DAY else ""


def _offer_words(wish: Wish | None, offers: Offers, tracker: Tracker) -> str:
    """Return the response that introduces the offers."""
    if urgency_from(tracker) is Urgency.SAME_DAY:
        return "utter_ask_visit_today"
    if offers.call:
        return "utter_ask_visit_late"
    if wish is None:
        return "utter_ask_visit" if is_first_visit(tracker) else "utter_ask_visit_again"
    if wish.before is not None:
        return "utter_ask_visit_sooner" if offers.met else "utter_ask_visit_none_sooner"
    if not offers.met:
        return "utter_ask_visit_near"
    if len({visit.start.date() for visit in offers.visits}) > 1 or wish.when.date is None:
        return "utter_ask_visit_fitting"
    return "utter_ask_visit_on_part" if wish.when.part_of_day else "utter_ask_visit_on_day"
