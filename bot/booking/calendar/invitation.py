"""Calendar data (RFC 5545): the invitation of a mail (RFC 5546), and the event of the practice's own calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.booking.calendar.yearly_zone import yearly_zone

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_PRODUCT = "-//Instep//Booking//EN"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What an event tells of a visit; no contact detail and nothing of health, unless `title` names the visitor.

    Attributes:
        uid: the same for all changes of one visit.
        sequence: one more with each change.
        start: aware, with a named time zone; `end` likewise.
        stamp: when this state came to be, aware.
    """

    uid: str
    sequence: int
    start: dt.datetime
    end: dt.datetime
    stamp: dt.datetime
    title: str
    note: str
    place: str


def calendar_invitation(
    meeting: Meeting, *, organiser: str, organiser_name: str, attendee: str, cancelled: bool
) -> bytes:
    """Return the calendar part of a mail.

    Args:
        meeting: when and where.
        organiser: mail address that the invitation comes from.
        organiser_name: name of the practice.
        attendee: mail address of the visitor.
        cancelled: True makes a CANCEL of what was a REQUEST.
    """
    from icalendar import vCalAddress

    event = _event(meeting)
    sender = vCalAddress(f"mailto:{organiser}")
    sender.params["CN"] = organiser_name
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    event.add("organizer", sender)
    event.add("attendee", guest)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return _written(_calendar(event, "CANCEL" if cancelled else "REQUEST"), meeting)


def own_event(meeting: Meeting) -> bytes:
    """Return the event as it is written into the practice's calendar: nobody is invited, so nobody gets a mail."""
    event = _event(meeting)
    event.add("status", "CONFIRMED")
    return _written(_calendar(event), meeting)


def moved_event(written: bytes | str, meeting: Meeting) -> bytes:
    """Return an event of the practice's calendar with the times of the meeting; what staff added to it stays.

    Raises:
        ValueError: there is no event in it.
    """
    from icalendar import Calendar

    calendar = Calendar.from_ical(written)
    event = next(iter(calendar.walk("VEVENT")), None)
    if event is None:
        raise ValueError("no event")
    for field, value in (
        ("dtstart", meeting.start),
        ("dtend", meeting.end),
        ("dtstamp", meeting.stamp.astimezone(dt.UTC)),
    ):
        event.pop(field, None)
        event.add(field, value)
    event.pop("duration", None)
    event.pop("sequence", None)
    event.add("sequence", meeting.sequence)
    return _written(calendar, meeting)


def _event(meeting: Meeting) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamp.astimezone(dt.UTC))
    event.add("dtstart", meeting.start)
    event.add("dtend", meeting.end)
    event.add("summary", meeting.title)
    event.add("description", meeting.note)
    event.add("location", meeting.place)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _calendar(event: Event, method: str = "") -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    calendar.add_component(event)
    return calendar


def _written(calendar: Calendar, meeting: Meeting) -> bytes:
    named = {str(zone.get("TZID", "")) for zone in calendar.walk("VTIMEZONE")}
    zone = getattr(meeting.start.tzinfo, "key", "")
    if zone and zone not in named:
        calendar.subcomponents.insert(0, yearly_zone(zone, meeting.start.year))
    return bytes(calendar.to_ical())
