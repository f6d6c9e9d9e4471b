"""Translation between the slot `visit_wish` and what a visitor wishes of a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions import wiring
from actions.case_slots import Heard
from bot.booking.visit_wish import read_wish_beside
from bot.booking.visits import When, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.booking.wish_reader import read_wish


def wish_in(heard: Heard) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that a message names, None when it names no wish."""
    if not heard.meaning.names_time:
        return None
    wish = read_wish(heard.text, wiring.now(), wiring.practice())
    return None if wish == Wish() else wish_to_json(wish)


def wish_beside(text: str) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that a message names beside something else, None for no wish."""
    wish = read_wish_beside(text, wiring.now(), wiring.practice())
    return None if wish == Wish() else wish_to_json(wish)


def wish_from(tracker: Tracker) -> Wish | None:
    """Return what the visitor wishes of a visit, None when nothing was said."""
    value: dict[str, Any] | None = tracker.get_slot("visit_wish")
    return wish_from_json(value) if value else None


def added_wish(older: Wish | None, newer: Wish) -> Wish:
    """Return both wishes together: what the newer one names replaces it in the older one.

    A time alone is meant for the day named before; a new day starts with any time.
    """
    if older is None:
        return newer
    when = newer.when
    if when == When():
        when = older.when
    elif when.date is None and not newer.weekdays:
        ruled_out = tuple(sorted({*older.when.not_weekdays, *when.not_weekdays}))
        when = replace(when, date=older.when.date, last_date=older.when.last_date, not_weekdays=ruled_out)
        if (when.time, when.part_of_day) == (None, None):
            when = replace(older.when, not_weekdays=ruled_out)
    return Wish(
        when=when,
        weekdays=newer.weekdays or (older.weekdays if newer.when.date is None else ()),
        clinician_id=newer.clinician_id or older.clinician_id,
        gender=newer.gender or older.gender,
        language=newer.language or older.language,
        before=newer.before,
    )
