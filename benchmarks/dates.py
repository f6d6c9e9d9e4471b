"""Dates and times understood in booking turns: Instep against four parsers, each alone.

Run: python -m benchmarks.dates [--others] [--show]
Reads ../shared/evaluation/booking_sgd_datetime.jsonl. Expected is what Instep reads in the marked span alone; right
is a whole message from which the same value is read, and nothing where no span is marked. That measures how well a
phrase is found in a sentence; `--show` prints every expected value, to be checked by eye against its phrase.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.dates.when import read_when

MESSAGES = Path(__file__).resolve().parents[1] / ".." / "shared" / "evaluation" / "booking_sgd_datetime.jsonl"
# The day on which the dialogues take place, at a time that none of them names.
NOW = dt.datetime(2019, 3, 1, 6, 7, tzinfo=ZoneInfo("America/New_York"))
SLOTS = {"appointment_date": "date", "appointment_time": "time"}

Value = dt.date | dt.time | None
Reader = Callable[[str, str], Value]


def instep(text: str, kind: str) -> Value:
    when = read_when(text, NOW)
    return when.date if kind == "date" else when.time


def dateparser_alone() -> Reader:
    """Return dateparser's own search in a message; a value of the moment of asking counts as not read."""
    from dateparser.search import search_dates

    options = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": NOW.replace(tzinfo=None)}

    def read(text: str, kind: str) -> Value:
        for phrase, found in search_dates(text, languages=["en"], settings=options) or []:
            if kind == "date" and (found.date() != NOW.date() or "today" in phrase.lower()):
                return found.date()
            if kind == "time" and found.time() not in (NOW.time(), dt.time(0)):
                return found.time()
        return None

    return read


def parsedatetime_alone() -> Reader:
    """Return parsedatetime's search; it tells by itself whether a date or a time was found."""
    import parsedatetime

    calendar = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)

    def read(text: str, kind: str) -> Value:
        for found, context, *_ in calendar.nlp(text, sourceTime=NOW.replace(tzinfo=None), version=2) or []:
            if kind == "date" and context.hasDate:
                return found.date()
            if kind == "time" and context.hasTime:
                return found.time().replace(second=0, microsecond=0)
        return None

    return read


def recurrent_alone() -> Reader:
    """Return recurrent's reading of the whole message; a value of the moment of asking counts as not read."""
    from recurrent import RecurringEvent

    def read(text: str, kind: str) -> Value:
        found = RecurringEvent(now_date=NOW.replace(tzinfo=None)).parse(text)
        if not isinstance(found, dt.datetime):
            return None
        if kind == "date":
            return found.date() if found.date() != NOW.date() or "today" in text.lower() else None
        return found.time().replace(second=0, microsecond=0) if found.time() not in (NOW.time(), dt.time(0)) else None

    return read


def dateutil_alone() -> Reader:
    """Return dateutil's fuzzy reading; what stays when the default day and time change was not said."""
    from dateutil.parser import ParserError, parse

    def one(text: str, default: dt.datetime) -> dt.datetime | None:
        try:
            return parse(text, default=default, fuzzy=True)
        except (ParserError, OverflowError, ValueError):
            return None

    def read(text: str, kind: str) -> Value:
        here = NOW.replace(tzinfo=None)
        first, second = one(text, here), one(text, here + dt.timedelta(days=35, hours=1, minutes=1))
        if first is None or second is None:
            return None
        if kind == "date":
            return first.date() if first.date() == second.date() else None
        return first.time() if first.time() == second.time() else None

    return read


PARSERS: dict[str, Callable[[], Reader]] = {
    "dateparser": dateparser_alone,
    "parsedatetime": parsedatetime_alone,
    "recurrent": recurrent_alone,
    "dateutil": dateutil_alone,
}


def measure(name: str, read: Reader, *, show: bool) -> None:
    right = {"date": 0, "time": 0}
    total = {"date": 0, "time": 0}
    wrong, made_up, milliseconds = 0, 0, []
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = {SLOTS[span["slot"]]: span["text"] for span in row["spans"] if span["slot"] in SLOTS}
        started = time.perf_counter()
        values = {kind: read(row["text"], kind) for kind in ("date", "time")}
        milliseconds.append((time.perf_counter() - started) * 1000 / 2)
        for kind, value in values.items():
            if kind not in spans:
                made_up += value is not None
                continue
            expected = instep(spans[kind], kind)
            total[kind] += 1
            right[kind] += value is not None and value == expected
            wrong += value is not None and value != expected
            if show or value is None or value != expected:
                print(f"{name}\t{row['id']}\t{kind}\t{spans[kind]!r}\texpected {expected}\tread {value}")
    share = 100 * sum(right.values()) / sum(total.values())
    print(
        f"{name}: {share:.1f} % right (date {right['date']}/{total['date']}, time {right['time']}/{total['time']}), "
        f"{wrong} wrong, {made_up} made up, {statistics.median(milliseconds):.2f} ms a message (median)"
    )


def memory() -> int:
    """Return the highest memory use of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    if not MESSAGES.exists():
        print(f"Nothing measured: {MESSAGES.name} is not there.")
        return
    show = "--show" in sys.argv
    instep("tomorrow", "date")
    measure("instep", instep, show=show)
    for name, load in PARSERS.items() if "--others" in sys.argv else ():
        before, started = memory(), time.perf_counter()
        read = load()
        read("tomorrow", "date")
        print(f"{name}: first use {time.perf_counter() - started:.2f} s, {memory() - before} MiB")
        measure(name, read, show=show)


if __name__ == "__main__":
    main()
