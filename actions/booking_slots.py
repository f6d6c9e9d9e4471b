"""Translation between Rasa's slots and the types of `bot.booking`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import wiring
from actions.base import Events
from actions.case_slots import Heard, heard_from, question_from, question_slot
from actions.safety import safety_question
from bot.booking.visits import Visit, When
from bot.booking.when import read_when

_NAMES_TIME = frozenset({"request_booking", "inform_visit_time"})

CLEAR = "clear"
"""Value of the slot `screening_answer` while no red-flag question has to be answered before booking."""


def opened_booking(tracker: Tracker) -> Events:
    """Return the events that start a booking; contact details given earlier in the conversation are kept."""
    question = safety_question(tracker)
    waiting = question_slot(question) if question is not None and question_from(tracker) is not None else None
    first = [SlotSet("question", waiting), SlotSet("screening_answer", None if question else CLEAR)]
    wish = [SlotSet("visit_wish", tracker.get_slot("visit_wish") or wish_in(heard_from(tracker)))]
    emptied = ("visit", "offered_visits", "booking_confirmed", "booking_change", "offer", "visit_refusals")
    return [
        SlotSet("booking_open", True),
        SlotSet("booking_wanted", False),
        *first,
        *wish,
        *(SlotSet(slot, None) for slot in emptied),
    ]


def closed_booking() -> Events:
    """Return the events that end a booking."""
    emptied = ("visit", "visit_wish", "offered_visits", "booking_confirmed", "booking_change", "offer")
    return [SlotSet("booking_open", False), *(SlotSet(slot, None) for slot in emptied)]


def wish_in(heard: Heard) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that a message names, None when it names no time."""
    when = read_when(heard.text, wiring.now()) if heard.intent in _NAMES_TIME else When()
    return None if when == When() else wish_slot(when)


def wish_slot(when: When) -> dict[str, Any]:
    """Return the value of the slot `visit_wish`."""
    return {
        "date": when.date.isoformat() if when.date else None,
        "last_date": when.last_date.isoformat() if when.last_date else None,
        "time": when.time.isoformat() if when.time else None,
        "until": when.until.isoformat() if when.until else None,
        "part_of_day": when.part_of_day,
        "bound": when.bound,
        "not_weekdays": list(when.not_weekdays),
    }


def wish_from(tracker: Tracker) -> When | None:
    """Return when the visitor would like to come, None when nothing was said."""
    value: dict[str, Any] | None = tracker.get_slot("visit_wish")
    if not value:
        return None
    return When(
        date=dt.date.fromisoformat(value["date"]) if value.get("date") else None,
        last_date=dt.date.fromisoformat(value["last_date"]) if value.get("last_date") else None,
        time=dt.time.fromisoformat(value["time"]) if value.get("time") else None,
        until=dt.time.fromisoformat(value["until"]) if value.get("until") else None,
        part_of_day=value.get("part_of_day"),
        bound=value.get("bound"),
        not_weekdays=tuple(value.get("not_weekdays", ())),
    )


def visit_of(visit_id: str) -> Visit:
    """Return the visit with that id, whether or not it is still free; the id is one that was offered.

    A visit of a type that the practice no longer has lasts no time; `book_visit` refuses it.
    """
    practice = wiring.practice()
    clinician_id, type_id, written = visit_id.split("/")
    start = dt.datetime.fromisoformat(written).astimezone(practice.time_zone)
    lengths = {kind.id: (kind.minutes, kind.buffer_minutes) for kind in practice.visit_types}
    minutes, pause = lengths.get(type_id, (0, 0))
    return Visit(start, start + dt.timedelta(minutes=minutes), clinician_id, type_id, pause)


def visit_values(visit: Visit) -> dict[str, str]:
    """Return how a visit is shown: `date`, `time`, `time_zone`, `visit_type`, `clinician`."""
    practice = wiring.practice()
    start = visit.start.astimezone(practice.time_zone)
    return {
        "date": day_of(visit),
        "time": f"{start:%I:%M %p}".lstrip("0"),
        "time_zone": start.tzname() or str(practice.time_zone),
        "visit_type": next((kind.name for kind in practice.visit_types if kind.id == visit.visit_type), ""),
        "clinician": next((who.name for who in practice.clinicians if who.id == visit.clinician_id), ""),
    }


def day_of(visit: Visit) -> str:
    """Return the day of a visit as it is shown."""
    start = visit.start.astimezone(wiring.practice().time_zone)
    return f"{start:%A, %B} {start.day}"


def visit_button(visit: Visit) -> dict[str, str]:
    """Return the choice for a visit."""
    start = visit.start.astimezone(wiring.practice().time_zone)
    title = f"{start:%a, %b} {start.day}, {f'{start:%I:%M %p}'.lstrip('0')}"
    return {"title": title, "payload": f'/choose_visit{{"visit": "{visit.id}"}}'}
