import pytest

from bot.settings import settings


@pytest.fixture
def configured(monkeypatch):
    """Let everything that asks for the settings see these variables of the environment."""

    def configure(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return settings()

    yield configure
    monkeypatch.undo()
    settings.cache_clear()
