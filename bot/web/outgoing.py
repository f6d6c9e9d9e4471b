"""Send what is owed to others, beside serving: mails on one thread, the calendar on another."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cache

from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

from bot.api.wording import practice
from bot.booking.announcements import calendar_bell, mail_bell
from bot.booking.calendar.busy_feeds import read_feeds
from bot.booking.calendar.caldav_calendar import PracticeCalendar
from bot.booking.calendar.calendar_reading import read_due
from bot.booking.calendar.event_writing import owe_missing_events, write_due
from bot.booking.mails.outbox import send_due
from bot.booking.mails.reminders import owe_reminders
from bot.settings import settings

# What another process stored is found after this time, and reminders are looked for.
POLL_SECONDS = 15.0
# After a round in which the server was not reached.
RETRY_SECONDS = 60.0
# Ringing a server that is down at each booking must not become a storm.
_LEAST_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Outgoing:
    """A thread that does its round again and again; a round returns False where it has to wait for the server."""

    def __init__(self, name: str, work: Callable[[], bool], bell: threading.Event, poll_seconds: float) -> None:
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._work, self._bell, self._poll_seconds = work, bell, poll_seconds
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the thread and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the round at hand, or leave it to end with the process: nothing is lost by that."""
        self._stopping.set()
        self._bell.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._bell.wait(self._poll_seconds if self._round() else RETRY_SECONDS)
                self._stopping.wait(_LEAST_SECONDS if self._bell.is_set() else 0)
                # Not before the round: that would swallow the ring of a stop.
                self._bell.clear()
        finally:
            connections.close_all()

    def _round(self) -> bool:
        try:
            return self._work()
        except (DatabaseError, InterfaceError) as error:
            _log.error("%s: the database does not answer: %s", self._thread.name, type(error).__name__)
            connection.close()
        except Exception as error:
            # The text of an exception may quote an address: its type and place are enough to find it.
            place = traceback.extract_tb(error.__traceback__)[-1]
            _log.error("%s: %s at %s", self._thread.name, type(error).__name__, place)
        return False


def configured() -> tuple[Outgoing, ...]:
    """Return the threads that the settings ask for; what is not configured loads nothing."""
    threads = []
    if settings().mail:
        threads.append(Outgoing("mail", mail_round, mail_bell, POLL_SECONDS))
    if settings().calendar or settings().busy_feeds:
        threads.append(Outgoing("calendar", calendar_round, calendar_bell, POLL_SECONDS))
    return tuple(threads)


def mail_round() -> bool:
    """Store the reminders that are due, then send what is due."""
    server = settings().mail
    if server is None:
        return True
    owe_reminders(timezone.now())
    return send_due(practice(), server)


def calendar_round() -> bool:
    """Read what the practice changed, then write what is due; its calendar wins."""
    access, feeds = settings().calendar, settings().busy_feeds
    reached = read_feeds(practice(), feeds) if feeds else True
    if access is None:
        return reached
    with ExitStack() as opened:

        @cache
        def open_calendar(address: str) -> PracticeCalendar:
            return opened.enter_context(closing(PracticeCalendar(address, access)))

        owe_missing_events(timezone.now())
        reached = read_due(practice(), access, open_calendar) and reached
        return write_due(practice(), access, open_calendar) and reached
