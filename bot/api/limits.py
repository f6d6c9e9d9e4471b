"""Count what one address or one link does on the visitor's page; each process counts for itself."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

_MOST_KEPT = 10_000


class Limit:
    """At most `count` events for each key in `seconds`, refilled evenly."""

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds, self._each = seconds, seconds / count
        self._paid_until: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def reached(self, key: str) -> bool:
        """Tell whether the next event of the key is one too many."""
        with self._lock:
            return self._paid_until.get(key, 0.0) - time.monotonic() > self._seconds - self._each

    def count(self, key: str) -> None:
        """Count one event of the key."""
        with self._lock:
            now = time.monotonic()
            self._paid_until[key] = max(self._paid_until.pop(key, 0.0), now) + self._each
            while len(self._paid_until) > _MOST_KEPT:
                self._paid_until.popitem(last=False)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._paid_until.clear()
