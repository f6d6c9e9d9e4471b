"""The door that every request of the API passes: host, origin, method, errors and headers."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from bot.api.problems import ProblemError, problem_response
from bot.errors import ConversationNotFoundError
from bot.settings import settings

_log = logging.getLogger(__name__)

Handler = Callable[..., Coroutine[Any, Any, HttpResponseBase]]

_ALLOWED_HEADERS = "authorization, content-type, idempotency-key"
_PREFLIGHT_SECONDS = "600"
_RETRY_SECONDS = "5"

TOO_SLOW = "instep.body_too_slow"
"""Key of the ASGI scope of a request whose body did not arrive in time."""


def endpoint(**handlers: Handler) -> Handler:
    """Return the view of one address: its handlers by method, behind the door."""

    @csrf_exempt  # No cookie is read here: the token is a header that only the embedding page's script knows.
    async def view(request: HttpRequest, **path: str) -> HttpResponseBase:
        try:
            _check_host(request)
            origin = _checked_origin(request)
        except ProblemError as problem:
            return _sealed(problem_response(problem), "")
        if request.method == "OPTIONS":
            return _sealed(_preflight(handlers), origin)
        return _sealed(await _answer(handlers, request, path), origin)

    return view


async def _answer(handlers: Mapping[str, Handler], request: HttpRequest, path: dict[str, str]) -> HttpResponseBase:
    try:
        handler = handlers.get(request.method or "")
        if handler is None:
            raise ProblemError("method_not_allowed", {"Allow": ", ".join([*handlers, "OPTIONS"])})
        if getattr(request, "scope", {}).get(TOO_SLOW):
            raise ProblemError("body_too_slow", {"Connection": "close"})
        return await handler(request, **path)
    except ProblemError as problem:
        return problem_response(problem)
    except ConversationNotFoundError:
        return problem_response(ProblemError("not_found"))
    except SuspiciousOperation:
        # More parameters than Django reads.
        return problem_response(ProblemError("invalid_parameter"))
    except (DatabaseError, InterfaceError, TimeoutError) as error:
        _log.error("the database does not answer: %s", type(error).__name__)
        return problem_response(ProblemError("unavailable", {"Retry-After": _RETRY_SECONDS}))
    except Exception as error:
        # The text of an exception may quote the visitor: its type and place are enough to find it.
        _log.error("%s at %s", type(error).__name__, traceback.extract_tb(error.__traceback__)[-1])
        return problem_response(ProblemError("internal"))


def _check_host(request: HttpRequest) -> None:
    try:
        request.get_host()
    except DisallowedHost:
        raise ProblemError("host_unknown") from None


def _checked_origin(request: HttpRequest) -> str:
    # Browsers leave the header out for reads from the same origin; what is no browser has no origin to protect.
    origin = request.headers.get("Origin", "")
    own = (settings().public_url, f"{request.scheme}://{request.get_host()}")
    if origin and origin not in own and origin not in settings().widget_origins:
        raise ProblemError("origin_refused")
    return origin


def _preflight(handlers: Mapping[str, Handler]) -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": ", ".join(handlers),
            "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
            "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        },
    )


def _sealed(response: HttpResponseBase, origin: str) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if settings().secure:
        response["Strict-Transport-Security"] = "max-age=31536000"
    patch_vary_headers(response, ["Origin"])
    if response.status_code == 204:
        del response["Content-Type"]
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = "Retry-After"
    return response
