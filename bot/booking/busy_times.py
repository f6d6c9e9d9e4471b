"""When clinicians are busy according to the practice's own calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Busy:
    """A time that the practice's calendar takes; `start` and `end` aware, in UTC."""

    clinician_id: str
    start: dt.datetime
    end: dt.datetime


def busy_between(start: dt.datetime, end: dt.datetime) -> tuple[Busy, ...]:  # noqa: ARG001
    """Return the busy times that overlap `start` to `end` (aware), by start; none where no calendar is configured."""
    return ()
