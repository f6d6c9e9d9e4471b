"""Books on several threads at once, in a process of its own: a message through the pipe starts a race."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from booking_samples import CONTACT, hours, practice, visit, wish_for
from django.db import connection
from django.utils import timezone

from bot.booking.appointments import (
    book_visit,
    cancel_visit,
    change_visit,
    confirm_visit,
    hold_visit,
    offer_freed_visits,
)
from bot.booking.staff_queue import accept_visit
from bot.booking.visits import Party
from bot.errors import AlreadyHandledError, AppointmentClosedError, SlotTakenError
from bot.knowledge.model import Clinician
from tests.waiting import LATE

# Long from now, so that no test of today meets it.
DAY = "2126-03-05"


def serve_races(process, pipe):
    """Answer each (kind, threads, tries, context) with what became of every try, until None comes."""
    if connection.vendor == "sqlite":
        # 80 threads want its one lock at once, and it is nobody's turn: on a busy machine the last waits for long.
        connection.settings_dict["OPTIONS"]["timeout"] = 5 * LATE
    while (asked := pipe.recv()) is not None:
        kind, threads, tries, context = asked
        barrier = Barrier(threads, timeout=LATE)
        with ThreadPoolExecutor(threads) as pool:
            done = [
                pool.submit(work, kind, context, f"{process}-{thread}", tries, barrier) for thread in range(threads)
            ]
        pipe.send([result for one in done for result in one.result()])


def work(kind, context, name, tries, barrier):
    connection.ensure_connection()
    barrier.wait()
    try:
        return [attempt(kind, context, f"{name}-{number}") for number in range(tries)]
    finally:
        connection.close()


def attempt(kind, context, name):
    try:
        return ATTEMPTS[kind](context, name)
    except SlotTakenError:
        return "taken"
    except (AlreadyHandledError, AppointmentClosedError) as error:
        return type(error).__name__
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def wanted(kind, name, minutes=60, later=0):
    # Each kind of race has a clinician of its own, so that the races do not meet.
    return wish_for(visit(f"{DAY} 10:{later:02d}", minutes=minutes, clinician=kind), key=name, conversation=name)


def book_one(_, name):
    return book_visit(wanted("one visit", name)).reference


def book_overlapping(_, name):
    number = int(name.rpartition("-")[2])
    request = wanted("overlapping visits", name, minutes=60 + 15 * (number % 4), later=15 * (number % 3))
    return book_visit(request).reference


def book_by_one_key(_, name):
    return book_visit(wish_for(visit(f"{DAY} 10:00", clinician="one key"))).reference


def book_and_cancel(_, name):
    return cancel_visit(book_visit(wanted("cancelled visit", name)).reference).reference


def hold_one(_, name):
    return hold_visit(wanted("one hold", name), now=timezone.now()).reference


def take_ended_hold(_, name):
    """Take the visit over after its hold has ended."""
    return hold_visit(wanted("ended hold", name), now=timezone.now() + dt.timedelta(minutes=6)).reference


def confirm_or_take(reference, name):
    """Confirm a hold that has ended, or take it over: some of the tries do the one, the others the other."""
    now = timezone.now() + dt.timedelta(minutes=6)
    if name.endswith("-0"):
        return "confirmed " + confirm_visit(reference, CONTACT, now=now).reference
    return hold_visit(wanted("confirmed hold", name), now=now).reference


def accept(reference, name):
    return accept_visit(reference, staff=f"{name}@example.org", now=timezone.now()).handled_by


def swap(references, name):
    """Move one of two visits to where the other is."""
    number = int(name.rpartition("-")[2])
    goal = visit(f"{DAY} {10 + number % 2}:00", minutes=60, clinician="swapped")
    return change_visit(references[(number // 2) % 2], goal, by=Party.STAFF, now=timezone.now()).reference


def offer(_, name):
    """Serve the waiting list, as each process does every minute."""
    here = practice(clinicians=(Clinician("waited", "W", hours("10:00-11:00", days=range(7))),), horizon_days=2)
    return f"offered {offer_freed_visits(here, visit(f'{DAY} 08:00').start)}"


ATTEMPTS = {
    "one visit": book_one,
    "overlapping visits": book_overlapping,
    "one key": book_by_one_key,
    "cancelled visit": book_and_cancel,
    "one hold": hold_one,
    "ended hold": take_ended_hold,
    "confirmed hold": confirm_or_take,
    "accepted visit": accept,
    "swapped": swap,
    "waited": offer,
}
