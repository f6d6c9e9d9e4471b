"""Wait for what happens on another thread or in another process: for a condition, never for a time."""

import time
from collections.abc import Callable

# What should happen at once happens long before this many seconds, however busy the machine is.
LATE = 120.0


def wait_until(condition: Callable[[], object], seconds: float = LATE) -> None:
    """Return as soon as the condition holds; fail when it does not hold in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds:.0f} s"
        time.sleep(0.02)
