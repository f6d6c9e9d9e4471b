"""Contact details are deleted when they are not needed any more, and not earlier."""

import datetime as dt

import pytest
from booking_samples import CONTACT, NOW, place_of, practice, visit, wish_for

from bot.booking.appointments import (
    book_visit,
    cancel_visit,
    expire_holds,
    find_appointments,
    find_by_reference,
    hold_visit,
    join_waiting_list,
    leave_waiting_list,
    request_call_back,
)
from bot.booking.models import AppointmentRow
from bot.booking.requests import CallBackState, WaitingRequest
from bot.booking.staff_queue import close_call_back, closed_call_backs, staff_queue
from bot.booking.storage.retention import clear_old_contacts
from bot.booking.visits import Contact, VisitRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEN = "2026-03-05 10:00"
OVER = visit(TEN).end
KEPT, GONE = OVER + dt.timedelta(days=90), OVER + dt.timedelta(days=90, seconds=1)


def test_a_contact_is_kept_for_ninety_days_after_the_visit():
    booked = book_visit(wish_for(visit(TEN)))
    assert clear_old_contacts(KEPT, 90) == 0
    assert find_by_reference(booked.reference) == booked


def test_then_the_visit_stays_and_nobody_is_named():
    booked = book_visit(wish_for(visit(TEN)))
    assert clear_old_contacts(GONE, 90) == 1
    kept = find_by_reference(booked.reference)
    assert (kept.contact, kept.reason, kept.brief, kept.visit) == (Contact(), "", "", booked.visit)
    assert find_appointments(phone=CONTACT.phone, email=CONTACT.email) == ()
    assert clear_old_contacts(GONE, 90) == 0


def test_a_cancelled_visit_is_cleared_like_one_that_took_place():
    booked = book_visit(wish_for(visit(TEN)))
    cancel_visit(booked.reference)
    assert clear_old_contacts(GONE, 90) == 1


def test_a_hold_that_came_to_nothing_is_deleted_after_a_day():
    hold_visit(VisitRequest("key", "conversation", visit(TEN), reason="heel"), now=NOW)
    expire_holds(NOW + dt.timedelta(minutes=5))
    assert clear_old_contacts(NOW + dt.timedelta(hours=23), 90) == 0
    assert clear_old_contacts(NOW + dt.timedelta(hours=25), 90) == 1
    assert AppointmentRow.objects.count() == 0


def test_a_closed_call_back_is_deleted_and_an_open_one_is_not():
    closed, opened = (request_call_back("conversation", CONTACT, "", key) for key in ("one", "two"))
    close_call_back(closed, CallBackState.DONE, staff="ann@example.org", now=NOW)
    assert clear_old_contacts(NOW + dt.timedelta(days=90), 90) == 0
    assert clear_old_contacts(NOW + dt.timedelta(days=91), 90) == 1
    assert [one.reference for one in staff_queue().call_backs] == [opened]
    assert closed_call_backs() == ()


def test_a_closed_place_on_the_waiting_list_is_deleted_and_its_appointment_is_not():
    booked = book_visit(wish_for(visit("2026-04-01 10:00")))
    entry = join_waiting_list(WaitingRequest("key", "conversation", booked.reference), now=NOW, practice=practice())
    assert clear_old_contacts(NOW + dt.timedelta(days=91), 365) == 0
    leave_waiting_list(entry.reference)
    assert clear_old_contacts(NOW + dt.timedelta(days=8), 7) == 1
    assert place_of(entry.reference) is None
    assert find_by_reference(booked.reference) == booked
