import secrets
import shutil
import tempfile

import pytest


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="fail the run when any test was skipped, as CI must")
    parser.addoption("--kills", type=int, default=10, help="how often tests/faults/test_killed_booking.py kills")


def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if session.config.getoption("--no-skips") and skipped and exitstatus == 0:
        reporter.write_line(f"--no-skips: {skipped} tests were skipped; the reasons stand above.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server of this test run."""
    import pgserver

    # Not below pytest's own folder: each run of pytest takes others' rights to it away, so also those of PostgreSQL,
    # which runs under a user of its own when the tests run as root.
    folder = tempfile.mkdtemp(prefix="instep-postgres-")
    server = pgserver.get_server(folder)
    # Tests kill programs, not the machine: without waiting for the disk they take a fifth of the time.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres_server):
    """An empty PostgreSQL database of this test, as INSTEP_DATABASE_URL takes it."""
    name = f"instep_{secrets.token_hex(4)}"
    postgres_server.psql(f"CREATE DATABASE {name}")
    return postgres_server.get_uri(database=name)


@pytest.fixture
def configured(monkeypatch):
    """Let everything that asks for the settings see these variables of the environment."""
    from bot.settings import settings

    def configure(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return settings()

    yield configure
    monkeypatch.undo()
    settings.cache_clear()
