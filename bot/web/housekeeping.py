"""What the server does beside serving: tend bookings, delete what is old, wipe what was deleted from the disk."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import closing

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bot.api.retention import forget_old
from bot.api.wording import practice
from bot.booking.freed_visits import offer_freed_visits
from bot.booking.mails.outbox import delete_old
from bot.booking.storage.retention import clear_old_contacts
from bot.inbox.delivery import on_forgotten
from bot.settings import settings

PURGE_SECONDS = 24 * 3600.0
ROUND_SECONDS = 60.0
# After a failed purge, and where a reader kept the log of SQLite busy.
RETRY_SECONDS = 60.0
BUSY_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Housekeeping:
    """One thread that works at the start, every minute, once a day, and after each deletion."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)
        self._rung = threading.Event()
        self._stopping = False

    def start(self) -> None:
        """Start the thread and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the work at hand."""
        self._stopping = True
        self._rung.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        end = on_forgotten(lambda _: self._rung.set())
        next_purge = next_round = time.monotonic()
        try:
            while not self._stopping:
                if time.monotonic() >= next_round:
                    next_round = time.monotonic() + ROUND_SECONDS
                    tend_bookings()
                if time.monotonic() >= next_purge:
                    next_purge = time.monotonic() + (PURGE_SECONDS if purge() else RETRY_SECONDS)
                wait = min(next_purge, next_round) - time.monotonic() if wipe_log() else BUSY_SECONDS
                self._rung.wait(max(0.0, wait))
                # Not before the work: that would swallow the ring of a stop, and the thread would outlive its server.
                self._rung.clear()
        finally:
            end()
            connections.close_all()


def tend_bookings() -> None:
    """End holds whose time is up, and offer visits that became free to who waits for one."""
    _survives("bookings could not be tended", lambda: offer_freed_visits(practice(), timezone.now()))


def purge() -> bool:
    """Delete old conversations, contact details and ended staff sessions; return False to be called again soon."""
    return _survives("what is old could not be deleted", _delete_what_is_old)


def _delete_what_is_old() -> None:
    forget_old()
    clear_old_contacts(timezone.now(), settings().booking_retention_days)
    delete_old()
    call_command("clearsessions")


def _survives(trouble: str, work: Callable[[], object]) -> bool:
    """Do the work. Any fault is told and tried again later: a thread that ends would keep what has to be deleted."""
    try:
        work()
    except Exception as error:
        # The text of an exception may quote a visitor: its type and place are enough to find it.
        _log.error("%s: %s at %s", trouble, type(error).__name__, traceback.extract_tb(error.__traceback__)[-1])
        connection.close()
        return False
    return True


def wipe_log() -> bool:
    """Empty SQLite's write-ahead log, which still holds deleted words; return False when somebody reads from it.

    PostgreSQL's own log cannot be read through the database and is recycled by it.
    """
    if connection.vendor != "sqlite":
        return True
    # A connection that does not wait: while it waited, no other could write.
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=0)) as own:
        try:
            busy, _, _ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy
