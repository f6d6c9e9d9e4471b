"""What a message says about the visit: an offered one, another wish, or none of these; and holding what is chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.booking_slots import visit_of
from actions.case_slots import heard_from, urgency_from
from actions.wish_slots import added_wish, visit_before, wish_from
from bot.booking.appointments import hold_visit, offered_visit
from bot.booking.offers import find_offers, visit_type_for
from bot.booking.visits import Offers, Patient, VisitRequest, When, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.booking.wish_reader import (
    as_before,
    asks_later,
    asks_others,
    asks_sooner,
    asks_soonest,
    read_patient,
    read_wish,
    says_book_it,
    says_yes_and_more,
)
from bot.booking.words.picks import picked, suits
from bot.booking.words.visit_words import declines_visit
from bot.case import ActKind
from bot.conversation.latest_message import LatestMessage
from bot.errors import SlotTakenError, VisitTooLateError
from bot.knowledge.model import Reply

Named = dict[str, Any]


def visit_named(tracker: Tracker) -> Named | None:
    """Return what is said of the visit: `id`, `wish`, `sooner`, `later`, `soonest`, `others` or `unread`, or None."""
    heard, requested = heard_from(tracker), tracker.get_slot(REQUESTED_SLOT)
    if pressed := next(iter(heard.values("visit")), None):
        return {"id": pressed}
    if requested not in (None, "visit") and not (_tells_time(heard) or heard.meaning.topic == "move"):
        return None
    if requested == "booking_confirmed" and confirms_visit(heard, tracker):
        return None
    if requested == "patient" and read_patient(heard.text):
        # "First time" says who comes, not which of the times.
        return None
    if declines_visit(heard.text):
        return None
    offered: list[str] = tracker.get_slot("offered_visits") or []
    wish = read_wish(heard.text, wiring.now(), wiring.practice())
    wish = as_before(wish, heard.text, visit_before(heard, tracker))
    place = picked(heard.text, [_start_of(visit_id) for visit_id in offered], wish)
    if place is not None:
        return {"id": offered[place]}
    if asks_sooner(heard.text):
        return {"sooner": True}
    if wish != Wish():
        return {"wish": wish_to_json(wish)}
    if offered and asks_later(heard.text):
        return {"later": True}
    if asks_soonest(heard.text):
        return {"id": min(offered, key=_start_of)} if offered else {"soonest": True}
    if requested != "visit":
        return None
    if heard.meaning.reply is Reply.YES and len(offered) == 1:
        return {"id": offered[0]}
    if refuses(heard):
        return {"others": True}
    return {"unread": True} if _tells_time(heard) else None


def confirms_visit(heard: LatestMessage, tracker: Tracker) -> bool:
    """Return whether the answer to what was read back books it, whatever else it says; not where it names another time.

    "Book another one" is none.
    """
    if says_book_it(heard.text, moving=bool(tracker.get_slot("moving"))):
        return True
    if heard.entities or heard.meaning.act is ActKind.ASK or not says_yes_and_more(heard.text):
        return False
    wish, visit = read_wish(heard.text, wiring.now(), wiring.practice()), tracker.get_slot("visit")
    return wish == Wish() or (isinstance(visit, str) and suits(_start_of(visit), wish))


def refuses(heard: LatestMessage) -> bool:
    """Return whether the message, which names none of the offered visits, takes none of them."""
    return heard.meaning.reply in (Reply.NO, Reply.SKIP, Reply.UNSURE) or asks_others(heard.text)


def _tells_time(heard: LatestMessage) -> bool:
    return heard.meaning.act is ActKind.DETAIL and heard.meaning.names_time


def wish_named(named: Named, tracker: Tracker) -> Wish:
    """Return everything wished so far with what the message adds."""
    older = wish_from(tracker)
    if "wish" in named:
        return added_wish(older, wish_from_json(named["wish"]))
    if "sooner" in named:
        starts = [_start_of(visit_id) for visit_id in tracker.get_slot("offered_visits") or []]
        return added_wish(None, Wish(before=min(starts, default=None)))
    if "later" in named:
        return added_wish(None, _later_wish(tracker))
    return Wish()


def _later_wish(tracker: Tracker) -> Wish:
    """Return the wish for later on the one day that was offered, else for a later day."""
    starts = sorted(_start_of(visit_id) for visit_id in tracker.get_slot("offered_visits") or [])
    if starts[0].date() == starts[-1].date():
        next_minute = starts[-1] + dt.timedelta(minutes=1)
        return Wish(when=When(date=starts[0].date(), time=next_minute.time(), bound="after"))
    return wish_from_json(later_than_offered(tracker))


def exactly_wished(wish: Wish, tracker: Tracker) -> str | None:
    """Return the free visit at exactly the day and time wished, None where there is none or the wish is wider."""
    when = wish.when
    if when.date is None or when.time is None or when.bound or when.until or when.last_date:
        return None
    first = next(iter(offers_for(tracker, wish, limit=1).visits), None)
    fits = first is not None and (first.start.date(), first.start.time()) == (when.date, when.time)
    return first.id if first is not None and fits else None


def offers_for(tracker: Tracker, wish: Wish | None, limit: int = 3) -> Offers:
    """Return what the visitor is offered, by wish, urgency and whether it is the first visit."""
    return find_offers(
        wiring.practice(),
        wiring.now(),
        wish or Wish(),
        urgency=urgency_from(tracker),
        patient=patient_from(tracker),
        conversation_id=tracker.sender_id,
        limit=limit,
    )


def patient_from(tracker: Tracker) -> Patient | None:
    """Return whether the visitor has been to the practice before, None where it is not known."""
    told = tracker.get_slot("patient")
    return Patient(told) if told else None


def is_first_visit(tracker: Tracker) -> bool:
    """Return whether this may be the visitor's first visit, which is free: none was told of, booked or moved."""
    known = patient_from(tracker) is Patient.EXISTING or tracker.get_slot("moving") or tracker.get_slot("another_visit")
    return not (known or tracker.get_slot("booking_reference"))


