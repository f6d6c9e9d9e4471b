"""The error tree. Every message says what to do next; none carries a visitor's words."""

from __future__ import annotations


class InstepError(Exception):
    """Base of every error that Instep raises on purpose; its text may be shown to an operator."""


class KnowledgeError(InstepError):
    """A file under `data/` is not what it has to be; names the file, the record and the field."""


class SettingsError(InstepError):
    """An environment variable has a value that cannot be used."""


class InputError(InstepError):
    """A line of a command's input or the body of a request cannot be used."""


class ModelError(InstepError):
    """There is no trained model, or it was trained from other files than those here."""


class ConversationNotFoundError(InstepError):
    """There is no such conversation, or the token does not open it."""


class ConversationLimitError(InstepError):
    """A limit of messages, size or rate was reached."""


class SlotTakenError(InstepError):
    """Somebody else booked the visit first."""


class ContactError(InstepError):
    """A name, phone number or e-mail address cannot be used; the text says what is expected."""
