"""The outermost layer around the API: reads a body with a limit of size and time before anything else sees it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.api.bodies import BODY_BYTES
from bot.api.problems import STATUSES, problem_body

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

READ_SECONDS = 10.0


class BodyLimit:
    """An ASGI application that hands at most one byte more than the limit to the API; the rest is thrown away.

    The one byte more lets the API itself answer that the body is too large, with all its headers.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._application(scope, receive, send)
            return
        try:
            first = await asyncio.wait_for(_read(receive), READ_SECONDS)
        except TimeoutError:
            await _refuse(send, "body_too_slow")
            return
        waiting = [first]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._application(scope, replay, send)


async def _read(receive: Receive) -> Message:
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        body = (body + message.get("body", b""))[: BODY_BYTES + 1]
        if not message.get("more_body", False):
            return {"type": "http.request", "body": body, "more_body": False}


async def _refuse(send: Send, code: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": STATUSES[code], "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem_body(code)).encode()})
