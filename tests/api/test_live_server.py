import contextlib
import os
import random
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.inbox import delivery
from bot.inbox.models import Entry
from tests.inbox.conftest import environment
from tests.servers.ports import free_port
from tests.waiting import LATE, wait_until

SERVE = ["-m", "uvicorn", "bot.web.asgi:application", "--lifespan", "off", "--ws", "none", "--no-access-log"]


@pytest.fixture
def port(transactional_db):
    return free_port()


@contextlib.contextmanager
def serving(port):
    """A server in a process of its own, killed at the end."""
    env = {**environment(), "INSTEP_MESSAGES_PER_MINUTE": "1000"}
    with subprocess.Popen([sys.executable, *SERVE, "--port", str(port)], env=env) as server:
        try:
            wait_until(lambda: is_up(port))
            yield server
        finally:
            server.kill()


def is_up(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def resident_bytes(process):
    pages = Path(f"/proc/{process.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("declared", [True, False], ids=["with its length", "in chunks"])
def test_twenty_megabytes_are_refused_and_not_kept_in_memory(port, declared):
    body = b"x" * 20_000_000
    content = body if declared else iter([body[:1_000_000]] * 20)
    with serving(port) as server, httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=LATE) as client:
        client.get("/health")
        before = resident_bytes(server)
        refused = client.post("/conversations", content=content, headers={"Content-Type": "application/json"})

        assert refused.status_code == 413
        assert resident_bytes(server) - before < 20_000_000
        assert client.get("/health").status_code == 200


def test_a_server_killed_while_messages_come_in_loses_and_doubles_none(port):
    identifier, token = delivery.start_conversation()
    url = f"http://127.0.0.1:{port}/api/v1/conversations/{identifier}/messages"
    acknowledged = []
    for life in range(3):
        with serving(port) as server, httpx.Client() as client:
            last = 20 * (life + 1)
            kill_at = random.randrange(20 * life + 5, last - 5)
            while len(acknowledged) < last and server.poll() is None:
                number = len(acknowledged)
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"key-{number:04}"}
                with contextlib.suppress(httpx.TransportError):
                    answer = client.post(url, json={"text": f"message {number}"}, headers=headers)
                    # A database that is slow for once is no loss: the same message is sent again.
                    if answer.status_code != 503:
                        acknowledged.append(answer.json()["seq"])
                if number == kill_at:
                    server.kill()

    stored = list(Entry.objects.order_by("seq").values_list("seq", "key"))
    assert [seq for seq, _ in stored] == list(range(1, len(stored) + 1))
    assert [(seq, f"key-{number:04}") for number, seq in enumerate(acknowledged)] == stored[: len(acknowledged)]
    assert len(acknowledged) >= 40
