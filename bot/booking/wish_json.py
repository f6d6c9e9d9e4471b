"""Between a wish for a visit and plain JSON values, as the waiting list and a conversation keep it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.booking.visits import When, Wish


def wish_to_json(wish: Wish) -> dict[str, Any]:
    """Return the wish as plain JSON values."""
    when = wish.when
    return {
        "date": when.date and when.date.isoformat(),
        "last_date": when.last_date and when.last_date.isoformat(),
        "time": when.time and when.time.isoformat(),
        "until": when.until and when.until.isoformat(),
        "part_of_day": when.part_of_day,
        "bound": when.bound,
        "not_weekdays": list(when.not_weekdays),
        "weekdays": list(wish.weekdays),
        "clinician_id": wish.clinician_id,
        "gender": wish.gender,
        "language": wish.language,
        "before": wish.before and wish.before.isoformat(),
    }


def wish_from_json(value: Mapping[str, Any]) -> Wish:
    """Return the wish that `wish_to_json` wrote."""
    date, last_date = (value[name] and dt.date.fromisoformat(value[name]) for name in ("date", "last_date"))
    time, until = (value[name] and dt.time.fromisoformat(value[name]) for name in ("time", "until"))
    return Wish(
        when=When(date, time, value["part_of_day"], last_date, until, value["bound"], tuple(value["not_weekdays"])),
        weekdays=tuple(value["weekdays"]),
        clinician_id=value["clinician_id"],
        gender=value["gender"],
        language=value["language"],
        before=value["before"] and dt.datetime.fromisoformat(value["before"]),
    )
