"""Read the body and the headers of a request, strictly: what is not asked for is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from bot.api.problems import ProblemError

BODY_BYTES = 8_192
CHOICES = 50


def read_object(request: HttpRequest, allowed: Iterable[str]) -> dict[str, Any]:
    """Return the JSON object of the body, empty for an empty body.

    Raises:
        ProblemError: too large, not JSON, not an object, or with other keys than `allowed`.
    """
    body = _body(request)
    if not body:
        return {}
    if request.content_type != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise ProblemError("not_json")
    try:
        value = json.loads(body, parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise ProblemError("invalid_body") from None
    if not isinstance(value, dict) or not value.keys() <= set(allowed):
        raise ProblemError("invalid_body")
    return value


def read_message(request: HttpRequest) -> str | list[str]:
    """Return the text of a message, or the list of its pressed choices.

    Raises:
        ProblemError: the body is not a message.
    """
    body = read_object(request, ("text", "choice", "choices"))
    if len(body) != 1:
        raise ProblemError("invalid_body")
    if "choices" in body:
        choices = body["choices"]
        if not isinstance(choices, list) or not 1 <= len(choices) <= CHOICES:
            raise ProblemError("invalid_body")
        return [_string(choice) for choice in choices]
    return [_string(body["choice"])] if "choice" in body else _string(body["text"])


def read_page(request: HttpRequest) -> str:
    """Return the page that a new conversation starts on. Raises ProblemError."""
    return _string(read_object(request, ("page",)).get("page", ""))


def bearer_token(request: HttpRequest) -> str:
    """Return the token of the header Authorization. Raises ProblemError."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError("token_missing", {"WWW-Authenticate": "Bearer"})
    return token.strip()


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > BODY_BYTES:
        raise ProblemError("body_too_large")
    try:
        body = request.body
    except RequestDataTooBig:
        raise ProblemError("body_too_large") from None
    if len(body) > BODY_BYTES:
        raise ProblemError("body_too_large")
    return body


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ProblemError("invalid_body")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key occurs twice")
    return value
