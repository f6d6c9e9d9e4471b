"""The ASGI application that `bot.web.serve` serves; the brain runs beside it."""

from __future__ import annotations

import os
import warnings
from typing import Any, cast

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

# WhiteNoise has no asynchronous files yet; those here are small and read at once.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
django.setup(set_prefix=False)

from bot.web.body_limit import Application, BodyLimit  # noqa: E402 - Django comes first


class PageHandler(ASGIHandler):
    """Django, which serves a page on a thread of its own: that thread's connection ends with the request."""

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        try:
            await super().handle(scope, receive, send)
        finally:
            if not scope["path"].startswith("/api/"):
                await sync_to_async(connections.close_all)()


application = BodyLimit(cast(Application, PageHandler()))
