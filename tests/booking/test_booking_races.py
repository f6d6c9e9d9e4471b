import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from bot.settings import ROOT, settings

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def race(django_db_setup, tmp_path_factory):
    """Let four processes book at the same moment; returns what became of every try."""
    folder = tmp_path_factory.mktemp("race")
    environment = shared_database(folder)
    workers = [
        subprocess.Popen(
            [sys.executable, str(HERE / "race_worker.py"), str(number)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for number in range(4)
    ]
    # A first small race: all processes have started when it is over.
    start(workers, "warm-up", 1, 1)
    yield lambda kind, threads, tries: start(workers, kind, threads, tries)
    for worker in workers:
        worker.communicate(timeout=60)


def shared_database(folder):
    """Return the environment of processes that share one database file, or the tests' own PostgreSQL database."""
    url = f"sqlite:///{folder / 'race.sqlite3'}"
    if connection.vendor == "postgresql":
        url = urlunsplit(urlsplit(settings().database_url)._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = {
        **os.environ,
        "INSTEP_DATABASE_URL": url,
        "INSTEP_VAR": str(folder),
        "INSTEP_SECRET_KEY": "a key of this test",
        "DJANGO_SETTINGS_MODULE": "bot.web.settings",
        "PYTHONPATH": f"{ROOT}:{HERE}",
    }
    if connection.vendor == "sqlite":
        command = [sys.executable, "-m", "django", "migrate", "booking", "--verbosity", "0"]
        subprocess.run(command, env=environment, cwd=ROOT, check=True, timeout=60)
    return environment


def start(workers, kind, threads, tries):
    for worker in workers:
        worker.stdin.write(json.dumps([kind, threads, tries]) + "\n")
        worker.stdin.flush()
    return [result for worker in workers for result in json.loads(worker.stdout.readline())]


@pytest.mark.parametrize("kind", ["one visit", "overlapping visits"])
def test_two_hundred_bookings_at_once_give_one_appointment(race, kind):
    results = race(kind, threads=10, tries=5)
    assert len(results) == 200
    assert results.count("taken") == 199, set(results)
    assert next(result for result in results if result != "taken").startswith("FT-")


def test_one_key_fifty_times_at_once_gives_one_appointment(race):
    results = race("one key", threads=13, tries=1)
    assert len(results) == 52
    assert len(set(results)) == 1 and results[0].startswith("FT-")


def test_visit_that_is_cancelled_at_once_is_booked_by_others_without_errors(race):
    results = race("cancelled visit", threads=4, tries=4)
    booked = [result for result in results if result != "taken"]
    assert booked and all(result.startswith("FT-") for result in booked), set(results)
