"""Read calendars that can only be read: a feed of events or of busy times at an address (`INSTEP_BUSY_FEEDS`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.db import DatabaseError
from django.utils import timezone

from bot.booking.calendar.busy_times import feed_key, replace_busy_times
from bot.booking.calendar.calendar_reading import place_of, put_off
from bot.booking.calendar.event_reading import read_events
from bot.booking.calendar.event_times import EventTimes, Span, Window
from bot.booking.mails.outbox import LEASE, claim
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import FeedRow
from bot.errors import CalendarError
from bot.knowledge.model import Practice
from bot.settings import BusyFeedSettings

if TYPE_CHECKING:
    import requests

# Ten years of a full calendar have about 10 MB.
LARGEST_BYTES = 32_000_000
PATIENCE_SECONDS = 60.0
_SILENCE_SECONDS = 10
_MOST_REDIRECTS = 5
_IN_MEMORY_BYTES = 1_000_000
_MARGIN = dt.timedelta(days=3)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the text, or None where it is what it was; the mark of this version."""

    file: IO[bytes] | None
    etag: str


def read_feeds(practice: Practice, access: BusyFeedSettings, lease: dt.timedelta = LEASE) -> bool:
    """Read every feed that is due; return False where one could not be read."""
    feeds = {feed_key(*feed): feed for feed in access.feeds}
    FeedRow.objects.exclude(key__in=feeds).delete()
    for key in feeds:
        FeedRow.objects.get_or_create(key=key)
    tried, reached = set[int](), True
    while (row := claim(FeedRow, lease, tried)) is not None:
        tried.add(row.pk)
        try:
            _read(row, feeds[row.key], practice, access)
        except CalendarError as error:
            _log.warning("busy feed %s not read: %s", row.pk, error.code)
            put_off(row, error.code)
            reached = False
        except DatabaseError:
            raise
        except Exception as error:
            _log.error("busy feed %s not read: %s at %s", row.pk, type(error).__name__, place_of(error))
            put_off(row, "unexpected")
            reached = False
    return reached


def _read(row: FeedRow, feed: tuple[str, str], practice: Practice, access: BusyFeedSettings) -> None:
    clinician, address = feed
    clinicians = [one.id for one in practice.clinicians if clinician in ("", one.id)]
    if not clinicians:
        raise CalendarError("unknown_clinician", f"There is no clinician {clinician!r}: check INSTEP_BUSY_FEEDS.")
    now = timezone.now()
    horizon = now + dt.timedelta(days=practice.horizon_days + 1)
    is_known = row.read_until is not None and row.read_until >= horizon
    with fetched(address, row.etag if is_known else "") as answer:
        if answer.file is not None:
            until = horizon + _MARGIN
            window = Window(now - dt.timedelta(days=1), until, practice.time_zone, access.own_addresses)
            events = _without_own(_events(answer.file, window), clinicians)
            replace_busy_times(row.key, events, clinicians)
            row.read_until, row.etag = until, answer.etag
    row.failure, row.attempts, row.read_at = "", 0, now
    row.due_at = timezone.now() + dt.timedelta(seconds=access.poll_seconds)
    row.save()


@contextmanager
def fetched(address: str, etag: str) -> Iterator[Fetched]:
    """Give what the address answers; no answer takes more than a minute or more memory than a small one.

    Args:
        address: of the feed.
        etag: mark of the version that is known; empty to read it in any case.

    Raises:
        CalendarError: nothing usable is answered; its code says why.
    """
    import requests

    headers = {"Accept": "text/calendar", **({"If-None-Match": etag} if etag else {})}
    with requests.Session() as session, tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as file:
        session.max_redirects = _MOST_REDIRECTS
        try:
            with session.get(address, headers=headers, stream=True, timeout=_SILENCE_SECONDS) as answer:
                if answer.status_code != 304:
                    _check(answer.status_code)
                    _save(answer, file)
        except requests.TooManyRedirects:
            raise CalendarError("too_many_redirects", "The feed leads in a circle: check INSTEP_BUSY_FEEDS.") from None
        except (requests.RequestException, OSError):
            raise CalendarError("no_connection", "The feed was not reached: it is tried again.") from None
        mark = answer.headers.get("ETag", "")[:300]
        yield Fetched(None if answer.status_code == 304 else _checked(file), mark)


def _check(status: int) -> None:
    if status in (401, 403):
        raise CalendarError("login_refused", "The feed may not be read: check that it is shared by its address.")
    if status in (404, 410):
        raise CalendarError("no_calendar", "There is no feed at that address: check INSTEP_BUSY_FEEDS.")
    if status == 429 or status >= 500:
        raise CalendarError("no_connection", "The feed's server has no time: it is tried again.")
    if status != 200:
        raise CalendarError("refused", f"The feed answered {status}: check INSTEP_BUSY_FEEDS.")


def _save(answer: requests.Response, file: IO[bytes]) -> None:
    end, size = time.monotonic() + PATIENCE_SECONDS, 0
    for piece in answer.iter_content(65_536):
        size += len(piece)
        if size > LARGEST_BYTES:
            raise CalendarError("too_large", "The feed is larger than a calendar: let it begin later or name another.")
        if time.monotonic() > end:
            raise CalendarError("no_connection", "The feed comes too slowly: it is tried again.")
        file.write(piece)


def _checked(file: IO[bytes]) -> IO[bytes]:
    """Return the file from its beginning; a part of a calendar must not pass for the whole: the rest would be free."""
    size = file.tell()
    file.seek(0)
    if not file.read(1000).removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        raise CalendarError("not_a_calendar", "The feed answers something else: it needs an address that ends in .ics.")
    file.seek(max(size - 1000, 0))
    if not file.read().rstrip().upper().endswith(b"END:VCALENDAR"):
        raise CalendarError("cut_off", "The feed ended early: it is tried again.")
    file.seek(0)
    return file


def _events(file: IO[bytes], window: Window) -> Iterator[tuple[str, EventTimes]]:
    # Of this thread's own work: a busy machine is slow, not wrong.
    end = time.thread_time() + PATIENCE_SECONDS
    lines = io.TextIOWrapper(file, "utf-8-sig", "replace", newline=None)
    for number, times in enumerate(read_events(lines, window)):
        if time.thread_time() > end:
            raise CalendarError("too_large", "The feed takes too long to read: let it begin later or name another.")
        mark = times.uid or f"{number} {times.title}"
        yield hashlib.sha256(mark.encode()).hexdigest()[:32], times


def _without_own(events: Iterator[tuple[str, EventTimes]], clinicians: list[str]) -> Iterator[tuple[str, EventTimes]]:
    """Leave out the visits that were booked here and came back by their invitations."""
    rows = AppointmentRow.objects.coming(timezone.now()).filter(clinician_id__in=clinicians)
    own = {uid: (start, end) for uid, start, end in rows.values_list("uid", "start", "end")}
    for mark, times in events:
        visits = [own[times.uid]] if times.uid in own else ([] if times.uid else list(own.values()))
        times.spans = [piece for span in times.spans for piece in _outside(span, visits)]
        yield mark, times


def _outside(span: Span, visits: list[Span]) -> list[Span]:
    """Return what is left of the span beside the visits."""
    left = [span]
    for start, end in visits:
        pieces = [((begin, min(until, start)), (max(begin, end), until)) for begin, until in left]
        left = [piece for pair in pieces for piece in pair if piece[0] < piece[1]]
    return left
