import multiprocessing

import pytest
from django.db import connections
from race_worker import serve_races

from bot.booking.models import AppointmentRow


@pytest.fixture(scope="module")
def race(django_db_setup, django_db_blocker):
    """Let four processes book at the same moment; returns what became of every try."""
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
        yield lambda *asked: start([ours for ours, _ in pipes], asked)
        for ours, _ in pipes:
            ours.send(None)
        for process in processes:
            process.join(10)
        AppointmentRow.objects.all().delete()


def start(pipes, asked):
    for pipe in pipes:
        pipe.send(asked)
    return [result for pipe in pipes for result in pipe.recv()]


@pytest.mark.parametrize("kind", ["one visit", "overlapping visits"])
def test_two_hundred_bookings_at_once_give_one_appointment(race, kind):
    results = race(kind, 10, 5)
    assert len(results) == 200
    assert results.count("taken") == 199, set(results)
    assert next(result for result in results if result != "taken").startswith("FT-")


def test_one_key_fifty_times_at_once_gives_one_appointment(race):
    results = race("one key", 13, 1)
    assert len(results) == 52
    assert len(set(results)) == 1 and results[0].startswith("FT-")


def test_visit_that_is_cancelled_at_once_is_booked_by_others_without_errors(race):
    results = race("cancelled visit", 4, 4)
    booked = [result for result in results if result != "taken"]
    assert booked and all(result.startswith("FT-") for result in booked), set(results)
