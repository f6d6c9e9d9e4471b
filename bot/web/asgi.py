"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

# WhiteNoise has no asynchronous files yet; those here are small and read at once.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
django.setup(set_prefix=False)

from bot.api import thinking  # noqa: E402
from bot.api.body_limit import Application, BodyLimit  # noqa: E402
from bot.api.storage import close_connections  # noqa: E402
from bot.errors import InstepError  # noqa: E402

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class PageHandler(ASGIHandler):
    """Django, which serves a page on a thread of its own: that thread's connection ends with the request."""

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        try:
            await super().handle(scope, receive, send)
        finally:
            if not scope["path"].startswith("/api/"):
                await sync_to_async(connections.close_all)()


class Server:
    """Serves requests, and starts and stops the brain with the server."""

    def __init__(self) -> None:
        self._application = BodyLimit(cast(Application, PageHandler()))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._application(scope, receive, send)

    def start(self) -> None:
        """Start the brain, once; returns at once.

        Raises:
            ModelError: there is no trained model for these files.
        """
        thinking.start()

    def stop(self) -> None:
        """Stop the brain and close what the API holds open."""
        thinking.stop()
        close_connections()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            self.start()
        except InstepError as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await sync_to_async(self.stop)()
        await send({"type": "lifespan.shutdown.complete"})


application = Server()
