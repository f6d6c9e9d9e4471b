"""Serve everything from one process until Ctrl-C."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from bot.errors import InstepError
from bot.settings import settings

if TYPE_CHECKING:
    from bot.web.asgi import Server

# Time for requests that are being answered when the server is told to stop.
_GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._announce is not None:
            self._announce()


def serve(host: str, port: int, announce: Callable[[], None] | None = None) -> None:
    """Check the data, bring the database up to date, then serve until Ctrl-C; exits with 1 and a sentence if it cannot.

    Args:
        host: address to bind.
        port: 1 to 65535.
        announce: called once the pages can be reached; the model may still be loading.
    """
    try:
        # Imported here: this sets Django up, which a wrong setting can end with a sentence.
        from bot.web.asgi import application
        from bot.web.checks import check_data, prepare_database

        check_data()
        prepare_database()
        application.start()
    except InstepError as error:
        sys.exit(str(error))
    server = _Server(_config(application, host, port), announce)
    try:
        server.run()
    except KeyboardInterrupt:
        return
    finally:
        application.stop()
    if not server.started:
        sys.exit(f"Cannot serve on {host}:{port}. Is another program using the port? Set INSTEP_PORT to another one.")


def _config(application: Server, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="on",
        # The locked websockets package is too old for uvicorn, and nothing here uses it.
        ws="none",
        forwarded_allow_ips=list(settings().trusted_proxies),
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
