"""What went wrong after a booking and needs somebody: mails that were given up, double bookings, the calendar."""

from __future__ import annotations

from typing import Any

from django import template

from bot.booking.calendar.busy_times import calendars_in_use, event_problems
from bot.booking.calendar.calendar_reading import calendar_troubles
from bot.booking.calendar.following import double_bookings, events_out_of_step
from bot.booking.mails.failed_mails import failed_mails
from bot.settings import settings

register = template.Library()


@register.inclusion_tag("console/booking_troubles.html")
def booking_troubles() -> dict[str, Any]:
    """Return what `console/booking_troubles.html` shows; nothing where all is well."""
    in_use = settings().calendar is not None
    return {
        "doubles": double_bookings(),
        "mails": failed_mails(),
        "out_of_step": events_out_of_step() if in_use else (),
        "calendars": calendar_troubles() if calendars_in_use() else (),
        "events": event_problems() if calendars_in_use() else (),
    }
