"""The tables of the inbox. No other room imports this module."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Conversation(models.Model):
    """One visitor's conversation. The lease is its lock: who holds it works on its oldest unanswered message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64)
    page = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    first_line = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=20, default="none")
    outcome = models.CharField(max_length=20, default="open")
    # The clinician brief as plain values, empty until a symptom was told.
    brief = models.JSONField(default=dict)
    last_seq = models.PositiveIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    # The bubble whose choices can be pressed now, 0 for none.
    offer_seq = models.PositiveIntegerField(default=0)
    rasa_version = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)


class Entry(models.Model):
    """One line of a conversation, the visitor's or the bot's, in one sequence without gaps."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    author = models.CharField(max_length=10)
    text = models.TextField()
    kind = models.CharField(max_length=20, default="text")
    many = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    # The bubble whose choice was pressed, 0 for typed text and for the bot.
    answers = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        """A sequence number and a key occur once in a conversation."""

        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="entry_seq_once"),
            models.UniqueConstraint(fields=["conversation", "key"], condition=~Q(key=""), name="entry_key_once"),
        ]


class Message(models.Model):
    """What the bot owes an answer to: a visitor's entry, or with seq 0 the hidden opening of a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    payloads = models.JSONField(default=list)
    tries = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Unanswered messages are few among many: they have an index of their own."""

        constraints = [models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once")]
        indexes = [models.Index(fields=["id"], condition=Q(answered_at__isnull=True), name="message_waiting")]


class Understood(models.Model):
    """What the brain made of one message, for staff."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="understood")
    seq = models.PositiveIntegerField()
    intent = models.CharField(max_length=100)
    confidence = models.FloatField()
    findings = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    urgency = models.CharField(max_length=20)
    red_flags = models.JSONField(default=list)

    class Meta:
        """A message is understood once."""

        constraints = [models.UniqueConstraint(fields=["conversation", "seq"], name="understood_seq_once")]


class RasaEvent(models.Model):
    """One event of Rasa's dialogue memory."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="rasa_events")
    index = models.PositiveIntegerField()
    event = models.JSONField()

    class Meta:
        """The index counts from 0 without gaps."""

        constraints = [models.UniqueConstraint(fields=["conversation", "index"], name="rasa_event_index_once")]


class Visitor(models.Model):
    """How many conversations an address may still start; the address itself is never stored."""

    address_hash = models.CharField(max_length=64, primary_key=True)
    # The time at which everything that was started is paid off (generic cell rate algorithm, ITU-T I.371).
    paid_until = models.DateTimeField(db_index=True)
