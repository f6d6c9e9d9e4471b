"""The error tree. Every message says what to do next; none carries a visitor's words."""

from __future__ import annotations

from typing import Any


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


class EncoderError(InstepError):
    """The files of the sentence encoder are missing or not the published ones."""


class CorpusError(InstepError):
    """A row of `data/reading/` cannot be used; the text names file and line and says what to do."""


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
    """The visit cannot be had: somebody else was faster, it has begun, or the practice does not offer it.

    Attributes:
        next_best: free visits (`bot.booking.visits.Visit`) near the one that was lost, nearest first; may be empty.
    """

    def __init__(self, message: str, next_best: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.next_best = next_best


class VisitTooLateError(InstepError):
    """The case must not wait for that visit: an emergency gets none, a same-day case one of today."""


class AlreadyBookedError(InstepError):
    """The conversation has a coming visit already.

    Attributes:
        reference: of the first visit.
    """

    def __init__(self, reference: str) -> None:
        super().__init__("The conversation has a coming visit: say so, and book another only when that is wanted.")
        self.reference = reference


class BookingLimitError(InstepError):
    """So many coming visits are booked under the phone number that the practice has to be asked."""


class AppointmentNotFoundError(InstepError):
    """There is no appointment with that reference or link."""


class AppointmentClosedError(InstepError):
    """The appointment was cancelled, declined or is over, so it cannot be changed."""


class AlreadyHandledError(InstepError):
    """Another member of staff was faster.

    Attributes:
        handled_by: e-mail address of that member of staff, empty where the visitor or the calendar changed it.
    """

    def __init__(self, message: str, handled_by: str = "") -> None:
        super().__init__(message)
        self.handled_by = handled_by


class CalendarError(InstepError):
    """The practice's calendar cannot be read or written at present.

    Attributes:
        code: `no_connection`, `login_refused`, `no_calendar`, `refused` or `many_events_gone`; of a feed of busy times
            also `not_a_calendar`, `cut_off`, `too_large`, `too_many_redirects` or `unknown_clinician`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class CalendarChangedError(InstepError):
    """Somebody wrote or deleted the event in the practice's calendar meanwhile: read it again."""


class ContactError(InstepError):
    """A name, phone number or e-mail address cannot be used.

    Attributes:
        code: what is wrong, one word such as `phone_too_short`; the bot's words for it stand in `domain.yml`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"The contact detail cannot be used: {code}.")
        self.code = code


class StaffNotFoundError(InstepError):
    """No active staff account has that e-mail address."""
