"""Bring the events of the practice's calendar into step with the appointments."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable

from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bot.booking.announcements import owe_event
from bot.booking.appointments import find_by_reference
from bot.booking.calendar.caldav_calendar import PracticeCalendar, Written
from bot.booking.calendar.following import follow_deletion, follow_move
from bot.booking.calendar.invitation import Meeting, moved_event, own_event
from bot.booking.calendar.own_event_times import Times, times_of
from bot.booking.mails.mail_words import filled, words
from bot.booking.mails.message import practice_details
from bot.booking.mails.outbox import LEASE, claim, pause_after
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import EventRow
from bot.booking.storage.records import appointment
from bot.booking.visits import Appointment
from bot.errors import CalendarChangedError, CalendarError
from bot.knowledge.model import Practice
from bot.settings import CalendarSettings

Open = Callable[[str], PracticeCalendar]
_log = logging.getLogger(__name__)


def owe_missing_events(now: dt.datetime) -> int:
    """Let coming appointments from before the calendar was configured get their events; return how many."""
    known = EventRow.objects.filter(reference=OuterRef("reference"))
    rows = AppointmentRow.objects.coming(now).filter(~Exists(known))
    missing = [appointment(row) for row in rows]
    for one in missing:
        owe_event(one)
    return len(missing)


def write_due(practice: Practice, access: CalendarSettings, open_calendar: Open, lease: dt.timedelta = LEASE) -> bool:
    """Write, move or delete every event that is due; return False where a calendar could not be reached."""
    tried: set[int] = set()
    writer = EventWriter(practice, access, open_calendar)
    while (row := claim(EventRow, lease, tried)) is not None:
        tried.add(row.pk)
        try:
            writer.bring_into_step(row)
        except CalendarChangedError:
            # Read first: the practice's calendar wins.
            postpone(row, "changed_there")
        except CalendarError as error:
            _log.warning("event not written: %s, %s", row.reference, error.code)
            postpone(row, error.code)
            if error.code == "no_connection":
                return False
        except DatabaseError:
            raise
        except Exception as error:
            # One event must not keep the others from being written.
            place = traceback.extract_tb(error.__traceback__)[-1]
            _log.error("event not written: %s, %s at %s", row.reference, type(error).__name__, place)
            postpone(row, "unexpected")
    return True


def postpone(row: EventRow, failure: str) -> None:
    """Let the row be due again after a pause, unless somebody made it due meanwhile."""
    attempts = row.attempts + 1
    due_at = timezone.now() + pause_after(attempts)
    EventRow.objects.filter(pk=row.pk, due_at=row.due_at).update(attempts=attempts, due_at=due_at, failure=failure)


class EventWriter:
    """Writes the event of one appointment after the other."""

    def __init__(self, practice: Practice, access: CalendarSettings, open_calendar: Open) -> None:
        self._practice, self._access, self._open = practice, access, open_calendar

    def bring_into_step(self, row: EventRow) -> None:
        """Make the event what the appointment is.

        Raises:
            CalendarError: the calendar cannot be written now.
            CalendarChangedError: the practice changed the event meanwhile.
        """
        row.failure = ""
        booked = find_by_reference(row.reference)
        wanted = booked is not None and booked.is_booked
        address = calendar_of(self._access, booked.visit.clinician_id) if booked and wanted else ""
        if row.href and row.calendar and row.calendar != address and not _is_over(row):
            # Cancelled, or with another clinician, whose calendar is another one.
            self._open(row.calendar).delete(row.href)
            row.calendar, row.href, row.etag, row.start, row.end = "", "", "", None, None
            _keep(row)
        if booked is None:
            EventRow.objects.filter(pk=row.pk, due_at=row.due_at).delete()
        elif not address:
            _done(row)
        elif not row.href:
            self._create(row, booked, address)
        elif (row.start, row.end) != (booked.visit.start, booked.visit.end):
            self._move(row, booked)
        else:
            _done(row)

    def _create(self, row: EventRow, booked: Appointment, address: str) -> None:
        calendar = self._open(address)
        href = calendar.path_for(row.uid)
        try:
            etag = calendar.write(href, own_event(self._meeting(booked)), "")
        except CalendarChangedError:
            self._adopt(row, booked, address, href)
            return
        _record(row, address, Written(href, "", etag), booked.visit.start, booked.visit.end)
        _done(row)

    def _adopt(self, row: EventRow, booked: Appointment, address: str, href: str) -> None:
        """Take over an event that a killed process wrote before it could say so."""
        written = self._open(address).read([href]).get(href)
        times = times_of(written.text, self._practice.time_zone) if written else None
        if written is None or times is None:
            raise CalendarChangedError("The event is there and cannot be read: try again.")
        _record(row, address, written, times.start, times.end)
        if times.sequence < booked.sequence:
            self._move(row, booked)
        else:
            follow(row, times, booked)
            _done(row)

    def _move(self, row: EventRow, booked: Appointment) -> None:
        calendar = self._open(row.calendar)
        written = calendar.read([row.href]).get(row.href)
        if written is None:
            row.calendar, row.href, row.etag = "", "", ""
            _keep(row)
            follow_deletion(row.reference)
            return
        times = times_of(written.text, self._practice.time_zone)
        if times is not None and written.etag != row.etag and (times.start, times.end) != (row.start, row.end):
            _record(row, row.calendar, written, times.start, times.end)
            follow(row, times, booked)
            _done(row)
            return
        meeting = self._meeting(booked)
        try:
            text = moved_event(written.text, meeting)
        except ValueError:
            # What staff added cannot be kept where nothing can be read; a visit at the wrong time would be worse.
            text = own_event(meeting)
        etag = calendar.write(row.href, text, written.etag)
        _record(row, row.calendar, Written(row.href, "", etag), booked.visit.start, booked.visit.end)
        _done(row)

    def _meeting(self, booked: Appointment) -> Meeting:
        kind = next((one.name for one in self._practice.visit_types if one.id == booked.visit.visit_type), "")
        details = {
            **practice_details(self._practice),
            "visit_type": kind or booked.visit.visit_type,
            "reference": booked.reference,
            "name": booked.contact.name if self._access.shows_names else "",
        }
        with_name = filled(words().event["title_for_staff_with_name"], details)
        return Meeting(
            uid=booked.uid,
            sequence=booked.sequence,
            start=booked.visit.start,
            end=booked.visit.end,
            stamp=timezone.now(),
            title=with_name or filled(words().event["title_for_staff"], details),
            note=filled(words().event["note"], details),
            place=self._practice.address or self._practice.name,
        )


def calendar_of(access: CalendarSettings, clinician_id: str) -> str:
    """Return the address of the clinician's calendar, else of the one for all; empty where there is none."""
    return access.addresses.get(clinician_id) or access.addresses.get("", "")


def follow(row: EventRow, times: Times, booked: Appointment, clinician_id: str = "") -> None:
    """Let the appointment follow its event; what cannot be followed is kept in the row for staff to see."""
    clinician_id = clinician_id or booked.visit.clinician_id
    if times.cancelled:
        follow_deletion(row.reference)
        row.failure = ""
    elif (times.start, times.end, clinician_id) != (booked.visit.start, booked.visit.end, booked.visit.clinician_id):
        row.failure = follow_move(row.reference, times, clinician_id)
    else:
        row.failure = ""
    EventRow.objects.filter(pk=row.pk).update(failure=row.failure)


def _record(row: EventRow, address: str, written: Written, start: dt.datetime | None, end: dt.datetime | None) -> None:
    row.calendar, row.href, row.etag, row.start, row.end = address, written.href, written.etag, start, end
    _keep(row)


def _keep(row: EventRow) -> None:
    row.save(update_fields=["calendar", "href", "etag", "start", "end"])


def _done(row: EventRow) -> None:
    # What became due meanwhile stays due.
    EventRow.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=None, attempts=0, failure=row.failure)


def _is_over(row: EventRow) -> bool:
    return row.end is not None and row.end <= timezone.now()
