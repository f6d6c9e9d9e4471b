"""Visitors of the two servers: one turn is timed from sending the message to having the last bubble."""

from __future__ import annotations

import time
import uuid
from types import TracebackType
from typing import Protocol, Self

import httpx


class Visitor(Protocol):
    """Somebody who says things and waits for the answer."""

    def say(self, text: str) -> float:
        """Say it and return the seconds until everything was answered."""


class StockVisitor:
    """Talks to Rasa's REST channel, which answers in the response of the request."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=120)
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> float:
        """Say it and return the seconds."""
        started = time.perf_counter()
        answer = self._client.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text})
        elapsed = time.perf_counter() - started
        if not answer.json():
            raise RuntimeError(f"stock Rasa did not answer a message of {len(text)} characters")
        return elapsed

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


class InstepVisitor:
    """Talks to Instep's API as the widget does: send, then read the event stream until it says idle."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=120)
        started = self._client.post("/api/v1/conversations", json={}).raise_for_status().json()
        self._path = f"/api/v1/conversations/{started['id']}"
        self._client.headers["Authorization"] = f"Bearer {started['token']}"
        self._seen = 0
        self._wait_for_answer()

    def say(self, text: str) -> float:
        """Say it and return the seconds."""
        started = time.perf_counter()
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        self._client.post(f"{self._path}/messages", json={"text": text}, headers=headers).raise_for_status()
        bubbles = self._wait_for_answer()
        elapsed = time.perf_counter() - started
        # One event is the visitor's own message.
        if bubbles < 2:
            raise RuntimeError(f"Instep did not answer a message of {len(text)} characters")
        return elapsed

    def _wait_for_answer(self) -> int:
        before, name = self._seen, ""
        headers = {"Accept": "text/event-stream"}
        with self._client.stream("GET", f"{self._path}/events", params={"after": before}, headers=headers) as stream:
            for line in stream.iter_lines():
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("id:"):
                    self._seen = max(self._seen, int(line[3:]))
                elif not line and name == "idle":
                    break
        return self._seen - before

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def __enter__(self) -> Self:
        """Return the visitor."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self.close()