def later_than_offered(tracker: Tracker) -> dict[str, Any]:
    """Return the wish for a day after those that were offered; with whom stays as it was wished."""
    days = [_start_of(visit_id).date() for visit_id in tracker.get_slot("offered_visits") or []]
    first = max(days, default=wiring.now().date()) + dt.timedelta(days=1)
    return wish_to_json(added_wish(wish_from(tracker), Wish(when=When(date=first))))


def held_visit(visit_id: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
    """Hold the visit while the details are typed; return the slots. Says so where it cannot be had."""
    if tracker.get_slot("moving"):
        free = offered_visit(wiring.practice(), wiring.now(), visit_id, conversation_id=tracker.sender_id)
        if free is None:
            dispatcher.utter_message(response="utter_visit_taken")
        return {"visit": visit_id if free else None, "booking_change": None}
    try:
        held = hold_visit(visit_request(tracker, visit_id), now=wiring.now(), practice=wiring.practice())
    except (SlotTakenError, VisitTooLateError):
        dispatcher.utter_message(response="utter_visit_taken")
        return {"visit": None, "booking_held": None}
    return {"visit": visit_id, "booking_held": held.reference, "booking_change": None}


def visit_request(tracker: Tracker, visit_id: str) -> VisitRequest:
    """Return the request to hold that visit; the same visit in the same conversation has the same key."""
    return VisitRequest(visit_id, tracker.sender_id, visit_of(visit_id), urgency=urgency_from(tracker))


def typed_visit(visit_id: str, patient: Patient) -> str:
    """Return the id of the same start as a visit of the type that such patients come for."""
    clinician_id, _, written = visit_id.split("/")
    return f"{clinician_id}/{visit_type_for(wiring.practice(), patient).id}/{written}"


def _start_of(visit_id: str) -> dt.datetime:
    return visit_of(visit_id).start
