import datetime as dt

import pytest
from booking_samples import NOW
from django.utils import timezone

from bot.booking import changes, confirming, freed_visits
from bot.booking.announcements import announce


class Clock:
    """What the code takes for the present."""

    now = NOW

    def after(self, **span):
        """Let time pass and return the new present."""
        self.now = self.now + dt.timedelta(**span)
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock at NOW; a test may set `clock.now`."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now.astimezone(dt.UTC))
    return clock


@pytest.fixture
def announced(monkeypatch):
    """Everything that is announced, as (change, reference), beside being announced."""
    seen = []

    def listen(appointment, change):
        seen.append((str(change), appointment.reference))
        announce(appointment, change)

    for module in (changes, confirming, freed_visits):
        monkeypatch.setattr(module, "announce", listen)
    return seen
