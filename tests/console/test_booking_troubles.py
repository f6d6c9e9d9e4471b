import datetime as dt
import re
import uuid

import pytest
from django.template import Context, Template
from django.utils import timezone

from bot.booking.announcements import Change
from bot.booking.appointments import book_visit
from bot.booking.outbox_models import BusyRow, CalendarRow, EventProblemRow, EventRow, MailRow
from bot.booking.visits import Contact, Visit, VisitRequest

pytestmark = pytest.mark.django_db

CALENDAR = "https://calendar.example/visits/"


@pytest.fixture(autouse=True)
def _mail_and_calendar(configured):
    configured(
        INSTEP_SMTP_HOST="127.0.0.1",
        INSTEP_MAIL_FROM="bookings@practice.example",
        INSTEP_CALENDARS=CALENDAR,
    )


def shown():
    text = Template("{% load booking_troubles %}{% booking_troubles %}").render(Context())
    return " ".join(text.split())


def book(conversation="conversation"):
    start = timezone.now() + dt.timedelta(days=3)
    visit = Visit(start, start + dt.timedelta(minutes=30), "clinician_1", "first_consultation")
    contact = Contact("Zacharias Quillfeather", "+13015550187", "z.quillfeather@example.org")
    return book_visit(VisitRequest("key", conversation, visit, contact))


def test_nothing_is_shown_where_all_is_well():
    book()
    assert shown() == ""


def test_mail_that_was_given_up_asks_for_a_call():
    appointment = book()
    MailRow.objects.filter(for_practice=False).update(
        due_at=None, failed_at=timezone.now(), failure="recipient_refused", change=Change.BOOKED
    )
    assert f"about {appointment.reference}" in shown()
    assert "did not reach the visitor, please call: the address does not take it." in shown()
    assert "Quillfeather" not in shown()


def test_mail_that_was_given_up_can_be_sent_again_from_the_bookings(staff):
    client, appointment = staff(), book(str(uuid.uuid4()))
    MailRow.objects.filter(for_practice=False).update(
        due_at=None, failed_at=timezone.now(), failure="mail_refused", change=Change.BOOKED, address=""
    )
    page = client.get("/staff/bookings/").content.decode()
    address = re.search(r'action="(/staff/bookings/mails/\d+/)"', page)[1]
    answer = client.post(address, {"what": "again"}, follow=True).content.decode()
    assert "The mail is on its way again." in answer
    assert "did not reach" not in answer
    mail = MailRow.objects.get(for_practice=False)
    assert mail.due_at and mail.address == "z.quillfeather@example.org"
    assert "A mail sent again" in client.get(f"/staff/bookings/{appointment.reference}/").content.decode()
    assert "somebody was faster" in client.post(address, {"what": "again"}, follow=True).content.decode()


def test_double_booking_with_the_practices_own_event_is_shown():
    visit = book().visit
    times = {"start": visit.start, "end": visit.end}
    BusyRow.objects.create(calendar=CALENDAR, href="y", clinician_id="clinician_1", **times)
    assert "Double booking" in shown() and "an event of the practice's calendar" in shown()


def test_event_that_cannot_be_followed_is_shown():
    appointment = book()
    EventRow.objects.update(due_at=None, failure="no_time_of_day")
    assert f"{appointment.reference} does not follow its event in the calendar" in shown()


def test_calendar_that_cannot_be_read_is_shown():
    CalendarRow.objects.create(address=CALENDAR, failure="many_events_gone")
    assert "many visits vanished from it at once. Nothing was cancelled" in shown()


def test_event_that_cannot_be_read_is_shown_with_its_title_and_day():
    day = dt.date(2026, 12, 8)
    EventProblemRow.objects.create(calendar=CALENDAR, href="y", title="Surgery", day=day, code="time_unreadable")
    assert (
        "“Surgery” in the practice's calendar, Tue, Dec 8, 2026" in shown()
        and "The whole day counts as busy" in shown()
    )


def test_event_without_a_readable_day_is_shown_too():
    EventProblemRow.objects.create(calendar=CALENDAR, href="y", title="", code="time_unreadable")
    assert "What was known of it goes on counting" in shown()
