import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from bot.inbox import delivery
from bot.inbox.messages import Bubble, TurnOutcome, Understanding
from bot.settings import ROOT, settings


@pytest.fixture
def conversation(transactional_db):
    """The id of a conversation whose opening turn is answered."""
    identifier, _ = delivery.start_conversation()
    delivery.complete_turn(delivery.claim_turn("test"), answer("hello"))
    return identifier


def answer(*texts, choices=(), many=False, events=(), **understanding):
    """Return an outcome with one bubble for each text; the last one offers the choices."""
    bubbles = [Bubble(text) for text in texts[:-1]] + [Bubble(texts[-1], tuple(choices), many)] if texts else []
    understood = Understanding(**{"intent": "greet", "confidence": 0.9, **understanding})
    return TurnOutcome(bubbles, events, understood)


def in_threads(count, function):
    """Call the function with 0 to count - 1, each on a thread of its own; return the results or exceptions."""

    def call(number):
        try:
            return function(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(call, range(count)))


def environment():
    """Return the environment of a process that uses the database of this test."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        parts = urlsplit(settings().database_url)
        url = urlunsplit(parts._replace(path=f"/{name}"))
    return {**os.environ, "INSTEP_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
