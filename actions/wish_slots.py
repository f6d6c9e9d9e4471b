"""Translation between the slot `visit_wish` and what a visitor wishes of a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions import wiring
from bot.booking.appointments import appointments_of, find_by_reference
from bot.booking.visit_wish import read_wish_beside
from bot.booking.visits import Visit, When, Wish
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.booking.wish_reader import as_before, read_wish, speaks_of_before
from bot.conversation.latest_message import LatestMessage


def wish_in(heard: LatestMessage, before: Visit | None = None) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that a message names, None when it names no wish.

    Args:
        heard: the message.
        before: the visit that "the same time" or "not the one from last time" speaks of.
    """
    if not heard.meaning.names_time:
        return None
    wish = as_before(read_wish(heard.text, wiring.now(), wiring.practice()), heard.text, before)
    return None if wish == Wish() else wish_to_json(wish)


def wish_said(text: str) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that words about another time name, None when they name no wish."""
    wish = read_wish(text, wiring.now(), wiring.practice())
    return None if wish == Wish() else wish_to_json(wish)


def wish_beside(text: str) -> dict[str, Any] | None:
    """Return the value of the slot `visit_wish` that a message names beside something else, None for no wish."""
    wish = read_wish_beside(text, wiring.now(), wiring.practice())
    return None if wish == Wish() else wish_to_json(wish)


def wish_from(tracker: Tracker) -> Wish | None:
    """Return what the visitor wishes of a visit, None when nothing was said."""
    value: dict[str, Any] | None = tracker.get_slot("visit_wish")
    return wish_from_json(value) if value else None


def visit_before(heard: LatestMessage, tracker: Tracker) -> Visit | None:
    """Return the earlier visit that the message speaks of: the one that is moved, else the last one booked here."""
    if not speaks_of_before(heard.text):
        return None
    moving = find_by_reference(tracker.get_slot("moving") or "")
    booked = [moving] if moving else [one for one in appointments_of(tracker.sender_id) if one.is_booked]
    if not booked:
        return None
    visit = booked[0].visit
    return replace(visit, start=visit.start.astimezone(wiring.practice().time_zone))


def added_wish(older: Wish | None, newer: Wish) -> Wish:
    """Return both wishes together: what the newer one names replaces it in the older one.

    A time alone is meant for the days named before; a limit holds for a new day too, a precise time does not. What
    is ruled out stays ruled out until a day is named.
    """
    if older is None:
        return newer
    names_day = bool(newer.weekdays) or any(one.date for one in newer.when.options)
    return Wish(
        when=_at_limit(newer.when, older.when) if names_day else _added_when(older.when, newer.when),
        weekdays=newer.weekdays or (() if names_day else older.weekdays),
        clinician_id=newer.clinician_id or ("" if newer.not_clinician_id else older.clinician_id),
        not_clinician_id=newer.not_clinician_id or ("" if newer.clinician_id else older.not_clinician_id),
        gender=newer.gender or older.gender,
        language=newer.language or older.language,
        before=newer.before,
    )


def _added_when(older: When, newer: When) -> When:
    """Return the days of the older one at the time of the newer one, which names no day."""
    times = [one for one in newer.options if _names_time(one)]
    ruled_out = newer.without(older)
    if not times:
        return _ruling_out(older, ruled_out)
    options = [_at_time(day, time) for day in older.options for time in times]
    return _ruling_out(replace(options[0], others=tuple(options[1:])), ruled_out)


def _at_limit(newer: When, older: When) -> When:
    """Return the new days with the limit of time that was named before, where they name no time."""
    limit = older.options[0]
    is_precise = limit.time is not None and limit.bound is None and limit.until is None
    if is_precise or not _names_time(limit) or any(_names_time(one) for one in newer.options):
        return newer
    options = [_at_time(day, limit) for day in newer.options]
    return replace(options[0], others=tuple(options[1:]))


def _names_time(when: When) -> bool:
    return when.time is not None or when.part_of_day is not None or when.edge is not None


def _at_time(day: When, time: When) -> When:
    named = replace(day, time=time.time, until=time.until, bound=time.bound, part_of_day=time.part_of_day)
    return replace(named, edge=time.edge, not_parts=(), others=())


def _ruling_out(when: When, other: When) -> When:
    return replace(when.without(other), others=when.others)
