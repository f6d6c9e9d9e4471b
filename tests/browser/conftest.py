"""The whole practice: the real server with the trained model, and visitors in Chromium."""

import sys

import pytest

from tests.browser.chat import Chat
from tests.browser.chromium import browser, new_context
from tests.browser.serving import PracticeServer

__all__ = ["browser", "new_context"]


@pytest.fixture(scope="session")
def live_practice(tmp_path_factory):
    """The server as `instep run` starts it, with a database of its own."""
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    var = tmp_path_factory.mktemp("var")
    server = PracticeServer([sys.executable, "-m", "bot.cli", "run"], var, var / "server.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def chat(live_practice, new_context):
    """A visitor on the practice's page, the chat still closed."""
    chat = Chat(new_context().new_page(), live_practice.url).visit()
    yield chat
    assert chat.errors == []
    assert chat.violations() == []
