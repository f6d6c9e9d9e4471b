"""What the look-up of a booked visit shares: how often it was tried, and what stands for a lost reference."""

from __future__ import annotations

from rasa_sdk import Tracker

LOST = "-"
"""Value of the slot `lookup_reference` of somebody who does not have it."""

NEW_VISIT = "new"
"""Value of the slot `booking_task` of somebody who has no visit to be found and wants one."""

MOST_LOOKUPS = 3
"""Tries to find a visit in one conversation; who guesses gets no further."""


def lookups(tracker: Tracker) -> int:
    """Return how often a visit was looked up in the conversation."""
    return int(tracker.get_slot("lookups") or 0)
