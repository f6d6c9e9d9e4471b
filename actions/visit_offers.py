"""Offers free visits in words that fit the wish and the refusals so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import day_of, visit_button, wish_from
from bot.booking.appointments import offer_visits
from bot.booking.schedule import is_in_part
from bot.booking.visits import Visit, When

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
        visits = offer_visits(wiring.practice(), wiring.now(), when=wish)
        if not visits:
            dispatcher.utter_message(response="utter_no_free_visit")
            return [SlotSet("offered_visits", None)]
        buttons = [visit_button(visit) for visit in visits]
        if refusals:
            dispatcher.utter_message(response="utter_ask_visit_others", buttons=buttons)
        else:
            _say_offer(dispatcher, wish, visits, buttons)
        return [SlotSet("offered_visits", [visit.id for visit in visits])]


def _say_offer(
    dispatcher: CollectingDispatcher, wish: When | None, visits: Sequence[Visit], buttons: list[dict[str, str]]
) -> None:
    if wish is None:
        dispatcher.utter_message(response="utter_ask_visit", buttons=buttons)
    elif not all(_meets(visit, wish) for visit in visits):
        dispatcher.utter_message(response="utter_ask_visit_near", buttons=buttons)
    elif len({visit.start.date() for visit in visits}) > 1:
        dispatcher.utter_message(response="utter_ask_visit_fitting", buttons=buttons)
    elif wish.part_of_day:
        day, part = day_of(visits[0]), wish.part_of_day
        dispatcher.utter_message(response="utter_ask_visit_on_part", day=day, part=part, buttons=buttons)
    else:
        dispatcher.utter_message(response="utter_ask_visit_on_day", day=day_of(visits[0]), buttons=buttons)


def _meets(visit: Visit, wish: When) -> bool:
    """Return whether the visit lies on the day, in the part of the day and at the time wished."""
    start = visit.start.astimezone(wiring.practice().time_zone)
    first, last = wish.date, wish.last_date or wish.date
    if first is not None and last is not None and not first <= start.date() <= last:
        return False
    if start.weekday() in wish.not_weekdays:
        return False
    if wish.part_of_day is not None and not is_in_part(start.time(), wish.part_of_day):
        return False
    return wish.time is None or _fits_time(start.time(), wish)


def _fits_time(start: dt.time, wish: When) -> bool:
    if wish.time is None:
        return True
    if wish.bound == "before":
        return start < wish.time
    if wish.bound is None and wish.until is None:
        return start == wish.time
    return start >= wish.time and (wish.until is None or start <= wish.until)
