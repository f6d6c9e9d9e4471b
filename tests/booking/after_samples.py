"""A practice that is told, and appointments in the coming weeks."""

import datetime as dt

from booking_samples import ZONE
from booking_samples import practice as small_practice

from bot.booking.appointments import book_visit
from bot.booking.visits import Contact, Visit, VisitRequest

VISITOR = "z.quillfeather@example.org"
OFFICE = "office@practice.example"
SENDER = "bookings@practice.example"
LINKS = "https://feet.example"
PRACTICE = small_practice(name="Greater Feet", address="1 Example Street", answers={"bring": "Shoes & insoles <old>."})


def mail_settings(port, **changes):
    """Return the environment for a mail server on this machine."""
    return {
        "INSTEP_PUBLIC_URL": LINKS,
        "INSTEP_SMTP_HOST": "127.0.0.1",
        "INSTEP_SMTP_PORT": str(port),
        "INSTEP_SMTP_SECURITY": "none",
        "INSTEP_MAIL_FROM": SENDER,
        "INSTEP_MAIL_PRACTICE": OFFICE,
        **changes,
    }


def in_days(days, time="10:00"):
    """Return a local time so many days from today."""
    day = dt.datetime.now(ZONE).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time.fromisoformat(time), ZONE)


def a_visit(days=7, time="10:00", clinician="ann", minutes=30):
    start = in_days(days, time)
    return Visit(start, start + dt.timedelta(minutes=minutes), clinician, "first")


def book(days=7, time="10:00", *, key="key", email=VISITOR, clinician="ann"):
    """Return a booked appointment."""
    contact = Contact("Zacharias Quillfeather", "+13015550187", email)
    wanted = a_visit(days, time, clinician)
    return book_visit(VisitRequest(key, f"conversation {key}", wanted, contact, "pain under the heel"))
