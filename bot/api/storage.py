"""Run the inbox's functions beside the event loop, on a few threads that keep their database connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, connection, connections

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 8
# A visitor is told the phone number within this time; a write that ends later is found by its key on the retry.
PATIENCE_SECONDS = 5.0

_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="api")


async def in_database(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what the function returns.

    Raises:
        TimeoutError: it took longer than `PATIENCE_SECONDS`.
    """
    loop = asyncio.get_running_loop()
    return await asyncio.wait_for(
        loop.run_in_executor(_threads, partial(_with_live_connection, partial(function, *args, **kwargs))),
        PATIENCE_SECONDS,
    )


def close_connections() -> None:
    """End the threads and their connections, when the server stops; a later call starts new ones."""
    global _threads
    ended, _threads = _threads, ThreadPoolExecutor(THREADS, thread_name_prefix="api")
    # Each thread has a connection of its own; because all wait for each other, each of them closes one.
    together = Barrier(THREADS)
    for _ in range(THREADS):
        ended.submit(_close, together)
    ended.shutdown(wait=True)


def _close(together: Barrier) -> None:
    with suppress(BrokenBarrierError):
        together.wait(PATIENCE_SECONDS)
    connections.close_all()


def _with_live_connection(call: Callable[[], R]) -> R:
    try:
        return call()
    except (DatabaseError, InterfaceError):
        # The database may have been restarted: the next call opens a new connection.
        connection.close()
        raise
