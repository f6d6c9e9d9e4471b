import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from bot.api.retention import forget_everything
from bot.inbox import delivery
from bot.web.housekeeping import Housekeeping, wipe_log
from tests.inbox.conftest import answer
from tests.waiting import wait_until

SECRET = "zanzibar-bunion"


@pytest.fixture
def database(transactional_db):
    """The file of the database, where it is one."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps deleted words in files of its own")
    return Path(str(connection.settings_dict["NAME"]))


def stored_bytes(database):
    return database.read_bytes() + Path(f"{database}-wal").read_bytes()


def told_conversation():
    identifier, token = delivery.start_conversation()
    delivery.complete_turn(delivery.claim_turn("test"), answer("hello"))
    for number in range(15):
        delivery.receive_text(identifier, f"key-{number:04}", f"{SECRET} {number} " * 20)
        heard = [{"event": "user", "text": SECRET * 20}, {"event": "slot", "value": SECRET}]
        delivery.complete_turn(delivery.claim_turn("test"), answer(SECRET, "Go on.", events=heard))
    return identifier, token


def test_no_byte_of_a_deleted_conversation_stays_on_the_disk(database):
    identifier, token = told_conversation()
    kept, _ = delivery.start_conversation()
    housekeeping = Housekeeping()
    housekeeping.start()
    try:
        assert SECRET.encode() in stored_bytes(database)
        forget_everything(identifier, token)
        wait_until(lambda: SECRET.encode() not in stored_bytes(database))
    finally:
        housekeeping.stop()
    delivery.events_after(kept, 0)


def test_a_log_that_somebody_reads_is_wiped_later(database):
    identifier, token = told_conversation()
    reader = sqlite3.connect(database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM inbox_entry").fetchone()

    forget_everything(identifier, token)
    assert not wipe_log()
    reader.close()
    assert wipe_log()
    assert SECRET.encode() not in stored_bytes(database)
