"""A small practice and what is needed to book there."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.booking.models import WaitingRow
from bot.booking.storage.waiting_records import waiting_entry
from bot.booking.visits import Contact, Visit, VisitRequest
from bot.knowledge.model import Clinician, Practice, VisitType

ZONE = ZoneInfo("America/New_York")
# A Wednesday.
NOW = dt.datetime(2026, 3, 4, 8, 0, tzinfo=ZONE)
CONTACT = Contact("Zacharias Quillfeather", "+13015550187", "z.quillfeather@example.org")
NINE_TO_FIVE = ((dt.time(9), dt.time(17)),)


def hours(*spans, days=range(5)):
    """Return weekly hours: the spans ("09:00-12:00") on each of the days, Monday 0."""
    read = tuple(tuple(dt.time.fromisoformat(time) for time in span.split("-")) for span in spans)
    return {day: read for day in days}


def practice(**changes):
    """Return a practice with one clinician, Monday to Friday from 9 to 5, visits of 30 minutes, no lead time."""
    values = {
        "name": "Practice",
        "phone": "(301) 555-0100",
        "phone_e164": "+13015550100",
        "emergency_number": "911",
        "crisis_line": "988",
        "email": "",
        "address": "",
        "website": "",
        "region": "US",
        "time_zone": ZONE,
        "clinicians": (Clinician("ann", "Ann", hours("09:00-17:00")),),
        "visit_types": (VisitType("first", "first visit", 30, 0, True), VisitType("long", "long visit", 60, 15, False)),
        "closures": (),
        "lead_minutes": 0,
        "horizon_days": 30,
        "slot_step_minutes": 15,
        "answers": {},
    }
    return Practice(**{**values, **changes})


def at(text):
    """Return an aware time in the practice's zone: "2026-03-05 09:00"."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def visit(start, minutes=30, clinician="ann", kind="first", buffer=0):
    """Return a visit that starts at a local time."""
    begin = at(start)
    return Visit(begin, begin + dt.timedelta(minutes=minutes), clinician, kind, buffer)


def wish_for(wanted, key="key", conversation="conversation", reason="pain under the heel"):
    """Return a request for the visit."""
    return VisitRequest(key, conversation, wanted, CONTACT, reason)


def starts(visits):
    """Return the starts as short text: "Thu 5 09:00"."""
    return [f"{one.start:%a} {one.start.day} {one.start:%H:%M}" for one in visits]


def place_of(reference):
    """Return the place on the waiting list with that reference as it is stored, None for none."""
    row = WaitingRow.objects.filter(reference=reference).first()
    return waiting_entry(row) if row else None
