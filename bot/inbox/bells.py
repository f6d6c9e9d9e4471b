"""Bells that ring within this process once something is committed, so that nobody has to poll for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import transaction

_log = logging.getLogger(__name__)

Listener = Callable[[str], None]


class Bell:
    """Tells its listeners the id of a conversation after the transaction around it is committed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with a conversation's id at each ring; return the function that ends it.

        The listener runs on the thread that committed and must return at once.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._lock:
                self._listeners = tuple(each for each in self._listeners if each is not listener)

        return end

    def ring_on_commit(self, conversation_id: str) -> None:
        """Ring when the transaction around this call is committed, at once when there is none."""
        transaction.on_commit(lambda: self._ring(conversation_id))

    def _ring(self, conversation_id: str) -> None:
        for listener in self._listeners:
            try:
                listener(conversation_id)
            except Exception as error:
                # What is committed stays committed; a deaf listener finds it when it polls.
                _log.error("a listener of %s failed: %s", self._name, type(error).__name__)


received = Bell("received")
published = Bell("published")
forgotten = Bell("forgotten")


def on_received(listener: Listener) -> Callable[[], None]:
    """Be told of each stored message of this process; returns the function that ends it."""
    return received.listen(listener)


def on_published(listener: Listener) -> Callable[[], None]:
    """Be told of each new line that this process wrote; returns the function that ends it."""
    return published.listen(listener)


def on_forgotten(listener: Listener) -> Callable[[], None]:
    """Be told of each conversation that this process deleted, to drop caches; returns the function that ends it."""
    return forgotten.listen(listener)
