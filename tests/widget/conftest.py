"""The real pages and API with a scripted brain, and visitors in Chromium."""

import sys

import pytest

from tests.browser.chat import Chat
from tests.browser.chromium import browser, new_context
from tests.browser.serving import PracticeServer

__all__ = ["browser", "new_context"]


@pytest.fixture(scope="session")
def practice(tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    server = PracticeServer([sys.executable, "-m", "tests.widget.scripted_practice"], var, var / "server.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitor(practice, new_context):
    """Makes visitors on the practice's page, the chat still closed; no script may fail and no policy be hurt."""
    chats = []

    def make(context=None, **options):
        chat = Chat((context or new_context(**options)).new_page(), practice.url).visit()
        chats.append(chat)
        return chat

    yield make
    for chat in chats:
        assert chat.errors == []
        assert chat.violations() == []


@pytest.fixture
def chat(visitor):
    """A visitor with the chat open and greeted."""
    return visitor().open()
