"""Translation between Rasa's slots and the types of `bot.booking`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions import wiring
from actions.asked_beside import visit_wish_beside
from actions.base import Events
from actions.case_slots import case_from, heard_from, question_from, question_slot, urgency_from
from actions.contact_words import told_details
from actions.safety import safety_question
from actions.wiring import phrase
from actions.wish_slots import visit_before, wish_in
from bot.booking.appointments import appointments_of
from bot.booking.visits import Appointment, Contact, Patient, Visit, Wish
from bot.booking.wish_json import wish_to_json
from bot.booking.words.reasons import reason_named
from bot.case import Case, Side, Status, Urgency
from bot.conversation.latest_message import LatestMessage
from bot.conversation.read_back import in_a_sentence, told_clauses

LONGEST_REASON = 300
"""Characters of the visitor's own description that are stored with a booking."""

_OWN_WORDS = 80
"""Characters of a complaint that are read back as they were written."""

_MOST_CLAUSES = 3
"""Clauses in which a longer one is said."""

NO_REASON = "-"
"""Value of the slot `visit_reason` of somebody who would rather not say."""

CLEAR = "clear"
"""Value of the slot `screening_answer` while no red-flag question has to be answered before booking."""

_EMPTIED = (
    "visit",
    "visit_wish",
    "offered_visits",
    "visit_refusals",
    "booking_held",
    "booking_confirmed",
    "booking_change",
    "moving",
)


def opened_booking(tracker: Tracker) -> Events:
    """Return the events that start a booking; what was told earlier in the conversation is kept."""
    heard = heard_from(tracker)
    question = safety_question(tracker)
    waiting = question_slot(question) if question is not None and question_from(tracker) is not None else None
    wish = wish_in(heard, visit_before(heard, tracker)) or tracker.get_slot("visit_wish")
    opened = {
        **dict.fromkeys(_EMPTIED),
        **told_details(heard, tracker),
        "booking_open": True,
        "booking_wanted": False,
        "visit_declined": False,
        "offer": None,
        "question": waiting,
        "screening_answer": None if question else CLEAR,
        "visit_wish": wish,
        "visit_reason": tracker.get_slot("visit_reason")
        or _first_words(tracker)
        or reason_from(tracker)
        or _reason_told(heard),
    }
    return [SlotSet(slot, value) for slot, value in opened.items()]


def opened_move(tracker: Tracker, appointment: Appointment, wish: Wish | None) -> Events:
    """Return the events that start moving a booked visit; its details are taken over."""
    contact, patient = appointment.contact, appointment.patient or Patient.NEW
    taken_over = {
        "visitor_name": contact.name,
        "visitor_phone": contact.phone,
        "visitor_email": contact.email,
        "patient": patient.value,
        "visit_reason": appointment.reason or NO_REASON,
        "moving": appointment.reference,
        "visit_wish": wish_to_json(wish) if wish else None,
    }
    return [*opened_booking(tracker), *(SlotSet(slot, value) for slot, value in taken_over.items())]


def coming_visits(tracker: Tracker) -> list[Appointment]:
    """Return the booked visits of the conversation that have not ended, soonest first."""
    found = [one for one in appointments_of(tracker.sender_id) if one.is_booked and one.visit.end > wiring.now()]
    return sorted(found, key=lambda one: one.visit.start)


def may_open_booking(tracker: Tracker) -> bool:
    """Return whether a booking can start by itself: nothing is open or booked, and nothing must be seen earlier."""
    urgent = urgency_from(tracker) in (Urgency.EMERGENCY, Urgency.SAME_DAY)
    return not urgent and not tracker.active_loop_name and not coming_visits(tracker)


def opened_beside(tracker: Tracker) -> Events:
    """Return the events that start the booking that a message asks for beside something else, none without one."""
    wish = visit_wish_beside(heard_from(tracker))
    if wish is None or not may_open_booking(tracker):
        return []
    return [*opened_booking(tracker), SlotSet("visit_wish", wish or None), FollowupAction("booking_form")]


def contact_from(tracker: Tracker) -> Contact:
    """Return who comes, as the form has checked it."""
    return Contact(
        name=tracker.get_slot("visitor_name"),
        phone=tracker.get_slot("visitor_phone"),
        email=tracker.get_slot("visitor_email") or "",
    )


def closed_booking() -> Events:
    """Return the events that end a booking."""
    return [SlotSet("booking_open", False), SlotSet("offer", None), *(SlotSet(slot, None) for slot in _EMPTIED)]


def reason_from(tracker: Tracker) -> str | None:
    """Return the complaint as it stands, as the reason of the visit; None when nothing was described.

    It stands in the visitor's own words where these are short and none of them was corrected; else in clauses of what
    is there.
    """
    case = case_from(tracker)
    words, noted = " ".join(case.complaint.split()), noted_complaint(case)
    own = words and len(words) <= _OWN_WORDS and not tracker.get_slot("complaint_corrected")
    return (words if own else noted or words)[:LONGEST_REASON].strip() or None


def standing_reason(tracker: Tracker) -> str | None:
    """Return the reason of the visit: what was said of it, else the complaint as it stands now."""
    told: str | None = tracker.get_slot("visit_reason")
    derived = told is not None and told in (_first_words(tracker), reason_from(tracker))
    return (reason_from(tracker) or told) if derived else told


def noted_complaint(case: Case) -> str:
    """Return what is there as one clause of a sentence; empty where nothing is. A side that all share is said once."""
    sides = {item.side for item in case.findings if item.status is Status.PRESENT and item.side is not None}
    shared = next(iter(sides)) if len(sides) == 1 and Side.BOTH not in sides else None
    if shared is not None:
        case = replace(case, findings=tuple(replace(item, side=None) for item in case.findings))
    noted = in_a_sentence(told_clauses(case, wiring.knowledge(), phrase, most=_MOST_CLAUSES), phrase)
    return f"{noted}, {phrase('utter_part_side', side=shared.value)}" if noted and shared is not None else noted


def _first_words(tracker: Tracker) -> str | None:
    """Return the first description of the complaint; as the value of `visit_reason` it stands for the complaint."""
    return case_from(tracker).complaint[:LONGEST_REASON].strip() or None


def _reason_told(heard: LatestMessage) -> str | None:
    return None if heard.entities else reason_named(heard.text)


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
