"""The outermost layer: reads each body with a limit of size and time before anything else sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.api.bodies import BODY_BYTES
from bot.api.door import TOO_SLOW

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

READ_SECONDS = 10.0
# For the forms of the pages.
FORM_BYTES = 65_536


class BodyLimit:
    """An ASGI application that hands on whole bodies of a limited size; what is more is read and thrown away.

    The API gets one byte more than its limit, or the mark that the body did not arrive in time, and answers itself,
    with all its headers. What is too large or too slow for a page is answered here.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        for_api = scope["path"].startswith("/api/")
        limit = BODY_BYTES if for_api else FORM_BYTES
        try:
            first = await asyncio.wait_for(_read(receive, limit), READ_SECONDS)
        except TimeoutError:
            if not for_api:
                await _refuse(send, 408, b"The request did not arrive in time. Please try again.\n")
                return
            scope[TOO_SLOW] = True
            first = {"type": "http.request", "body": b"", "more_body": False}
        if not for_api and len(first.get("body", b"")) > limit:
            await _refuse(send, 413, b"The request is too large.\n")
            return
        waiting = [first]

        async def replay() -> Message:
            if waiting:
                return waiting.pop()
            # What still comes of a body that was given up is not for the application.
            while (message := await receive())["type"] == "http.request":
                pass
            return message

        await self._application(scope, replay, send)


async def _read(receive: Receive, limit: int) -> Message:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        body += message.get("body", b"")[: limit + 1 - len(body)]
        if not message.get("more_body", False):
            return {"type": "http.request", "body": bytes(body), "more_body": False}


async def _refuse(send: Send, status: int, sentence: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
