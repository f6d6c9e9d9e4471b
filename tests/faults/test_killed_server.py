"""The server is killed in the middle of turns, again and again: nothing is lost, nothing happens twice."""

import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from bot.settings import ROOT
from tests.servers.ports import free_port

pytestmark = [pytest.mark.model]

VISITORS = 6
KILLS = 3
START_SECONDS = 180
STEPS = [
    ("say", "hello"),
    ("say", "What are your opening hours?"),
    ("say", "I would like to book a visit"),
    ("press", "a time"),
    ("press", "No, first visit"),
    ("press", "I'd rather not say"),
    # A number of the visitor's own: the practice books only so many visits under one.
    ("say", "Jane Doe, 301 555 01{number:02d}"),
    ("press until booked", "Yes, book it"),
    ("say", "thank you"),
]
# Each visitor's messages and the opening of the conversation.
TURNS = VISITORS * (len(STEPS) + 1)


class KilledServer:
    """A server process that is killed and started again on one database and port."""

    def __init__(self, database_url, folder):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/api/v1"
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "INSTEP_VAR": str(folder),
            "INSTEP_DATABASE_URL": database_url,
            "INSTEP_HOST": "127.0.0.1",
            "INSTEP_PORT": str(self.port),
            "INSTEP_NEW_CONVERSATIONS_PER_HOUR": "1000",
            "INSTEP_MESSAGES_PER_MINUTE": "1000",
            # The server is started eight times: what it compiled the first time is kept.
            "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_ready(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                if httpx.get(f"{self.url}/health", timeout=2).json()["ready"]:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready in {START_SECONDS} s: {self.log.read_text()[-3000:]}")


class Visitor:
    """Goes through the steps like the widget: every request is repeated, under its key, until it is answered."""

    def __init__(self, url, acknowledged, number=0):
        self.acknowledged = acknowledged
        self.number = number
        self.keys = (f"visitor-{id(self)}-{number}" for number in itertools.count())
        self.sent = []
        self.client = httpx.Client(timeout=5)
        started = self._until(lambda: self.client.post(f"{url}/conversations", json={}), 201).json()
        self.id, self.address = started["id"], f"{url}/conversations/{started['id']}"
        self.client.headers["Authorization"] = f"Bearer {started['token']}"

    def go(self):
        self.wait_for_answer()
        for kind, what in STEPS:
            said = {"text": what.format(number=self.number)}
            self._send(said if kind == "say" else {"choices": [self._choice(what)]})
            # Two visitors may want the same time: the later one is offered others.
            while kind == "press until booked" and not self._booked():
                self._send({"choices": [self._choice(what)]})
        return self

    def _booked(self):
        return any(event["kind"] == "booked" for event in self.events())

    def events(self):
        return self._until(lambda: self.client.get(f"{self.address}/events?after=0"), 200).json()["events"]

    def wait_for_answer(self):
        while self._until(lambda: self.client.get(f"{self.address}/events?after=0"), 200).json()["pending"]:
            time.sleep(0.1)

    def _send(self, body):
        self.sent.append(key := next(self.keys))
        headers = {"Idempotency-Key": key}
        self._until(lambda: self.client.post(f"{self.address}/messages", json=body, headers=headers), 202)
        self.acknowledged.release()
        self.wait_for_answer()

    def _choice(self, wanted):
        choices = [event for event in self.events() if event["choices"]][-1]["choices"]
        named = [choice["id"] for choice in choices if choice["label"].startswith(wanted)]
        return named[0] if named else choices[self.number % len(choices)]["id"]

    @staticmethod
    def _until(request, status):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                response = request()
            except httpx.HTTPError:
                time.sleep(0.1)
                continue
            if response.status_code == status:
                return response
            assert response.status_code in (429, 503), (response.status_code, response.text)
            time.sleep(0.2)
        raise AssertionError("no answer from the server")


def turns_of(events):
    """The bot's texts after the start and after each message of the visitor."""
    turns = [[]]
    for event in events:
        if event["author"] == "visitor":
            turns.append([])
        else:
            turns[-1].append(event["text"])
    return turns


def appointments_in(database_url):
    query = "SELECT conversation_id FROM booking_appointmentrow WHERE state = 'confirmed'"
    if database_url.startswith("sqlite"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as database:
            return [str(row[0]) for row in database.execute(query)]
    with psycopg.connect(database_url) as database:
        return [str(row[0]) for row in database.execute(query)]


def visit(url, acknowledged, number):
    return Visitor(url, acknowledged, number).go()


def killed_while_talking(server):
    """Run all visitors at once while the server is killed and started again; return them when all have finished."""
    acknowledged = threading.Semaphore(0)
    with ThreadPoolExecutor(VISITORS) as pool:
        visits = [pool.submit(visit, server.url, acknowledged, number) for number in range(VISITORS)]
        for _ in range(KILLS):
            for _ in range(TURNS // (KILLS + 3)):
                assert acknowledged.acquire(timeout=START_SECONDS)
            # A turn takes about this long, so that the kill falls anywhere in it.
            time.sleep(random.uniform(0, 0.05))
            server.kill()
            server.start()
            server.wait_until_ready()
        return [visit.result(timeout=START_SECONDS) for visit in visits]


@pytest.fixture(scope="session")
def model():
    from bot.brain.training import model_is_current, train

    if not model_is_current():
        train()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'faults.sqlite3'}"


def test_a_server_killed_in_the_middle_of_turns_loses_nothing_and_does_nothing_twice(model, database_url, tmp_path):
    server = KilledServer(database_url, tmp_path)
    server.start()
    try:
        server.wait_until_ready()
        visitors = killed_while_talking(server)
        transcripts = {visitor.id: visitor.events() for visitor in visitors}
    finally:
        server.kill()

    for visitor in visitors:
        events = transcripts[visitor.id]
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert [event["key"] for event in events if event["author"] == "visitor"] == visitor.sent
        for texts in turns_of(events):
            assert 1 <= len(texts) == len(set(texts)) <= 3
        assert [event["kind"] for event in events].count("booked") == 1
    booked = appointments_in(database_url)
    assert len(booked) == len(set(booked)) == VISITORS
    assert {visitor.id for visitor in visitors} == set(booked)
    assert "Jane" not in server.log.read_text()
