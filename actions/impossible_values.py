"""Numbers that cannot be: a kind remark, and the conversation goes on."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.case_slots import Heard
from bot.case import Reading

WORST_PAIN = 10
OLDEST = 120

_OF_TEN = re.compile(r"\b(\d{2,6})\s*(?:/|out of|of)\s*(?:10|ten)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(\d{3,6})[\s-]*(?:years?[\s-]*old|yrs?[\s-]*old|y/?o)\b", re.IGNORECASE)


def with_worst_pain(reading: Reading, heard: Heard) -> Reading:
    """Return the reading with a pain beyond the scale taken as the worst one."""
    if _pain_beyond(heard.text) is None:
        return reading
    return replace(reading, severity_0_10=WORST_PAIN)


def remark_impossible(dispatcher: CollectingDispatcher, heard: Heard) -> None:
    """Say how a number was taken that lies outside its scale."""
    pain, age = _pain_beyond(heard.text), _beyond(_YEARS, heard.text, OLDEST)
    if pain is not None:
        dispatcher.utter_message(response="utter_impossible_pain", value=str(pain))
    if age is not None:
        dispatcher.utter_message(response="utter_impossible_age", value=str(age))


def _pain_beyond(text: str) -> int | None:
    return _beyond(_OF_TEN, text, WORST_PAIN)


def _beyond(pattern: re.Pattern[str], text: str, most: int) -> int | None:
    return next((value for value in map(int, pattern.findall(text)) if value > most), None)
