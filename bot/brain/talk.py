"""Talk to the bot without a browser, on the path that the website uses: inbox, turn, transcript.

What is said is kept like the website's conversations, in the database of the settings: set `INSTEP_VAR` to an empty
folder, or `INSTEP_DATABASE_URL`, to keep it apart.
"""

from __future__ import annotations

import dataclasses
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.management import call_command

from bot.booking.appointments import appointments_of
from bot.booking.visits import Appointment, AppointmentState
from bot.brain.turns import new_owner, take_turn
from bot.brain.understanding import shared_agent
from bot.case import Case
from bot.inbox import delivery
from bot.inbox.messages import Author, Understanding
from bot.inbox.transcripts import read_transcript

Line = dict[str, Any]

_NOT_BOOKED = (AppointmentState.HELD, AppointmentState.EXPIRED)


class Talk:
    """Several conversations, each under a name of the caller's, on the database of the settings."""

    def __init__(self) -> None:
        """Bring the database up to date and load the model. Raises ModelError."""
        call_command("migrate", interactive=False, verbosity=0)
        self._agent = shared_agent()
        self._owner = new_owner()
        self._ids: dict[str, str] = {}

    def say(self, conversation: str, text: str) -> Line:
        """Say one thing in the conversation of that name, started when it is new, and return what came of it.

        Returns:
            `conversation`, `replies` (text and choices each), `intent`, `confidence` (0 to 1), `causes`, `urgency` and
            `booking` (None until a visit is booked).

        Raises:
            InputError: the text cannot be accepted.
            ConversationLimitError: a limit of the settings was reached.
        """
        conversation_id = self._ids.get(conversation) or self._start(conversation)
        seq = delivery.receive_text(conversation_id, secrets.token_urlsafe(16), text).seq
        self._work(conversation_id)
        lines = [event for event in delivery.events_after(conversation_id, seq) if event.author is Author.BOT]
        understood = _understood(conversation_id, seq)
        booked = [one for one in appointments_of(conversation_id) if one.state not in _NOT_BOOKED]
        return {
            "conversation": conversation,
            "replies": [{"text": line.text, "choices": [choice.label for choice in line.choices]} for line in lines],
            "intent": understood.intent,
            "confidence": round(understood.confidence, 4),
            "causes": list(understood.causes),
            "urgency": understood.urgency,
            "booking": _booking(booked[0]) if booked else None,
        }

    def case(self, conversation: str) -> Case:
        """Return everything that the conversation of that name holds to be said."""
        events = delivery.rasa_events(self._ids[conversation])
        values = [event.get("value") for event in events if event.get("name") == "case"]
        return Case.from_json(values[-1] if values else None)

    def _start(self, name: str) -> str:
        conversation_id, _ = delivery.start_conversation("command line")
        self._ids[name] = conversation_id
        self._work(conversation_id)
        return conversation_id

    def _work(self, conversation_id: str) -> None:
        # The oldest message of any conversation is answered first, as in the server.
        while delivery.turn_pending(conversation_id):
            if not take_turn(self._agent, self._owner):
                # A server on the same database has it in hand.
                time.sleep(0.02)


def talk(lines: Iterable[Mapping[str, str]]) -> Iterator[Line]:
    """Answer each line (`conversation`, `text`) in order; see `Talk.say`."""
    conversations = Talk()
    for line in lines:
        yield conversations.say(line["conversation"], line["text"])


def _understood(conversation_id: str, seq: int) -> Understanding:
    entries = [entry for entry in read_transcript(conversation_id) if entry.event.seq == seq]
    return (entries[0].understanding if entries else None) or Understanding(intent="", confidence=0.0)


def _booking(appointment: Appointment) -> Line:
    booking = dataclasses.asdict(appointment)
    visit = {**booking["visit"], "start": appointment.visit.start.isoformat(), "end": appointment.visit.end.isoformat()}
    created = appointment.created_at.isoformat()
    return {**booking, "state": appointment.state.value, "visit": visit, "created_at": created}
