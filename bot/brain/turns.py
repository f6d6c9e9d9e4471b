"""One turn: claim a message, answer it, or give it back."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
import traceback
from typing import TYPE_CHECKING

from bot.errors import TurnLostError
from bot.inbox import delivery

if TYPE_CHECKING:
    from bot.brain.agent import Agent
    from bot.inbox.messages import Turn

LEASE_SECONDS = 30.0
_log = logging.getLogger(__name__)


def new_owner() -> str:
    """Return a name for this process in leases: host, process id and a random part."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Tell whether the owner was a process of this host that has ended; False where that cannot be known."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:80] or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def take_turn(agent: Agent, owner: str) -> bool:
    """Claim one message and answer it; return False when there was none to claim.

    A turn that fails is given back to the inbox, which has it tried again and after the third try answers it with
    the practice's phone number. So is one whose tries ended three processes.
    """
    turn = delivery.claim_turn(owner, LEASE_SECONDS)
    if turn is None:
        return False
    if turn.tries > delivery.MAX_TRIES:
        # Every try before ended with its process: one more would end this one too.
        _fail(turn, agent.failure_text)
        return True
    started = time.perf_counter()
    try:
        agent.answer(turn)
    except TurnLostError:
        _log.warning("turn %s/%s was taken over or deleted", turn.conversation_id, turn.seq)
    except Exception as error:
        _give_back(turn, agent.failure_text, error)
    else:
        elapsed = (time.perf_counter() - started) * 1000
        _log.info("turn %s/%s answered in %.0f ms", turn.conversation_id, turn.seq, elapsed)
    return True


def _give_back(turn: Turn, failure_text: str, error: Exception) -> None:
    _log.error(
        "turn %s/%s failed, try %s: %s at %s",
        turn.conversation_id,
        turn.seq,
        turn.tries,
        type(error).__name__,
        _place(error),
    )
    _fail(turn, failure_text)


def _fail(turn: Turn, failure_text: str) -> None:
    try:
        delivery.fail_turn(turn, failure_text)
    except TurnLostError:
        _log.warning("turn %s/%s was taken over or deleted", turn.conversation_id, turn.seq)


def _place(error: Exception) -> str:
    # Where it happened, not what it said: an error's text may quote the visitor.
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
