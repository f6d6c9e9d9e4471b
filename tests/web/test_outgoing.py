import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest
from django.db import OperationalError

from bot.web import outgoing
from bot.web.outgoing import Outgoing, calendar_round, mail_round
from tests.waiting import wait_until


@pytest.fixture
def thread():
    """Run rounds that do the next of these each time; returns the times at which they ran."""
    running = []

    def start(*rounds, poll_seconds=0.02):
        left, ran, bell = list(rounds), [], threading.Event()

        def work():
            ran.append(time.monotonic())
            done = left.pop(0) if left else True
            if isinstance(done, Exception):
                raise done
            return done

        running.append(one := Outgoing("test", work, bell, poll_seconds))
        one.start()
        return ran, bell

    yield start
    for one in running:
        one.stop()


def test_rounds_go_on_after_any_fault(thread, monkeypatch, caplog):
    monkeypatch.setattr("bot.web.outgoing.RETRY_SECONDS", 0.02)
    ran, _ = thread(OperationalError("secret"), ValueError("secret"), False, True)
    wait_until(lambda: len(ran) >= 6)
    assert "secret" not in caplog.text and "OperationalError" in caplog.text and "ValueError" in caplog.text


def test_bell_starts_a_round_at_once(thread):
    ran, bell = thread(poll_seconds=600)
    wait_until(lambda: len(ran) == 1)
    bell.set()
    wait_until(lambda: len(ran) == 2)


def test_stop_that_comes_while_the_bell_is_put_down_ends_the_thread():
    class Bell(threading.Event):
        def clear(self):
            super().clear()
            threading.Thread(target=one.stop).start()
            wait_until(self.is_set)
            super().clear()

    one = Outgoing("stopped", lambda: True, bell := Bell(), 600)
    one.start()
    bell.set()
    wait_until(lambda: "stopped" not in {thread.name for thread in threading.enumerate()})


def test_bell_that_rings_on_and_on_does_not_become_a_storm(thread):
    ran, bell = thread(poll_seconds=600)
    while len(ran) < 3:
        bell.set()
        time.sleep(0.005)
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(ran))


def test_only_what_is_configured_gets_a_thread(configured):
    assert outgoing.configured() == ()
    configured(INSTEP_SMTP_HOST="127.0.0.1", INSTEP_MAIL_FROM="a@practice.example")
    assert len(outgoing.configured()) == 1
    configured(INSTEP_CALENDARS="http://127.0.0.1:1/visits/")
    assert len(outgoing.configured()) == 2


def test_round_without_a_server_does_nothing():
    assert mail_round() and calendar_round()


@pytest.mark.django_db(transaction=True)
def test_calendar_that_is_down_ends_the_round_with_a_pause(configured):
    configured(INSTEP_CALENDARS="http://127.0.0.1:1/visits/")
    assert not calendar_round()


def test_nothing_of_mail_and_calendar_is_loaded_where_none_is_configured():
    program = (
        "import sys, django; django.setup(); "
        "import bot.web.urls, bot.web.serve, bot.web.outgoing, bot.web.housekeeping; "
        "bot.web.outgoing.mail_round(); bot.web.outgoing.calendar_round(); "
        "print([name for name in ('icalendar', 'caldav', 'recurring_ical_events') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
