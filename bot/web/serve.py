"""Serve everything from one process until Ctrl-C."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from bot.errors import SettingsError
from bot.settings import settings

if TYPE_CHECKING:
    from bot.web.body_limit import BodyLimit

# Time for requests that are being answered when the server is told to stop.
_GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._announce is not None:
            await asyncio.to_thread(self._announce)


def serve(host: str, port: int, announce: Callable[[], None] | None = None) -> None:
    """Check the data, bring the database up to date, then serve until Ctrl-C.

    Args:
        host: address to bind.
        port: 1 to 65535.
        announce: called once the pages can be reached; the model may still be loading.

    Raises:
        KnowledgeError: a file under `data/` is broken.
        ModelError: there is no trained model for these files.
        SettingsError: a setting cannot be used, or the port is taken.
    """
    # Imported here: this sets Django up, which a wrong setting ends with a sentence.
    from bot.web.asgi import application
    from bot.web.checks import check_data, prepare_database

    check_data()
    with _bound(host, port) as bound:
        prepare_database()
        _run(_Server(_config(application), announce), bound)


def _run(server: _Server, bound: socket.socket) -> None:
    from bot.api import thinking
    from bot.api.storage import close_connections
    from bot.web.housekeeping import Housekeeping
    from bot.web.outgoing import Outgoing, configured

    beside: tuple[Housekeeping | Outgoing, ...] = (Housekeeping(), *configured())
    thinking.start()
    for one in beside:
        one.start()
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])
    finally:
        thinking.stop()
        for one in beside:
            one.stop()
        close_connections()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"Cannot serve on {host} port {port} ({error.strerror}): set INSTEP_PORT to a free port and "
            "INSTEP_HOST to an address of this machine."
        ) from None


def _config(application: BodyLimit) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="off",
        # The locked websockets package is too old for uvicorn, and nothing here uses it.
        ws="none",
        forwarded_allow_ips=list(settings().trusted_proxies),
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
