"""The tables of booking. Only this room uses them; others get the frozen types of `visits`."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.booking.fields import EncryptedTextField
from bot.booking.visits import AppointmentState

# States in which the clinician's time is taken.
LIVE_STATES = (AppointmentState.HELD, AppointmentState.CONFIRMED, AppointmentState.CHANGED)


class ContactColumns(models.Model):
    """What a request of a visitor holds: the contact details are encrypted, the indexes find them again.

    `key_digest` is the SHA-256 of conversation and idempotency key.
    """

    reference = models.CharField(max_length=16, unique=True)
    conversation_id = models.CharField(max_length=64, db_index=True)
    key_digest = models.CharField(max_length=64, unique=True)
    name = EncryptedTextField()
    phone = EncryptedTextField()
    email = EncryptedTextField()
    reason = EncryptedTextField()
    phone_index = models.CharField(max_length=64, db_index=True)
    email_index = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """No table of its own."""

        abstract = True


class AppointmentRow(ContactColumns):
    """A visit that somebody booked; `start` and `end` in UTC, `time_zone` the practice's at that time."""

    state = models.CharField(max_length=16, choices=[(state.value, state.value) for state in AppointmentState])
    clinician_id = models.CharField(max_length=64)
    visit_type = models.CharField(max_length=64)
    start = models.DateTimeField(db_index=True)
    end = models.DateTimeField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=64)

    class Meta:
        """One live appointment for each clinician and start, on SQLite and PostgreSQL alike."""

        constraints = [
            models.UniqueConstraint(
                fields=["clinician_id", "start"],
                condition=models.Q(state__in=[state.value for state in LIVE_STATES]),
                name="booking_one_live_start",
            ),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="booking_end_after_start"),
        ]


class AppointmentCell(models.Model):
    """One cell of the time grid that a live appointment occupies; unique, so that no two appointments overlap."""

    appointment = models.ForeignKey(AppointmentRow, on_delete=models.CASCADE, related_name="cells")
    clinician_id = models.CharField(max_length=64)
    start = models.DateTimeField()

    class Meta:
        """The constraint that makes an overlap impossible."""

        constraints = [models.UniqueConstraint(fields=["clinician_id", "start"], name="booking_one_cell")]


class CallBackRow(ContactColumns):
    """A request to be called by the practice."""


class KeyCheck(models.Model):
    """The value by which a start recognises the secret key that contact data are stored under; one row."""

    value = models.CharField(max_length=64)
