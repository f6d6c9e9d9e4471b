"""The frozen types of the inbox: what was said, by whom, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Author(StrEnum):
    """Who said it."""

    VISITOR = "visitor"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """A button. `payload` is what the brain receives when it is pressed; it never leaves the server.

    `alone` is True where it cannot be ticked together with another choice.
    """

    id: str
    label: str
    payload: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the bot. `many` is True where several choices can be ticked.

    `kind` is `text`, `emergency` (shown in the alarm style), `same_day` (to be seen today) or `booked` (a stored
    appointment).
    """

    text: str
    choices: tuple[OfferedChoice, ...] = ()
    many: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A stored message. `duplicate` is True when its key was already there."""

    seq: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a conversation as the widget and the console see it; `seq` starts at 1 and has no gaps.

    `key` is the client's idempotency key of a visitor's message, empty for the bot's. `answers` is the seq of the
    bubble whose choice the visitor pressed, 0 for typed text. `open` is True while the choices can be pressed.
    """

    seq: int
    author: Author
    text: str
    created_at: dt.datetime
    choices: tuple[OfferedChoice, ...] = ()
    many: bool = False
    kind: str = "text"
    key: str = ""
    answers: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A visitor's message that waits for its answer, claimed by this process.

    `payloads` are those of the pressed choices, empty for typed text; `text` is what was typed or the labels.
    The opening turn of a conversation has seq 0, no text and the payload `/start_conversation`. `tries` counts this
    try too. `lease` proves the claim; others who claim the turn later have another.
    """

    conversation_id: str
    seq: int
    text: str
    payloads: tuple[str, ...]
    tries: int
    lease: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the brain made of one message, for staff. `findings` hold id, status, side, start, end."""

    intent: str
    confidence: float
    findings: tuple[Mapping[str, Any], ...] = ()
    causes: tuple[str, ...] = ()
    urgency: str = "none"
    red_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """Everything that a turn produces, committed at once.

    Attributes:
        bubbles: at most a few, in order.
        rasa_events: Rasa's new events as JSON values, in order.
        outcome: `open`, `causes_shown`, `booked`, `call_back`, `emergency` or `failed`; the newest other
            than `open` wins.
        brief: the clinician brief as plain values, None to leave the stored one as it is.
    """

    bubbles: Sequence[Bubble]
    rasa_events: Sequence[Mapping[str, Any]]
    understanding: Understanding
    outcome: str = "open"
    brief: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One row of the staff's list."""

    id: str
    started_at: dt.datetime
    last_at: dt.datetime
    first_line: str
    messages: int
    urgency: str
    outcome: str


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """One line of a transcript, with what was understood where the visitor spoke."""

    event: Event
    understanding: Understanding | None = field(default=None)
