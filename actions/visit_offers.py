"""Offers free visits in words that fit the wish, the urgency and the refusals so far."""

from __future__ import annotations

import datetime as dt

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.base import Events, TurnAction
from actions.booking_slots import LONGEST_REASON, day_of, visit_button
from actions.case_slots import heard_from, urgency_from
from actions.visit_choice import is_first_visit, offers_for, refuses, visit_named
from actions.wiring import phrase
from actions.wish_slots import wish_from
from actions.wish_words import day_words, wish_words
from bot.booking.schedule.meeting_wishes import clinicians_wished, wishes_somebody
from bot.booking.visits import Offers, When, Wish
from bot.booking.wish_reader import asks_for_two, asks_other_clinician, leaves_time_unread, names_impossible_day
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
        noted = _remark(dispatcher, tracker, wish)
        if not offers.visits:
            dispatcher.utter_message(response=_nothing_free(tracker))
            return [*noted, SlotSet("offered_visits", None)]
        values = {
            "day": day_of(offers.visits[0]),
            "part": wish.when.part_of_day if wish else "",
            "wish": wish_words(wish) if wish else "",
            "closed": phrase("utter_part_wish_or").join(map(_closed_day, offers.closed)),
        }
        offered = [visit.id for visit in offers.visits]
        response = _response(refusals, offered, tracker) or _offer_words(wish, offers, tracker)
        buttons = [visit_button(visit) for visit in offers.visits]
        dispatcher.utter_message(response=response, buttons=buttons, **values)
        return [*noted, SlotSet("offered_visits", offered), SlotSet("visit_unread", None)]


def _remark(dispatcher: CollectingDispatcher, tracker: Tracker, wish: Wish | None) -> Events:
    """Say what of the message cannot be met or was not understood; return what staff are to know of it."""
    text, noted = heard_from(tracker).text, []
    if asks_for_two(text) and not tracker.get_slot("second_person"):
        dispatcher.utter_message(response="utter_two_people")
        noted.append(SlotSet("second_person", True))
    unknown = asks_other_clinician(text) and not (wish and wish.not_clinician_id)
    unfit = wish is not None and wishes_somebody(wish) and clinicians_wished(wiring.practice(), wish) is None
    if (unknown or unfit) and not tracker.get_slot("contact_note"):
        dispatcher.utter_message(response="utter_person_unknown")
        noted.append(SlotSet("contact_note", text[:LONGEST_REASON]))
    if names_impossible_day(text, wiring.now()):
        dispatcher.utter_message(response="utter_day_impossible")
    return noted


def _closed_day(day: dt.date) -> str:
    name = wiring.practice().time_off.names.get(day)
    return phrase("utter_part_closed_name", day=day_words(day), name=name) if name else day_words(day)


def _nothing_free(tracker: Tracker) -> str:
    return "utter_no_visit_today" if urgency_from(tracker) is Urgency.SAME_DAY else "utter_no_free_visit"


def _response(refusals: int, offered: list[str], tracker: Tracker) -> str:
    """Return what introduces offers after a refusal, or the same ones once more; empty where the wish decides."""
    if tracker.get_slot("visit_unread"):
        return "utter_ask_visit_unread"
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
    unread = _leaves_unread(tracker)
    if wish is None or (wish.before is None and not wish_words(wish)):
        if unread:
            return "utter_ask_visit_unread"
        return "utter_ask_visit" if is_first_visit(tracker) else "utter_ask_visit_again"
    if wish.before is not None:
        return "utter_ask_visit_sooner" if offers.met else "utter_ask_visit_none_sooner"
    if not offers.met:
        return "utter_ask_visit_near_closed" if offers.closed else "utter_ask_visit_near"
    if unread:
        return "utter_ask_visit_partly"
    if wish.when == When(date=wish.when.date) and wish.when.date is not None:
        return "utter_ask_visit_on_day"
    if wish.when == When(date=wish.when.date, part_of_day=wish.when.part_of_day) and wish.when.date is not None:
        return "utter_ask_visit_on_part"
    return "utter_ask_visit_fitting" if len(offers.visits) > 1 else "utter_ask_visit_fitting_one"


def _leaves_unread(tracker: Tracker) -> bool:
    """Return whether the message says more of when than was understood; nothing is called fitting then."""
    heard = heard_from(tracker)
    return heard.meaning.names_time and not heard.entities and leaves_time_unread(heard.text, wiring.now())
