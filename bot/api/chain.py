"""Middleware that lets the API go its own way: it has no session, no cookie and no form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

_PREFIX = "/api/"


class ApiFirst:
    """Answers requests below /api/ itself; all others go on to the middleware of pages and forms.

    The rest of the chain hops between threads several times a request and serves pages only.
    """

    sync_capable = False
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]]) -> None:
        self._get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if not request.path_info.startswith(_PREFIX):
            return await self._get_response(request)
        match = resolve(request.path_info)
        response: HttpResponseBase = await match.func(request, **match.kwargs)
        return response
