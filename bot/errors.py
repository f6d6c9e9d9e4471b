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
    """A limit of messages, size or rate was reached.

    Attributes:
        retry_after: seconds until a retry can help, 0 when none can.
    """

    def __init__(self, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TurnLostError(InstepError):
    """Another process has taken a turn over, or its conversation was deleted; what it produced must be rolled back."""


class SlotTakenError(InstepError):
    """Somebody else booked the visit first."""


class AppointmentNotFoundError(InstepError):
    """There is no appointment with that reference."""


class ContactError(InstepError):
    """A name, phone number or e-mail address cannot be used.

    Attributes:
        code: what is wrong, one word such as `phone_too_short`; the bot's words for it stand in `domain.yml`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"The contact detail cannot be used: {code}.")
        self.code = code
