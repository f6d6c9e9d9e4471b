"""The frozen types of what a visitor waits for: a call, an answer, or an earlier visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from bot.booking.visits import Appointment, Contact, Patient, Visit, Wish
from bot.case import Urgency


class CallBackState(StrEnum):
    """What became of a call-back request."""

    OPEN = "open"
    DONE = "done"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class CallTime:
    """When somebody wants to be called: the wish as it was read, and the visitor's own words; both may be empty."""

    wish: Wish = field(default_factory=Wish)
    words: str = ""


@dataclass(frozen=True, slots=True)
class CallBack:
    """A visitor's request to be called by the practice, or to get a mail where the contact has only an address.

    Attributes:
        reference: for example `CB-7K3M9Q`.
        reason: what it is about, in the visitor's words; may be empty.
        time: when the visitor wants to be called.
        note: what staff wrote when they closed it, else empty.
        handled_by: e-mail address of the member of staff who closed it, else empty.
        handled_at: when, aware, else None.
    """

    reference: str
    contact: Contact
    reason: str
    conversation_id: str
    created_at: dt.datetime
    urgency: Urgency = Urgency.NONE
    state: CallBackState = CallBackState.OPEN
    note: str = ""
    handled_by: str = ""
    handled_at: dt.datetime | None = None
    time: CallTime = field(default_factory=CallTime)


class MessageKind(StrEnum):
    """What somebody left words for: an answer or an errand, a comment, or help in another language."""

    MESSAGE = "message"
    COMMENT = "comment"
    OTHER_LANGUAGE = "other_language"


class MessageState(StrEnum):
    """Whether staff have dealt with a message."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PracticeMessage:
    """Words that a visitor left for staff. Nothing of it is published.

    Attributes:
        reference: for example `MS-7K3M9Q`.
        contact: all empty where the visitor wants no answer.
        words: as the visitor wrote them.
        note: what staff wrote when they closed it, else empty.
        handled_by: e-mail address of the member of staff who closed it, else empty.
        handled_at: when, aware, else None.
    """

    reference: str
    kind: MessageKind
    contact: Contact
    words: str
    conversation_id: str
    created_at: dt.datetime
    state: MessageState = MessageState.OPEN
    note: str = ""
    handled_by: str = ""
    handled_at: dt.datetime | None = None


class WaitingState(StrEnum):
    """What became of a place on the waiting list."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """What a visitor who wants an earlier visit asks for.

    Attributes:
        key: makes a retry harmless, as in `VisitRequest`.
        reference: of the appointment that shall become earlier; empty where there was nothing to book.
        contact: may be empty where there is an appointment, whose contact then counts.
        visit_type: id; empty for that of the appointment, else the first free type.
    """

    key: str
    conversation_id: str
    reference: str = ""
    wish: Wish = field(default_factory=Wish)
    contact: Contact = field(default_factory=Contact)
    visit_type: str = ""
    patient: Patient | None = None
    urgency: Urgency = Urgency.NONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """A place on the waiting list; entries are served in the order of `created_at`.

    Attributes:
        reference: for example `WL-7K3M9Q`.
        appointment: the later visit that the visitor has, None where there is none.
        offered: the visit that is held for the visitor at present, else None.
        offer_until: when the offer ends, aware, else None.
    """

    reference: str
    state: WaitingState
    conversation_id: str
    contact: Contact
    wish: Wish
    visit_type: str
    created_at: dt.datetime
    urgency: Urgency = Urgency.NONE
    appointment: Appointment | None = None
    offered: Visit | None = None
    offer_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffQueue:
    """What staff have to look at, in this order.

    Attributes:
        call_backs: open call-back requests, the most urgent first, then the oldest.
        messages: open messages to the practice, those in another language first, then the oldest.
        waiting: the waiting list, in the order in which it is served.
        new: visits that were booked, soonest first.
        changed: visits that the visitor or the practice's calendar moved or cancelled, soonest first.
    """

    call_backs: tuple[CallBack, ...]
    messages: tuple[PracticeMessage, ...]
    waiting: tuple[WaitingEntry, ...]
    new: tuple[Appointment, ...]
    changed: tuple[Appointment, ...]
