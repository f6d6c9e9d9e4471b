"""The tables of booking. Only this room uses them; others get the frozen types of `visits`."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import models
from django.utils import timezone

from bot.booking.fields import EncryptedTextField
from bot.booking.outbox_models import BusyRow, CalendarRow, EventRow, MailRow
from bot.booking.requests import CallBackState, MessageKind, MessageState, WaitingState
from bot.booking.visits import BOOKED_STATES, AppointmentState, Attention, Patient
from bot.case import Urgency

# The last four are registered with Django by being imported here.
__all__ = [
    "OPEN_WAITING",
    "AppointmentCell",
    "AppointmentRow",
    "AppointmentRows",
    "BusyRow",
    "CalendarRow",
    "CallBackRow",
    "EventRow",
    "KeyCheck",
    "MailRow",
    "PracticeMessageRow",
    "WaitingRow",
]

OPEN_WAITING = (WaitingState.WAITING, WaitingState.OFFERED)


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


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
    urgency = models.CharField(max_length=16, choices=_choices(Urgency), default=Urgency.NONE.value)
    handled_by = models.CharField(max_length=254, blank=True, default="")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True


class WaitingRow(ContactColumns):
    """A place on the waiting list; `wish` and `refused` (ids of visits) are JSON."""

    state = models.CharField(max_length=16, choices=_choices(WaitingState), default=WaitingState.WAITING.value)
    appointment = models.ForeignKey("AppointmentRow", null=True, on_delete=models.CASCADE, related_name="waiting")
    visit_type = models.CharField(max_length=64)
    patient = models.CharField(max_length=16, choices=_choices(Patient), blank=True, default="")
    wish = models.JSONField(default=dict)
    refused = models.JSONField(default=list)

    class Meta:
        """An appointment waits once; a conversation without an appointment likewise."""

        constraints = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=models.Q(state__in=[state.value for state in OPEN_WAITING]),
                name="booking_one_wait_of_appointment",
            ),
            models.UniqueConstraint(
                fields=["conversation_id"],
                condition=models.Q(state__in=[state.value for state in OPEN_WAITING], appointment=None),
                name="booking_one_wait_of_conversation",
            ),
        ]


class AppointmentRows(models.QuerySet["AppointmentRow"]):
    """Appointments, and what is often asked of them."""

    def coming(self, now: dt.datetime) -> AppointmentRows:
        """Return those that are booked and have not ended; `now` is aware."""
        return self.filter(state__in=BOOKED_STATES, end__gt=now)


class AppointmentRow(ContactColumns):
    """A visit that somebody holds or booked; `start` and `end` in UTC, `time_zone` the practice's at that time.

    Of the token in the private link only the SHA-256 is stored. `offered_to` is set while the visit is held for
    somebody on the waiting list.
    """

    state = models.CharField(max_length=16, choices=_choices(AppointmentState))
    clinician_id = models.CharField(max_length=64)
    visit_type = models.CharField(max_length=64)
    start = models.DateTimeField(db_index=True)
    end = models.DateTimeField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=64)
    held_until = models.DateTimeField(null=True, db_index=True)
    uid = models.CharField(max_length=36, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    link_hash = models.CharField(max_length=64, unique=True)
    patient = models.CharField(max_length=16, choices=_choices(Patient), blank=True, default="")
    brief = EncryptedTextField(default="")
    note = EncryptedTextField(default="")
    attention = models.CharField(max_length=32, choices=_choices(Attention), default=Attention.NONE.value)
    offered_to = models.ForeignKey(WaitingRow, null=True, on_delete=models.CASCADE, related_name="offers")

    objects = AppointmentRows.as_manager()

    class Meta:
        """That no two overlap is kept by the cells, except where the practice double-books in its own calendar."""

        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="booking_end_after_start"),
            models.CheckConstraint(
                condition=~models.Q(state=AppointmentState.HELD.value) | models.Q(held_until__isnull=False),
                name="booking_hold_has_end",
            ),
        ]
        indexes = [models.Index(fields=["attention", "start"], name="booking_attention")]


class AppointmentCell(models.Model):
    """One cell of the time grid that a live appointment occupies; unique, so that no two appointments overlap."""

    appointment = models.ForeignKey(AppointmentRow, on_delete=models.CASCADE, related_name="cells")
    clinician_id = models.CharField(max_length=64)
    start = models.DateTimeField()

    class Meta:
        """The constraint that makes an overlap impossible."""

        constraints = [models.UniqueConstraint(fields=["clinician_id", "start"], name="booking_one_cell")]


class CallBackRow(ContactColumns):
    """A request to be called by the practice; `wish` is JSON, `wish_words` are the visitor's own about when."""

    wish = models.JSONField(default=dict)
    wish_words = EncryptedTextField(default="")
    state = models.CharField(
        max_length=16, choices=_choices(CallBackState), default=CallBackState.OPEN.value, db_index=True
    )
    note = EncryptedTextField(default="")


class PracticeMessageRow(ContactColumns):
    """Words that a visitor left for staff; `reason` holds them."""

    kind = models.CharField(max_length=16, choices=_choices(MessageKind), default=MessageKind.MESSAGE.value)
    state = models.CharField(
        max_length=16, choices=_choices(MessageState), default=MessageState.OPEN.value, db_index=True
    )
    note = EncryptedTextField(default="")


class KeyCheck(models.Model):
    """The value by which a start recognises the secret key that contact data are stored under; one row."""

    value = models.CharField(max_length=64)
