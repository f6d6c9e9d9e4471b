"""The worker thread: loads the model while the pages are already up, then answers every message that waits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import close_old_connections, connections

from bot.brain.training import current_model
from bot.brain.turns import is_dead, new_owner, take_turn
from bot.errors import InstepError
from bot.inbox import delivery

if TYPE_CHECKING:
    from bot.brain.agent import Agent

# Messages that other processes stored, or that were given back, are found by looking; own ones ring a bell.
LOOK_SECONDS = 0.25
_log = logging.getLogger(__name__)


class Worker:
    """One thread that answers turns, one at a time."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=self._run, name="brain", daemon=True)
        self._stopping = threading.Event()
        self._rung = threading.Event()
        self._ready = threading.Event()
        self._owner = new_owner()

    def start(self) -> None:
        """Start the thread and return at once.

        Raises:
            ModelError: there is no model, or it was trained from other files.
        """
        self._model = current_model()
        self._thread.start()

    def stop(self, timeout: float = 15.0) -> None:
        """Finish the turn at hand and end the thread; wait at most `timeout` seconds for it."""
        self._stopping.set()
        self._rung.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def is_ready(self) -> bool:
        """Tell whether the model is loaded and messages are being answered."""
        return self._ready.is_set() and self._thread.is_alive()

    def _run(self) -> None:
        ends = [delivery.on_received(lambda _: self._rung.set())]
        try:
            agent = self._load()
            ends.append(delivery.on_forgotten(agent.forget))
            self._ready.set()
            self._answer_all(agent)
            agent.close()
        except InstepError as error:
            _log.error("the model cannot be used: %s", error)
        finally:
            for end in ends:
                end()
            connections.close_all()

    def _load(self) -> Agent:
        started = time.perf_counter()
        # Imported here, on the worker's thread: Rasa takes seconds to import.
        from bot.brain.agent import Agent

        agent = Agent(self._model)
        _log.info("model loaded in %.1f s", time.perf_counter() - started)
        return agent

    def _answer_all(self, agent: Agent) -> None:
        while not self._stopping.is_set() and not self._survives(lambda: delivery.release_leases(is_dead)):
            self._stopping.wait(1.0)
        while not self._stopping.is_set():
            self._rung.clear()
            if not self._take_turn(agent):
                self._rung.wait(LOOK_SECONDS)

    def _take_turn(self, agent: Agent) -> bool:
        close_old_connections()
        taken = False

        def take() -> None:
            nonlocal taken
            taken = take_turn(agent, self._owner)

        if not self._survives(take):
            self._stopping.wait(1.0)
        return taken

    def _survives(self, work: Callable[[], object]) -> bool:
        """Do the work; a fault is logged by its kind alone.

        Any fault: a thread that ends would leave every later message unanswered.
        """
        try:
            work()
        except Exception as error:
            _log.error("the brain's thread met %s; it looks again in a second", type(error).__name__)
            return False
        return True


_worker: Worker | None = None


def start() -> None:
    """Start this process's worker and return at once; the model is loaded in the background.

    Raises:
        ModelError: there is no model, or it was trained from other files: run `make train`.
    """
    global _worker
    if _worker is None:
        worker = Worker()
        worker.start()
        _worker = worker


def stop(timeout: float = 15.0) -> None:
    """Finish the turn at hand and end the worker; waits at most `timeout` seconds."""
    global _worker
    if _worker is not None:
        _worker.stop(timeout)
        _worker = None


def ready() -> bool:
    """Tell whether the model is loaded and messages are being answered."""
    return _worker is not None and _worker.is_ready()
