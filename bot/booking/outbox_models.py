"""The tables of what is owed to others after a booking: mails and calendar events, and what the calendar says."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.booking.encryption import keyed_digest
from bot.booking.fields import EncryptedTextField


class OwedColumns(models.Model):
    """What every row that is worked off has: it is due at `due_at`, and no more once that is empty.

    Whoever works a row moves `due_at` on first, so that no other process takes it, and a killed one leaves it due.
    """

    due_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        """No table of its own."""

        abstract = True


class MailRow(OwedColumns):
    """A mail about an appointment as it was at the change: of the visitor nothing but the address, encrypted.

    `address` is empty for a mail to the practice, and once the mail is sent. `start` and `end` are in UTC.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=128, unique=True)
    for_practice = models.BooleanField()
    address = EncryptedTextField(default="")
    change = models.CharField(max_length=16)
    reference = models.CharField(max_length=16, db_index=True)
    uid = models.CharField(max_length=36)
    sequence = models.PositiveIntegerField()
    clinician_id = models.CharField(max_length=64)
    visit_type = models.CharField(max_length=64)
    start = models.DateTimeField()
    end = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, db_index=True)

    @property
    def code(self) -> str:
        """The six digits that a mail with a code carries, computed from the secret key, so that they are not stored."""
        return f"{int.from_bytes(keyed_digest(b'instep booking code 1', self.key_digest)[:8]) % 1_000_000:06d}"


class EventRow(OwedColumns):
    """The event of one appointment in the practice's calendar; it names nobody, and outlives the appointment.

    What the event has to be is read from the appointment when the row is due: there is no event without a booked one.
    `etag`, `start` and `end` are those of the event as it was last written or read; empty where it was never written.
    """

    reference = models.CharField(max_length=16, unique=True)
    uid = models.CharField(max_length=36, unique=True)
    calendar = models.CharField(max_length=500, blank=True, default="")
    href = models.CharField(max_length=700, blank=True, default="", db_index=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)


class CalendarRow(OwedColumns):
    """What was last read from one calendar; `read_until` is the end of the time for which busy times are known."""

    address = models.CharField(max_length=500, unique=True)
    sync_token = models.TextField(blank=True, default="")
    read_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)


class BusyRow(models.Model):
    """A time that an event of the practice's own takes from one clinician."""

    calendar = models.CharField(max_length=500)
    href = models.CharField(max_length=700, db_index=True)
    clinician_id = models.CharField(max_length=64)
    start = models.DateTimeField()
    end = models.DateTimeField(db_index=True)


class FeedRow(OwedColumns):
    """What was last read from one feed of busy times; `key` tells it apart without its secret address."""

    key = models.CharField(max_length=300, unique=True)
    etag = models.CharField(max_length=300, blank=True, default="")
    read_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)


class EventProblemRow(models.Model):
    """An event of the practice's own that staff should look at, and the day that it is about if one can be read."""

    calendar = models.CharField(max_length=500)
    href = models.CharField(max_length=700, db_index=True)
    title = EncryptedTextField()
    day = models.DateField(null=True)
    code = models.CharField(max_length=32)
