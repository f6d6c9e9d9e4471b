import pytest


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """A PostgreSQL server of this test run, as INSTEP_DATABASE_URL takes it."""
    import pgserver

    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    # Tests kill programs, not the machine: without waiting for the disk they take a fifth of the time.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
