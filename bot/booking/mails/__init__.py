"""The mails about a visit: their words, the outbox, reminders."""
