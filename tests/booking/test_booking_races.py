"""Four processes with many threads each want the same at the same moment; SQLite here, PostgreSQL beside it."""

import multiprocessing

import pytest
from booking_samples import CONTACT, place_of, practice, visit, wish_for
from django.db import connections
from django.utils import timezone
from race_worker import DAY, serve_races, wanted

from bot.booking.appointments import book_visit, find_by_reference, hold_visit, join_waiting_list
from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.requests import WaitingRequest, WaitingState
from bot.booking.visits import AppointmentState
from tests.waiting import LATE

# In each of four processes; PostgreSQL lets 100 in.
THREADS = 20

# The processes have to see what a test stores, so it is committed, and wiped afterwards.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def race(django_db_setup, django_db_blocker):
    """Let four processes try the same at the same moment; returns what became of every try."""
    # Forked: they have everything loaded already. Connections must not be shared, so there is none at that moment.
    context = multiprocessing.get_context("fork")
    with django_db_blocker.unblock():
        connections.close_all()
        pipes = [context.Pipe() for _ in range(4)]
        processes = [
            context.Process(target=serve_races, args=(number, theirs), daemon=True)
            for number, (_, theirs) in enumerate(pipes)
        ]
        for process in processes:
            process.start()
        yield lambda kind, threads, tries, context=None: start(
            [ours for ours, _ in pipes], kind, threads, tries, context
        )
        for ours, _ in pipes:
            ours.send(None)
        for process in processes:
            process.join(10)


def start(pipes, *asked):
    for pipe in pipes:
        pipe.send(asked)
    # A process that died would never answer.
    assert all(pipe.poll(LATE) for pipe in pipes)
    return [result for pipe in pipes for result in pipe.recv()]


@pytest.mark.parametrize(("kind", "tries"), [("one visit", 13), ("overlapping visits", 2), ("one hold", 2)])
def test_of_many_requests_at_once_one_gets_the_visit(race, kind, tries):
    results = race(kind, THREADS, tries)
    assert len(results) == 80 * tries
    assert results.count("taken") == len(results) - 1, set(results)
    assert next(result for result in results if result != "taken").startswith("FT-")


def test_one_key_many_times_at_once_gives_one_appointment(race):
    results = race("one key", THREADS, 1)
    assert len(results) == 80
    assert len(set(results)) == 1 and results[0].startswith("FT-")


def test_a_visit_that_is_cancelled_at_once_is_booked_by_others_without_errors(race):
    results = race("cancelled visit", 4, 4)
    booked = [result for result in results if result != "taken"]
    assert booked and all(result.startswith("FT-") for result in booked), set(results)


def test_a_hold_that_ended_is_taken_over_once(race):
    ended = hold_visit(wanted("ended hold", "first"), now=timezone.now())
    results = race("ended hold", THREADS, 2)
    assert results.count("taken") == 159, set(results)
    assert find_by_reference(ended.reference).state is AppointmentState.EXPIRED


@pytest.mark.parametrize("round_", range(3))
def test_a_hold_that_ended_is_either_confirmed_or_taken_over(race, round_):
    held = hold_visit(wanted("confirmed hold", f"owner {round_}"), now=timezone.now())
    results = race("confirmed hold", 5, 2, held.reference)
    assert all(result == "taken" or "FT-" in result for result in results), set(results)
    winners = {result.removeprefix("confirmed ") for result in results if result != "taken"}
    assert len(winners) == 1
    assert AppointmentRow.objects.filter(clinician_id="confirmed hold", state__in=["held", "confirmed"]).count() == 1
    assert AppointmentCell.objects.filter(clinician_id="confirmed hold").count() == 12


def test_of_eighty_members_of_staff_who_accept_at_once_one_wins(race):
    booked = book_visit(wanted("accepted visit", "visitor"))
    results = race("accepted visit", THREADS, 1, booked.reference)
    assert results.count("AlreadyHandledError") == 79, set(results)
    winner = next(result for result in results if result != "AlreadyHandledError")
    assert find_by_reference(booked.reference).handled_by == winner


def test_visits_that_are_moved_onto_each_other_never_overlap(race):
    hours = (10, 11, 12)
    moved = [
        book_visit(wish_for(visit(f"{DAY} {hour}:00", minutes=60, clinician="swapped"), key=str(hour))).reference
        for hour in hours
    ]
    results = race("swapped", 4, 4, moved)
    assert all(result == "taken" or result in moved for result in results), set(results)
    assert AppointmentCell.objects.filter(clinician_id="swapped").count() == 36
    starts = AppointmentRow.objects.filter(clinician_id="swapped").values_list("start", flat=True)
    assert len(set(starts)) == 3


def test_a_freed_visit_is_offered_to_one_person_however_many_processes_serve_the_list(race):
    now = visit(f"{DAY} 08:00").start
    entries = [
        join_waiting_list(WaitingRequest("key", f"waiting {number}", contact=CONTACT), now=now, practice=practice())
        for number in range(4)
    ]
    book_visit(wish_for(visit(f"{DAY} 10:30", minutes=30, clinician="waited"), key="blocks"))
    results = race("waited", 2, 1)
    assert all(result.startswith("offered ") for result in results), set(results)
    offered = [place_of(one.reference) for one in entries]
    visits = [one.offered for one in offered if one.state is WaitingState.OFFERED]
    assert len(visits) == len(set(visits)) == sum(int(result.removeprefix("offered ")) for result in results)
