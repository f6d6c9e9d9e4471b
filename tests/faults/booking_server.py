"""Books what it is told to and sends what is owed, as the server does, until it is killed or nothing is left.

Arguments: the file of bookings (JSON lines: key, start, change) and the number of the first one that is not done.
Each line of the output is the number of a booking that was acknowledged.
"""

# ruff: noqa: E402 - Django has to be set up before the rooms are imported.
import datetime as dt
import json
import sys
import threading
import time
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction

from bot.booking.announcements import calendar_bell, mail_bell
from bot.booking.appointments import appointments_of, book_visit, cancel_visit, change_visit
from bot.booking.outbox_models import CalendarRow, EventRow, MailRow
from bot.booking.visits import Contact, Party, Visit, VisitRequest
from bot.web import outgoing

# A killed process leaves what it had taken for so long; in the server it is minutes.
LEASE = dt.timedelta(seconds=1)


def main(bookings, first):
    outgoing.POLL_SECONDS = outgoing.RETRY_SECONDS = 0.3
    for name in ("send_due", "write_due", "read_due"):
        shorten_lease(name)
    for one in (
        outgoing.Outgoing("mail", outgoing.mail_round, mail_bell, 0.3),
        outgoing.Outgoing("calendar", outgoing.calendar_round, calendar_bell, 0.3),
    ):
        one.start()
    say("ready")
    for number, line in enumerate(bookings.read_text().splitlines()):
        if number >= first:
            take(json.loads(line))
            say(str(number))
            wait_until_told()
    wait_until_told()
    say("all told")
    threading.Event().wait()


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def wait_until_told():
    while any(model.objects.filter(due_at__isnull=False).exists() for model in (MailRow, EventRow)):
        time.sleep(0.01)


def shorten_lease(name):
    work = getattr(outgoing, name)
    setattr(outgoing, name, lambda *arguments: work(*arguments, lease=LEASE))


def take(wanted):
    """Do what the turn of a "yes" does, all in one transaction; doing it again changes nothing."""
    start = dt.datetime.fromisoformat(wanted["start"])
    visit = Visit(start, start + dt.timedelta(minutes=30), "clinician_1", "first_consultation")
    contact = Contact("Zacharias Quillfeather", "+13015550187", f"{wanted['key']}@example.org")
    with transaction.atomic():
        known = appointments_of(wanted["key"])
        booked = known[0] if known else book_visit(VisitRequest("yes", wanted["key"], visit, contact))
        now = dt.datetime.now(dt.UTC)
        if wanted["change"] == "move" and not booked.sequence:
            later = Visit(
                start + dt.timedelta(minutes=30), start + dt.timedelta(hours=1), "clinician_1", visit.visit_type
            )
            change_visit(booked.reference, later, by=Party.VISITOR, now=now)
        elif wanted["change"] == "cancel":
            cancel_visit(booked.reference)


if __name__ == "__main__":
    CalendarRow.objects.update(due_at=dt.datetime.now(dt.UTC))
    connection.close()
    main(Path(sys.argv[1]), int(sys.argv[2]))
