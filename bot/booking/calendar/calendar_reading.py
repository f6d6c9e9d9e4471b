"""Read the practice's calendars: own events are followed, all others become busy times."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone

from bot.booking.appointments import find_by_reference
from bot.booking.calendar.busy_times import calendars_in_use, replace_busy_times
from bot.booking.calendar.caldav_calendar import Written
from bot.booking.calendar.content_lines import text_lines
from bot.booking.calendar.event_reading import read_events
from bot.booking.calendar.event_times import EventTimes, Problem, Window
from bot.booking.calendar.event_writing import Open, follow
from bot.booking.calendar.following import follow_deletion
from bot.booking.calendar.own_event_times import times_of, uid_of
from bot.booking.mails.outbox import LEASE, claim, pause_after
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import CalendarRow, EventRow, FeedRow
from bot.errors import CalendarError
from bot.knowledge.model import Practice
from bot.settings import CalendarSettings

# Repeated events are expanded so far ahead of the last day that is offered, and again when that is used up.
_MARGIN = dt.timedelta(days=3)
# So many coming visits that vanish at once, and half of all, are a mishap of the calendar, not cancellations.
_MISHAP = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CalendarTrouble:
    """A calendar that could not be read. `read_at`: when it last could, aware, or None for never."""

    address: str
    failure: str
    read_at: dt.datetime | None


def calendar_troubles() -> tuple[CalendarTrouble, ...]:
    """Return the calendars that could not be read at the last try, for staff."""
    rows = CalendarRow.objects.filter(address__in=calendars_in_use()).exclude(failure="").order_by("address")
    feeds = FeedRow.objects.filter(key__in=calendars_in_use()).exclude(failure="").order_by("key")
    return (
        *(CalendarTrouble(row.address, row.failure, row.read_at) for row in rows),
        *(CalendarTrouble(row.key.partition(" ")[0], row.failure, row.read_at) for row in feeds),
    )


def read_due(practice: Practice, access: CalendarSettings, open_calendar: Open, lease: dt.timedelta = LEASE) -> bool:
    """Read every calendar that is due; return False where one could not be reached."""
    CalendarRow.objects.exclude(address__in=access.addresses.values()).delete()
    for address in access.addresses.values():
        CalendarRow.objects.get_or_create(address=address)
    reader, tried, reached = CalendarReader(practice, access, open_calendar), set[int](), True
    while (row := claim(CalendarRow, lease, tried)) is not None:
        tried.add(row.pk)
        try:
            reader.read(row)
        except CalendarError as error:
            _log.warning("calendar %s not read: %s", row.pk, error.code)
            put_off(row, error.code)
            reached = False
        except DatabaseError:
            raise
        except Exception as error:
            # Whatever one calendar has in it, the others are read and everything is written.
            _log.error("calendar %s not read: %s at %s", row.pk, type(error).__name__, place_of(error))
            put_off(row, "unexpected")
            reached = False
    return reached


def put_off(row: CalendarRow | FeedRow, failure: str) -> None:
    """Let the row be read again after a pause; until then what was read last goes on counting."""
    row.failure, row.attempts = failure, row.attempts + 1
    row.due_at = timezone.now() + min(pause_after(row.attempts), dt.timedelta(minutes=5))
    row.save(update_fields=["failure", "attempts", "due_at"])


def place_of(error: Exception) -> str:
    """Return where an exception was raised; its text may quote what a log must not hold."""
    return str(traceback.extract_tb(error.__traceback__)[-1])


class CalendarReader:
    """Reads one calendar after the other."""

    def __init__(self, practice: Practice, access: CalendarSettings, open_calendar: Open) -> None:
        self._practice, self._access, self._open = practice, access, open_calendar

    def read(self, row: CalendarRow) -> None:
        """Take over what changed in the calendar since it was read last.

        Raises:
            CalendarError: it cannot be read now, or looks as if it had been emptied by mistake.
        """
        now = timezone.now()
        horizon = now + dt.timedelta(days=self._practice.horizon_days + 1)
        changes = None
        if row.sync_token and row.read_until and row.read_until >= horizon:
            changes = self._open(row.address).changes(row.sync_token)
        if changes is None:
            self._read_all(row, now, horizon + _MARGIN)
        else:
            written = self._open(row.address).read(changes.hrefs)
            self._take(row, written, now, changes.hrefs)
            if self._let_go(row, set(changes.hrefs) - written.keys()):
                row.sync_token = changes.token
        row.failure, row.attempts, row.read_at = "", 0, now
        row.due_at = timezone.now() + dt.timedelta(seconds=self._access.poll_seconds)
        row.save()

    def _read_all(self, row: CalendarRow, now: dt.datetime, until: dt.datetime) -> None:
        calendar = self._open(row.address)
        # Asked for first: what changes while the events are read is reported again.
        token = calendar.token()
        written = {one.href: one for one in calendar.window(now - dt.timedelta(days=1), until)}
        known = EventRow.objects.filter(calendar=row.address, end__gt=now).exclude(href="")
        missing = set(known.values_list("href", flat=True)) - written.keys()
        # Out of the time that was asked for is not gone.
        written.update(calendar.read(missing))
        row.read_until = until
        self._take(row, written, now, None)
        self._let_go(row, missing - written.keys())
        row.sync_token = token

    def _take(
        self, row: CalendarRow, written: Mapping[str, Written], now: dt.datetime, hrefs: tuple[str, ...] | None
    ) -> None:
        """Take over what is written; the busy times of `hrefs`, or of all where it is None, are replaced."""
        own: list[tuple[EventRow, Written]] = []
        busy: list[tuple[str, EventTimes]] = []
        for one in written.values():
            known = EventRow.objects.filter(uid=uid_of(one.text)).first()
            if known is not None:
                own.append((known, one))
            else:
                busy += [(one.href, times) for times in self._read_event(row, one, now)]
        clinician = self._clinician_of(row.address)
        everybody = [clinician] if clinician else [one.id for one in self._practice.clinicians]
        replace_busy_times(row.address, busy, everybody, hrefs)
        for known, one in own:
            self._follow(row.address, known, one)

    def _follow(self, address: str, own: EventRow, written: Written) -> None:
        if own.calendar == address and own.etag == written.etag:
            return
        times, booked = times_of(written.text, self._practice.time_zone), find_by_reference(own.reference)
        if times is None or booked is None or not booked.is_booked:
            return
        same = (times.start, times.end) == (own.start, own.end) and not times.cancelled
        same = same and own.calendar in ("", address)
        if own.start is None and times.sequence < booked.sequence:
            # Written by a process that was killed, and older than the appointment: it is brought into step.
            return
        own.calendar, own.href, own.etag, own.start, own.end = (
            address,
            written.href,
            written.etag,
            times.start,
            times.end,
        )
        own.save(update_fields=["calendar", "href", "etag", "start", "end"])
        if not same:
            follow(own, times, booked, self._clinician_of(address))

    def _clinician_of(self, address: str) -> str:
        """Return whose calendar it is; empty for the one of all."""
        return next(clinician for clinician, known in self._access.addresses.items() if known == address)

    def _read_event(self, row: CalendarRow, written: Written, now: dt.datetime) -> list[EventTimes]:
        until, own = row.read_until or now, self._access.own_addresses
        window = Window(now - dt.timedelta(days=1), until, self._practice.time_zone, own)
        # Data without any event say that nothing is known, not that nothing is taken.
        found = list(read_events(text_lines(written.text), window))
        return found or [EventTimes("", "", problems=[Problem("unreadable", None)], is_lost=True)]

    def _let_go(self, row: CalendarRow, hrefs: Iterable[str]) -> bool:
        """Cancel the visits whose events are gone; return False where one is being written and has to be seen again."""
        booked = AppointmentRow.objects.coming(timezone.now()).values("reference")
        coming = EventRow.objects.filter(calendar=row.address, reference__in=booked).exclude(href="")
        missing = list(coming.filter(href__in=hrefs))
        gone = [own for own in missing if own.due_at is None and not self._moved_to_another(own)]
        if len(gone) >= _MISHAP and 2 * len(gone) >= coming.count():
            raise CalendarError("many_events_gone", "Many visits vanished from the calendar at once: nothing follows.")
        for own in gone:
            with transaction.atomic():
                # The appointment first, as every change does it: no two can wait for each other in a circle.
                follow_deletion(own.reference)
                EventRow.objects.filter(pk=own.pk).update(calendar="", href="", etag="")
        return all(own.due_at is None for own in missing)

    def _moved_to_another(self, own: EventRow) -> bool:
        for address in self._access.addresses.values():
            written = self._open(address).find(own.uid) if address != own.calendar else None
            if written is not None:
                self._follow(address, own, written)
                return True
        return False
