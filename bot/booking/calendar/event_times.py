"""What is known of one event: the times that it takes, and what staff should look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

Span = tuple[dt.datetime, dt.datetime]
# More times of one event than this are joined day by day.
_MOST_SPANS = 2000


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is asked about.

    Attributes:
        start: aware; `end` likewise.
        zone: of the practice: of days, and of times without a zone.
        own_addresses: mail addresses of the practice in small letters; an invitation that they declined takes no time.
    """

    start: dt.datetime
    end: dt.datetime
    zone: dt.tzinfo
    own_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """What staff should look at.

    Attributes:
        code: one word such as `time_unreadable`.
        day: the first day that it is about; None where no day can be read.
    """

    code: str
    day: dt.date | None


@dataclass(slots=True)
class EventTimes:
    """One event with its repetitions.

    Attributes:
        uid: empty where it has none, and for lists of busy times.
        title: as its writer named it.
        spans: times in UTC that it takes, in order; where `is_lost`, none is known.
        problems: what cannot be read or is unusual.
        is_lost: True where not even a day can be read: what was known before has to go on counting.
    """

    uid: str
    title: str
    spans: list[Span] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_lost: bool = False


def joined(spans: Iterable[Span], window: Window) -> list[Span]:
    """Return the spans that reach into the window, those that overlap joined."""
    found: list[Span] = []
    for start, end in sorted(one for one in spans if one[0] < one[1]):
        if end <= window.start or start >= window.end:
            continue
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    if len(found) <= _MOST_SPANS:
        return found
    days: dict[dt.date, Span] = {}
    for start, end in found:
        known = days.setdefault(start.date(), (start, end))
        days[start.date()] = known[0], max(end, known[1])
    return sorted(days.values())
