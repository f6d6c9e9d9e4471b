"""What has to be right before the server starts."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError, connection

from bot.api.problems import check_wording
from bot.api.wording import practice
from bot.booking.mails.mail_words import words
from bot.booking.storage.key_check import check_key
from bot.errors import SettingsError
from bot.knowledge.loader import load_knowledge
from bot.settings import settings

# Any number that nothing else locks; PostgreSQL asks for one.
_MIGRATION_LOCK = 4_715_002


def check_data() -> None:
    """Read everything under `data/` that the server lives on.

    Raises:
        KnowledgeError: names the file, the record and the field, and says what to do.
    """
    load_knowledge(settings().data / "knowledge")
    practice()
    check_wording()
    words()


def prepare_database() -> None:
    """Create the tables or bring them up to date; of several processes that start at once, one does it.

    Raises:
        SettingsError: the database cannot be used, or was filled under another secret key.
    """
    try:
        with _alone():
            call_command("migrate", interactive=False, verbosity=0)
            check_key()
            call_command("createcachetable", verbosity=0)
        connection.close()
    except OperationalError as error:
        said = str(error).partition("\n")[0]
        raise SettingsError(
            f"The database cannot be used ({said}): see that its server runs, or that its file can be written, and "
            "what INSTEP_DATABASE_URL says."
        ) from None


@contextmanager
def _alone() -> Iterator[None]:
    with (settings().var / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Ends with the connection.
                cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        yield
