"""Milliseconds of availability and of a booking: 10 clinicians, 90 days, 5,000 appointments, on SQLite or PostgreSQL.

Run: python -m benchmarks.booking
The database is a new one in a temporary folder, or what INSTEP_DATABASE_URL names (its bookings are deleted).
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

CLINICIANS, DAYS, APPOINTMENTS, ROUNDS = 10, 90, 5_000, 60


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["INSTEP_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
        import django

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    here, now = practice(), dt.datetime.now(practice().time_zone)
    print(f"{connection.vendor}: {CLINICIANS} clinicians, {DAYS} days, {APPOINTMENTS} appointments, {ROUNDS} rounds")
    for title, spread in (("spread over the 90 days", True), ("the first weeks are full", False)):
        fill(here, now, spread=spread)
        print(f"{title:44} {'median ms':>10} {'p95 ms':>8} {'CPU ms':>8}")
        for what, call in calls(here, now).items():
            wall, processor = timed(call)
            print(
                f"  {what:42} {statistics.median(wall):10.1f} {statistics.quantiles(wall, n=20)[-1]:8.1f} "
                f"{statistics.median(processor):8.1f}"
            )


def practice():
    """Return the practice of the project with ten clinicians who work from 8 to 18."""
    from bot.knowledge import load_practice
    from bot.knowledge.model import Clinician
    from bot.settings import settings

    hours = dict.fromkeys(range(5), ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(18))))
    clinicians = tuple(Clinician(f"clinician_{number}", f"C {number}", hours) for number in range(CLINICIANS))
    return replace(load_practice(settings().data / "practice.yml"), clinicians=clinicians, horizon_days=DAYS)


def fill(here, now, *, spread: bool) -> None:
    """Book 5,000 visits of the schedule: any of them, or the first, so that the search has to pass over full days."""
    from bot.booking.models import AppointmentCell, AppointmentRow
    from bot.booking.offers import free_on
    from bot.booking.storage.cells import cells_of
    from bot.booking.storage.records import contact_columns, times_of
    from bot.booking.visits import AppointmentState, Contact

    AppointmentRow.objects.all().delete()
    days = (now.date() + dt.timedelta(days=number) for number in range(DAYS))
    every = [visit for day in days for visit in free_on(here, now, day, "first_consultation")]
    visits = random.Random(1).sample(every, APPOINTMENTS) if spread else every[:APPOINTMENTS]
    contact = contact_columns(Contact("Pat Quill", "+13015550187", "pat@example.org"))
    names = (f"{number:06d}" for number in count())
    rows = [
        AppointmentRow(
            reference=name,
            conversation_id=name,
            key_digest=name,
            uid=name,
            link_hash=name,
            reason="",
            state=AppointmentState.CONFIRMED,
            **times_of(visit),
            **contact,
        )
        for name, visit in zip(names, visits, strict=False)
    ]
    AppointmentRow.objects.bulk_create(rows, batch_size=500)
    AppointmentCell.objects.bulk_create(
        (
            AppointmentCell(appointment=row, clinician_id=row.clinician_id, start=start)
            for row in rows
            for start in cells_of(_visit_of(row))
        ),
        batch_size=2_000,
    )


def calls(here, now) -> dict[str, Callable[[], object]]:
    """Return what is measured."""
    from bot.booking.appointments import book_visit, find_offers, offered_visit
    from bot.booking.offers import free_on
    from bot.booking.visits import Contact, VisitRequest, When, Wish

    far = now.date() + dt.timedelta(days=60)
    free = find_offers(here, now, Wish(When(date=far)), limit=3).visits[0]
    later = (far + dt.timedelta(days=number) for number in count(4))
    opening = (visit for day in later for visit in free_on(here, now, day, "first_consultation"))
    names = count()

    def book() -> object:
        contact = Contact("Pat Quill", "+13015550187")
        return book_visit(VisitRequest("key", f"booking {next(names)}", next(opening), contact), practice=here)

    return {
        "next three visits": lambda: find_offers(here, now, Wish()),
        "a day and time": lambda: find_offers(here, now, Wish(When(date=far, time=dt.time(11)))),
        "after 4 but not Thursdays": lambda: find_offers(
            here, now, Wish(When(time=dt.time(16), bound="after", not_weekdays=(3,)))
        ),
        "evenings, which nobody works": lambda: find_offers(here, now, Wish(When(time=dt.time(22), bound="after"))),
        "one clinician": lambda: find_offers(here, now, Wish(clinician_id="clinician_7")),
        "is this visit still free?": lambda: offered_visit(here, now, free.id),
        "hold and confirm": book,
    }


def timed(call: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Return wall and processor milliseconds of each round, after one that warms up."""
    call()
    wall, processor = [], []
    for _ in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        assert call()
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return wall, processor


def _visit_of(row):
    from bot.booking.visits import Visit

    return Visit(row.start, row.end, row.clinician_id, row.visit_type, row.buffer_minutes)


if __name__ == "__main__":
    main()
