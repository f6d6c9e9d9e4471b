"""The practice's calendar on a CalDAV server (RFC 4791), by means of the library caldav."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.errors import CalendarChangedError, CalendarError
from bot.settings import CalendarSettings

# One request; a server that answers nothing must not keep other work waiting for long.
PATIENCE_SECONDS = 20
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Written:
    """An event as it stands in the calendar: its path on the server, its iCalendar text, the mark of this version."""

    href: str
    text: str
    etag: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths of everything that was added, changed or deleted, and the token to ask with the next time."""

    hrefs: tuple[str, ...]
    token: str


class PracticeCalendar:
    """One calendar. Every method may raise CalendarError; its code says what is wrong."""

    def __init__(self, address: str, access: CalendarSettings) -> None:
        # Here, so that a server without a calendar does not load it.
        from caldav.davclient import DAVClient

        self.address = address
        self._client = DAVClient(
            url=address,
            username=access.user or None,
            password=access.password or None,
            timeout=PATIENCE_SECONDS,
            enable_rfc6764=False,
            # A server that asks for patience is asked again in the next round.
            rate_limit_handle=False,
        )
        self._calendar: Any = self._client.calendar(url=address)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def token(self) -> str:
        """Return the mark of the present state; empty where the server has none, so that all is read each time."""
        with _translated():
            found = self._since(None)
            return str(found.sync_token or "") if found is not None else ""

    def changes(self, token: str) -> Changes | None:
        """Return what changed since the token; None where the server does not know it (any more)."""
        with _translated():
            found = self._since(token)
            if found is None:
                return None
            return Changes(tuple(_path(item.url) for item in found), str(found.sync_token or ""))

    def read(self, hrefs: Iterable[str]) -> Mapping[str, Written]:
        """Return the events at these paths; those that are not there are missing in the result."""
        wanted, found = sorted(set(hrefs)), {}
        with _translated():
            for first in range(0, len(wanted), _AT_ONCE):
                urls = [self._calendar.url.join(href) for href in wanted[first : first + _AT_ONCE]]
                for event in self._calendar.multiget(urls):
                    if event.data:
                        found[_path(event.url)] = _written(event)
        return {href: found[href] for href in wanted if href in found}

    def window(self, start: dt.datetime, end: dt.datetime) -> tuple[Written, ...]:
        """Return the events that touch the time between `start` and `end` (aware), repeated ones once."""
        with _translated():
            events = self._calendar.search(event=True, start=start, end=end, expand=False, post_filter=False)
            return tuple(_written(event) for event in events)

    def find(self, uid: str) -> Written | None:
        """Return the event with that UID, wherever it stands in the calendar."""
        with _translated():
            events = self._calendar.search(event=True, uid=uid, expand=False)
            return next((_written(event) for event in events), None)

    def write(self, href: str, text: bytes, etag: str) -> str:
        """Write an event and return its new mark.

        Args:
            href: path on the server.
            text: iCalendar.
            etag: mark of the version that is replaced; empty for an event that must not exist yet.

        Raises:
            CalendarChangedError: somebody else has written or deleted it.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        with _translated():
            answer = self._client.put(str(self._calendar.url.join(href)), text.decode(), headers)
            _check(answer.status, accepted=(200, 201, 204))
        return str(answer.headers.get("ETag") or "") or getattr(self.read([href]).get(href), "etag", "")

    def delete(self, href: str) -> None:
        """Delete an event; one that is not there is deleted already."""
        with _translated():
            answer = self._client.delete(str(self._calendar.url.join(href)))
            _check(answer.status, accepted=(200, 202, 204, 404, 410))

    def path_for(self, uid: str) -> str:
        """Return where the event with that UID is written."""
        return unquote(urlsplit(self.address).path) + f"{uid}.ics"

    def _since(self, token: str | None) -> Any:
        from caldav.lib import error

        try:
            return self._calendar.get_objects_by_sync_token(sync_token=token, disable_fallback=True)
        except (error.ReportError, error.ResponseError):
            return None
        except error.AuthorizationError as refusal:
            # RFC 6578 section 3.2 answers an old token with 403 and says why; a refused login says nothing.
            if refusal.preconditions:
                return None
            raise


def _written(event: Any) -> Written:
    from caldav.elements import dav

    return Written(_path(event.url), event.data, str(event.props.get(dav.GetEtag.tag, "")))


def _path(url: Any) -> str:
    return unquote(urlsplit(str(url)).path)


def _check(status: int, accepted: tuple[int, ...]) -> None:
    if status == 412:
        raise CalendarChangedError("The event was changed in the calendar: read it again.")
    if status not in accepted:
        raise CalendarError("refused", f"The calendar answered {status}: check INSTEP_CALENDARS and the rights there.")


@contextmanager
def _translated() -> Iterator[None]:
    from caldav.lib import error
    from lxml.etree import LxmlError

    try:
        yield
    except error.AuthorizationError:
        raise CalendarError("login_refused", "The calendar refused the user or the password: check them.") from None
    except error.NotFoundError:
        raise CalendarError("no_calendar", "There is no calendar at that address: check INSTEP_CALENDARS.") from None
    except (error.DAVError, LxmlError):
        raise CalendarError("refused", "The calendar did not understand: check that INSTEP_CALENDARS is one.") from None
    except OSError:
        raise CalendarError("no_connection", "The calendar's server was not reached: it is tried again.") from None
