"""Killed at any point between "yes" and the mail: every appointment, event and mail is there, and no second one.

A mail may come twice where the kill fell between the mail server's answer and the note of it; then both are the same.
`pytest tests/faults/test_killed_booking.py --kills 100 -s` kills more often and says what it counted.
"""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from pathlib import Path

import icalendar
import pytest

from bot.settings import ROOT
from tests.servers.calendar import PASSWORD, USER, CalendarServer
from tests.servers.mail import MailServer

WAIT_SECONDS = 120
OFFICE = "office@practice.example"
CHANGES = ("keep", "move", "cancel")
# One booking with its mails and its event takes about so long.
POINTS_SECONDS = 0.3


class BookingServer:
    """A process that books and sends; killed and started again on the same database and servers."""

    def __init__(self, folder, environment):
        self.bookings, self.log = folder / "bookings.jsonl", folder / "server.log"
        self.environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bot.web.settings", **environment}
        self.acknowledged = 0
        self.process = None

    def migrate(self):
        prepare = "import django; django.setup(); from bot.web.checks import prepare_database; prepare_database()"
        subprocess.run([sys.executable, "-c", prepare], env=self.environment, cwd=ROOT, check=True)

    def start(self):
        program = str(Path(__file__).with_name("booking_server.py"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, program, str(self.bookings), str(self.acknowledged)],
                env=self.environment,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.said = threading.Condition()
        self.lines = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.wait_for("ready")

    def wait_for(self, line):
        with self.said:
            done = self.said.wait_for(lambda: line in self.lines or self.process.poll() is not None, WAIT_SECONDS)
        assert done and line in self.lines, self.log.read_text()[-3000:]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()

    def _read(self):
        for line in self.process.stdout:
            with self.said:
                self.lines.append(line.strip())
                if line.strip().isdigit():
                    self.acknowledged = int(line) + 1
                self.said.notify_all()


@pytest.fixture
def calendar(tmp_path):
    server = CalendarServer(tmp_path / "radicale")
    server.start()
    server.make()
    yield server
    server.stop()


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def server(request, tmp_path, calendar, mail_server):
    on_postgresql = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if on_postgresql else f"sqlite:///{tmp_path / 'faults.sqlite3'}"
    server = BookingServer(
        tmp_path,
        {
            "INSTEP_VAR": str(tmp_path),
            "INSTEP_DATABASE_URL": url,
            "INSTEP_SMTP_HOST": "127.0.0.1",
            "INSTEP_SMTP_PORT": str(mail_server.port),
            "INSTEP_SMTP_SECURITY": "none",
            "INSTEP_MAIL_FROM": "bookings@practice.example",
            "INSTEP_MAIL_PRACTICE": OFFICE,
            "INSTEP_CALENDARS": calendar.address(),
            "INSTEP_CALENDAR_USER": USER,
            "INSTEP_CALENDAR_PASSWORD": PASSWORD,
            "INSTEP_CALENDAR_SECONDS": "1",
        },
    )
    server.migrate()
    yield server
    server.kill()


def bookings(count):
    first = (dt.datetime.now(dt.UTC) + dt.timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    for number in range(count):
        start = first + dt.timedelta(hours=2 * number)
        yield {"key": f"visitor{number}", "start": start.isoformat(), "change": CHANGES[number % len(CHANGES)]}


def test_booking_killed_at_random_points_is_told_to_everybody_once(server, calendar, mail_server, pytestconfig):
    mail = mail_server.inbox
    kills = pytestconfig.getoption("--kills")
    if "postgresql" in server.environment["INSTEP_DATABASE_URL"]:
        kills = kills // 2
    wanted = list(bookings(kills))
    server.bookings.write_text("".join(f"{json.dumps(one)}\n" for one in wanted))
    server.start()
    for _ in range(kills):
        threading.Event().wait(random.uniform(0, POINTS_SECONDS))
        server.kill()
        server.start()
    server.wait_for("all told")

    events = [icalendar.Calendar.from_ical(text).events[0] for text in calendar.events().values()]
    expected = {start_of(one) for one in wanted if one["change"] != "cancel"}
    assert Counter(event.start for event in events) == Counter(expected)

    told = defaultdict(list)
    for message in mail.messages():
        told[message["To"]].append(message)
    assert set(told) == {OFFICE} | {f"{one['key']}@example.org" for one in wanted}
    for one in wanted:
        changed = one["change"] != "keep"
        sequences = {"0", "1"} if changed else {"0"}
        assert set(versions(told[f"{one['key']}@example.org"])) == sequences, one
    assert len({message["Message-ID"] for message in told[OFFICE]}) == sum(
        1 + (one["change"] != "keep") for one in wanted
    )
    again = sum(len(messages) - len({one["Message-ID"] for one in messages}) for messages in told.values())
    counted = (
        f"{kills} kills, {len(wanted)} bookings, {len(events)} events, {len(mail.received)} mails, {again} sent again"
    )
    sys.stdout.write(f"{counted}\n")
    assert "Quillfeather" not in server.log.read_text()


def start_of(one):
    return dt.datetime.fromisoformat(one["start"]) + dt.timedelta(minutes=30 if one["change"] == "move" else 0)


def versions(messages):
    """Return the calendar part by its SEQUENCE; two mails of one SEQUENCE are the same mail."""
    parts = defaultdict(set)
    for message in messages:
        (part,) = [one.get_content() for one in message.walk() if one.get_content_type() == "text/calendar"]
        event = icalendar.Calendar.from_ical(part).events[0]
        parts[str(event["SEQUENCE"])].add((message["Message-ID"], part))
    assert all(len(same) == 1 for same in parts.values())
    assert (
        len({icalendar.Calendar.from_ical(part).events[0]["UID"] for same in parts.values() for _, part in same}) == 1
    )
    return parts
