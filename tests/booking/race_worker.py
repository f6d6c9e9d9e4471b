"""Books on several threads at once, in a process of its own: a message through the pipe starts a race."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from booking_samples import visit, wish_for
from django.db import connection

from bot.booking.appointments import book_visit, cancel_visit
from bot.errors import SlotTakenError


def serve_races(process, pipe):
    """Answer each (kind, threads, tries) with what became of every try, until None comes."""
    while (asked := pipe.recv()) is not None:
        kind, threads, tries = asked
        barrier = Barrier(threads)
        with ThreadPoolExecutor(threads) as pool:
            done = [pool.submit(work, kind, f"{process}-{thread}", tries, barrier) for thread in range(threads)]
        pipe.send([result for one in done for result in one.result()])


def work(kind, name, tries, barrier):
    connection.ensure_connection()
    barrier.wait()
    try:
        return [book(kind, f"{name}-{number}") for number in range(tries)]
    finally:
        connection.close()


def book(kind, name):
    try:
        reference = book_visit(request(kind, name)).reference
        if kind == "cancelled visit":
            cancel_visit(reference)
    except SlotTakenError:
        return "taken"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return reference


def request(kind, name):
    # Each kind of race has a clinician of its own, so that the races do not meet.
    if kind == "one key":
        return wish_for(visit("2126-03-05 10:00", clinician=kind))
    number = int(name.rpartition("-")[2])
    later, longer = (15 * (number % 3), 15 * (number % 4)) if kind == "overlapping visits" else (0, 0)
    return wish_for(visit(f"2126-03-05 10:{later:02d}", minutes=60 + longer, clinician=kind), key=f"{kind} {name}")
