"""How well dates and times are read.

The shared set marks the phrases but not their values: expected there is what is read in the phrase alone, so that it
measures how well a phrase is found in a sentence. The held-out set has the values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.dates.when import read_when
from bot.evaluation.figures import Figure, Miss, Section, measured, share
from bot.evaluation.held_out import DateRow, read_dates
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT, row_key
from bot.evaluation.shared import shared_rows

# The day on which those dialogues take place, at a time that none of them names.
_NOW = dt.datetime(2019, 3, 1, 6, 7, tzinfo=ZoneInfo("America/New_York"))
_SLOTS = {"appointment_date": "date", "appointment_time": "time"}
_GOAL = 0.97

Values = Mapping[str, str | None]


def measure_dates(judge: Judge, progress: Progress) -> Section:
    """Return the figures of dates and times. Raises InputError."""
    figures, wrong = _shared(progress)
    rows = list(read_dates(HELD_OUT, judge.practice.time_zone))
    figures += _held_out(list(progress(rows, "dates: held out")))
    return Section("dates", "Dates and times", measured(figures), misses=tuple(wrong))


def _read(text: str, now: dt.datetime) -> Values:
    when = read_when(text, now)
    return {
        "date": when.date.isoformat() if when.date else None,
        "time": when.time.isoformat("minutes") if when.time else None,
        "part_of_day": when.part_of_day,
    }


def _shared(progress: Progress) -> tuple[list[Figure], list[Miss]]:
    right: dict[str, bool] = {}
    invented: dict[str, bool] = {}
    wrong: list[Miss] = []
    for _, row in progress(shared_rows("booking_sgd_datetime"), "dates: booking turns"):
        spans = {_SLOTS[span["slot"]]: span["text"] for span in row["spans"] if span["slot"] in _SLOTS}
        values = _read(row["text"], _NOW)
        for kind in ("date", "time"):
            expected = _read(spans[kind], _NOW)[kind] if kind in spans else None
            outcome = right if kind in spans else invented
            outcome[row_key(row, kind)] = (values[kind] is not None) and (kind not in spans or values[kind] == expected)
            if outcome[row_key(row, kind)] is not (kind in spans):
                wrong.append(Miss("booking_sgd_datetime", row["id"], row["text"], str(expected), str(values[kind])))
    return [
        share("dates.booking.right", "booking turns: date and time right", right, goal=_GOAL),
        share("dates.booking.invented", "booking turns: date or time invented", invented, lower_is_better=True),
    ], wrong


def _held_out(rows: list[DateRow]) -> list[Figure]:
    kinds: dict[str, dict[str, bool]] = {"date": {}, "time": {}, "part_of_day": {}}
    invented: dict[str, bool] = {}
    for row in rows:
        values = _read(row.text, row.now)
        expected = {"date": row.date, "time": row.time, "part_of_day": row.part_of_day}
        for kind, value in expected.items():
            key = row_key({"row": row.key}, kind)
            if value is None:
                invented[key] = values[kind] is not None
            else:
                kinds[kind][key] = values[kind] == value
    return [
        share("dates.held_out.date", "held-out dates: date right", kinds["date"], goal=_GOAL),
        share("dates.held_out.time", "held-out dates: time right", kinds["time"], goal=_GOAL),
        share("dates.held_out.part_of_day", "held-out dates: part of day right", kinds["part_of_day"]),
        share("dates.held_out.invented", "held-out dates: invented", invented, lower_is_better=True),
    ]
