"""The practice's name and numbers as they stand in responses."""

from __future__ import annotations

from actions import wiring
from bot.booking.contact import written_phone
from bot.conversation.result_words import ResultWords


def practice_values() -> dict[str, str]:
    """Return `practice_name`, `practice_phone` and `emergency_number`."""
    practice = wiring.practice()
    return {
        "practice_name": practice.name,
        "practice_phone": written_phone(practice.phone_e164, practice.region),
        "emergency_number": practice.emergency_number,
    }


def result_words() -> ResultWords:
    """Return what says causes and fears, with this practice's numbers."""
    return ResultWords(wiring.knowledge(), wiring.phrase, practice_values())
