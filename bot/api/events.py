"""What is new in a conversation: at once as JSON, or as a stream while the bot thinks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from bot.api.bodies import bearer_token
from bot.api.problems import ProblemError
from bot.api.storage import in_database
from bot.errors import ConversationNotFoundError
from bot.inbox.delivery import events_after, on_published, open_conversation, turn_pending
from bot.inbox.messages import Event

# A conversation has fewer entries: 200 messages with at most a few bubbles each.
PAGE = 1_000
HIGHEST_SEQ = 1_000_000
HEARTBEAT_SECONDS = 10.0
LONGEST_STREAM_SECONDS = 60.0
# Finds what another process wrote; what this process writes rings at once.
POLL_SECONDS = 0.5

_log = logging.getLogger(__name__)


async def read(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """Return the events after a number, as JSON or as an event stream."""
    token = bearer_token(request)
    await in_database(open_conversation, conversation_id, token)
    after, wait = _parameters(request)
    if wait or "text/event-stream" in request.headers.get("Accept", ""):
        frames = _frames(conversation_id, after)
        return StreamingHttpResponse(frames, content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    pending, events = await in_database(_look, conversation_id, after)
    return JsonResponse({"events": [event_json(event) for event in events], "pending": pending})


def event_json(event: Event) -> dict[str, Any]:
    """Return an event as clients see it: without the payloads of its choices."""
    return {
        "seq": event.seq,
        "author": event.author.value,
        "text": event.text,
        "at": event.created_at.isoformat(),
        "kind": event.kind,
        "many": event.many,
        "choices": [{"id": choice.id, "label": choice.label, "alone": choice.alone} for choice in event.choices],
        "key": event.key,
        "answers": event.answers,
        "open": event.open,
    }


def _parameters(request: HttpRequest) -> tuple[int, bool]:
    after, wait = request.GET.get("after", "0"), request.GET.get("wait", "0")
    known = request.GET.keys() <= {"after", "wait"} and all(len(request.GET.getlist(name)) == 1 for name in request.GET)
    whole = after.isascii() and after.isdigit() and len(after) < 8 and int(after) <= HIGHEST_SEQ
    if not (known and whole and wait in ("0", "1")):
        raise ProblemError("invalid_parameter")
    return int(after), wait == "1"


def _look(conversation_id: str, after: int) -> tuple[bool, tuple[Event, ...]]:
    # In this order: a turn that ends between the two is seen with all its bubbles or as pending, never without both.
    pending = turn_pending(conversation_id)
    return pending, events_after(conversation_id, after, PAGE)


async def _frames(conversation_id: str, after: int) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop().time
    end, last_sign, typing = clock() + LONGEST_STREAM_SECONDS, clock(), False
    with _watching(conversation_id) as changed:
        while clock() < end:
            changed.clear()
            try:
                pending, events = await in_database(_look, conversation_id, after)
            except (ConversationNotFoundError, DatabaseError, InterfaceError, TimeoutError) as error:
                _log.warning("an event stream of %s ended: %s", conversation_id, type(error).__name__)
                return
            for event in events:
                yield _frame("message", event_json(event), event.seq)
                after, typing = event.seq, False
            if not pending:
                yield _frame("idle", {})
                return
            if not typing:
                yield _frame("typing", {})
                typing, last_sign = True, clock()
            elif clock() - last_sign >= HEARTBEAT_SECONDS:
                yield ": thinking\n\n"
                last_sign = clock()
            await _wait(changed)


async def _wait(changed: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(changed.wait(), POLL_SECONDS)
    except TimeoutError:
        return


def _frame(name: str, data: dict[str, Any], seq: int | None = None) -> str:
    head = "" if seq is None else f"id: {seq}\n"
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


@contextmanager
def _watching(conversation_id: str) -> Iterator[asyncio.Event]:
    changed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ring(published: str) -> None:
        if published == conversation_id:
            loop.call_soon_threadsafe(changed.set)

    end = on_published(ring)
    try:
        yield changed
    finally:
        end()
