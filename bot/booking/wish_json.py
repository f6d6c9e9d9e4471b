"""Between a wish for a visit and plain JSON values, as the waiting list and a conversation keep it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.booking.visits import When, Wish


def wish_to_json(wish: Wish) -> dict[str, Any]:
    """Return the wish as plain JSON values."""
    return {
        **_when_to_json(wish.when),
        "weekdays": list(wish.weekdays),
        "clinician_id": wish.clinician_id,
        "not_clinician_id": wish.not_clinician_id,
        "gender": wish.gender,
        "language": wish.language,
        "before": wish.before and wish.before.isoformat(),
    }


def wish_from_json(value: Mapping[str, Any]) -> Wish:
    """Return the wish that `wish_to_json` wrote."""
    return Wish(
        when=_when_from_json(value),
        weekdays=tuple(value["weekdays"]),
        clinician_id=value["clinician_id"],
        not_clinician_id=value.get("not_clinician_id", ""),
        gender=value["gender"],
        language=value["language"],
        before=value["before"] and dt.datetime.fromisoformat(value["before"]),
    )


def _when_to_json(when: When) -> dict[str, Any]:
    return {
        "date": when.date and when.date.isoformat(),
        "last_date": when.last_date and when.last_date.isoformat(),
        "time": when.time and when.time.isoformat(),
        "until": when.until and when.until.isoformat(),
        "part_of_day": when.part_of_day,
        "bound": when.bound,
        "not_weekdays": list(when.not_weekdays),
        "not_dates": [[first.isoformat(), last.isoformat()] for first, last in when.not_dates],
        "not_parts": list(when.not_parts),
        "edge": when.edge,
        "excluded": [_when_to_json(one) for one in when.excluded],
        "others": [_when_to_json(other) for other in when.others],
    }


def _when_from_json(value: Mapping[str, Any]) -> When:
    date, last_date = (value[name] and dt.date.fromisoformat(value[name]) for name in ("date", "last_date"))
    time, until = (value[name] and dt.time.fromisoformat(value[name]) for name in ("time", "until"))
    # What was stored before there were alternatives has none.
    ruled_out = value.get("not_dates", ())
    return When(
        date,
        time,
        value["part_of_day"],
        last_date,
        until,
        value["bound"],
        tuple(value["not_weekdays"]),
        tuple((dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in ruled_out),
        tuple(value.get("not_parts", ())),
        value.get("edge"),
        tuple(_when_from_json(one) for one in value.get("excluded", ())),
        tuple(_when_from_json(other) for other in value.get("others", ())),
    )
