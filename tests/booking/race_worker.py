"""A process of its own that books on several threads at once; a line on standard input starts a race,
one on standard output tells what became of each try."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

os.environ["DJANGO_SETTINGS_MODULE"] = "bot.web.settings"

import django

django.setup()

from booking_samples import visit, wish_for  # noqa: E402
from django.db import connection  # noqa: E402

from bot.booking.appointments import book_visit, cancel_appointment  # noqa: E402
from bot.errors import SlotTakenError  # noqa: E402

process = sys.argv[1]


def request(kind, name):
    # Each kind of race has a clinician of its own, so that the races do not meet.
    if kind == "one key":
        return wish_for(visit("2026-03-05 10:00", clinician=kind))
    number = int(name.rpartition("-")[2])
    later, longer = (15 * (number % 3), 15 * (number % 4)) if kind == "overlapping visits" else (0, 0)
    return wish_for(visit(f"2026-03-05 10:{later:02d}", minutes=60 + longer, clinician=kind), key=f"{kind} {name}")


def book(kind, name):
    try:
        reference = book_visit(request(kind, name)).reference
        if kind == "cancelled visit":
            cancel_appointment(reference)
    except SlotTakenError:
        return "taken"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return reference


def work(kind, thread, tries, barrier):
    connection.ensure_connection()
    barrier.wait()
    try:
        return [book(kind, f"{process}-{thread}-{number}") for number in range(tries)]
    finally:
        connection.close()


for line in sys.stdin:
    kind, threads, tries = json.loads(line)
    barrier = Barrier(threads)
    with ThreadPoolExecutor(threads) as pool:
        rounds = [pool.submit(work, kind, thread, tries, barrier) for thread in range(threads)]
    sys.stdout.write(json.dumps([result for done in rounds for result in done.result()]) + "\n")
    sys.stdout.flush()
