"""How log lines are written: nothing in them that a visitor wrote."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Shows of an exception its type and where it came from, not its text: that may quote a visitor's row or words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - the name in `logging`
        """Return the type and the places of the exception, innermost last."""
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__} at", *places])
