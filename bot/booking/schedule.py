"""Free visits from the practice's hours (being written)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.booking.visits import Visit, When
from bot.knowledge.model import Practice


def free_visits(
    practice: Practice,
    now: dt.datetime,
    *,
    when: When | None = None,
    visit_type: str | None = None,
    taken: Iterable[Visit] = (),
    limit: int = 3,
) -> tuple[Visit, ...]:
    """Return up to `limit` openings from `now` (aware), soonest first; near `when` if it is given. Pure."""
    raise NotImplementedError
