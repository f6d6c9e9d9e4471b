"""The door of the visitor's page: who may come in, and what the answer keeps to itself."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from bot.api.limits import Limit
from bot.api.network import network_address
from bot.api.wording import practice
from bot.booking.appointments import find_by_link
from bot.booking.visits import Appointment

Page = Callable[[HttpRequest, Appointment, str], HttpResponse]
_log = logging.getLogger(__name__)

# Nobody guesses 256 bits; this keeps those who try from costing anything.
WRONG_LINKS = Limit(20, 3600)
CHANGES = Limit(10, 3600)


def behind_link(*methods: str) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Let the page be seen by whoever has the link; `methods` are the HTTP methods that it takes beside HEAD."""

    def decorate(page: Page) -> Callable[..., HttpResponse]:
        # The address is the secret: no other site knows it, so none can forge a form to it. A token in a cookie would
        # lock out who reads mail without cookies, and browsers send no origin from a page that tells no referrer.
        @csrf_exempt
        @wraps(page)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return _sealed(HttpResponseNotAllowed([*methods, "HEAD"]))
            try:
                with timezone.override(practice().time_zone):
                    return _sealed(_answer(request, token, page))
            except (DatabaseError, InterfaceError) as error:
                connection.close()
                _log.error("the database does not answer: %s", type(error).__name__)
                return _sealed(notice(request, "unavailable", 503))
            except Exception as error:
                # The text of an exception may quote the visitor: its type and place are enough to find it.
                _log.error("%s at %s", type(error).__name__, traceback.extract_tb(error.__traceback__)[-1])
                return _sealed(notice(request, "unavailable", 500))

        return view

    return decorate


def notice(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """Return a page that says only what is wrong, and the phone number."""
    return render(request, "visit/notice.html", {"practice": practice(), "what": what}, status=status)


def _answer(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    address = network_address(request)
    if WRONG_LINKS.reached(address):
        return notice(request, "too_many", 429)
    found = find_by_link(token)
    if found is None:
        WRONG_LINKS.count(address)
        return notice(request, "unknown", 404)
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return notice(request, "foreign", 403)
        if CHANGES.reached(found.uid):
            return notice(request, "too_many", 429)
        CHANGES.count(found.uid)
    return page(request, found, token)


def _sealed(response: HttpResponse) -> HttpResponse:
    # The address must not leave this page: not in a cache, a referrer or a search engine.
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
