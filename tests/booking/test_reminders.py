import datetime as dt

import pytest
from after_samples import a_visit, book, in_days, mail_settings
from booking_samples import ZONE, at
from django.utils import timezone

from bot.booking.announcements import Change
from bot.booking.appointments import cancel_visit, change_visit
from bot.booking.mails.reminders import owe_reminders, reminder_time
from bot.booking.models import AppointmentRow
from bot.booking.outbox_models import MailRow
from bot.booking.visits import Party

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail(configured):
    configured(**mail_settings(25))


def book_long_ago(days=7, time="10:00", **how):
    appointment = book(days, time, **how)
    long_ago = timezone.now() - dt.timedelta(days=30)
    AppointmentRow.objects.update(created_at=long_ago)
    MailRow.objects.update(created_at=long_ago)
    return appointment


def reminders():
    return MailRow.objects.filter(change=Change.REMINDED)


def test_visitor_is_reminded_the_day_before_once():
    appointment = book_long_ago()
    assert owe_reminders(in_days(6, "09:59")) == 0
    assert owe_reminders(in_days(6, "10:00")) == 1
    assert owe_reminders(in_days(6, "10:01")) == owe_reminders(in_days(6, "16:00")) == 0
    reminder = reminders().get()
    assert (reminder.uid, reminder.for_practice) == (appointment.uid, False)


def test_nobody_is_reminded_at_night():
    book_long_ago(time="16:00")
    assert owe_reminders(in_days(6, "20:30")) == owe_reminders(in_days(7, "03:00")) == 0
    assert owe_reminders(in_days(7, "09:00")) == 1


def test_reminder_that_comes_too_late_is_left_out():
    book_long_ago(time="10:00")
    assert owe_reminders(in_days(7, "09:00")) == 0


def test_booking_made_within_a_day_is_not_reminded_of():
    book()
    MailRow.objects.update(created_at=in_days(6, "12:00"))
    assert owe_reminders(in_days(6, "13:00")) == 0


def test_moved_visit_is_reminded_of_for_its_new_day():
    appointment = book_long_ago()
    assert owe_reminders(in_days(6, "12:00")) == 1
    change_visit(appointment.reference, a_visit(20), by=Party.VISITOR, now=timezone.now())
    assert owe_reminders(in_days(19, "12:00")) == 1
    assert reminders().count() == 2


def test_cancelled_visit_and_visitor_without_an_address_are_not_reminded():
    cancel_visit(book_long_ago().reference)
    book_long_ago(8, key="b", email="")
    assert owe_reminders(in_days(6, "12:00")) == owe_reminders(in_days(7, "12:00")) == 0


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-05 14:30", "2026-03-04 14:30"),
        ("2026-03-05 07:30", "2026-03-04 09:00"),
        ("2026-03-05 20:30", "2026-03-04 19:59"),
        # The night in which the clocks go forward lies between.
        ("2026-03-08 10:00", "2026-03-07 10:00"),
    ],
)
def test_reminder_is_due_at_the_same_time_of_the_day_before_in_daytime(start, due):
    assert reminder_time(at(start)) == at(due)
    assert reminder_time(at(start)).tzinfo is ZONE


def test_visitor_is_reminded_a_week_before_and_a_day_before():
    book_long_ago(20)
    assert owe_reminders(in_days(13, "09:59")) == 0
    assert owe_reminders(in_days(13, "10:00")) == 1 and owe_reminders(in_days(13, "11:00")) == 0
    assert owe_reminders(in_days(19, "10:00")) == 1
    assert list(MailRow.objects.order_by("pk").values_list("change", flat=True))[-2:] == ["reminded_week", "reminded"]


def test_reminder_of_the_week_is_left_out_when_it_is_late_or_the_visit_was_just_booked():
    book_long_ago(20)
    assert owe_reminders(in_days(16, "10:00")) == 0
    MailRow.objects.update(created_at=in_days(12, "12:00"))
    assert owe_reminders(in_days(13, "10:00")) == 0
