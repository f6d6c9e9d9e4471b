"""Booked visits are moved, cancelled, declined and accepted; the first of several wins."""

import datetime as dt

import pytest
from booking_samples import CONTACT, NOW, practice, visit, wish_for

from bot.booking.appointments import (
    book_visit,
    cancel_visit,
    change_visit,
    decline_visit,
    find_by_link,
    find_by_reference,
    hold_visit,
    link_token,
    request_call_back,
)
from bot.booking.calendar.following import follow_move
from bot.booking.calendar.own_event_times import Times
from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.requests import CallBackState
from bot.booking.staff_queue import accept_visit, close_call_back, staff_queue
from bot.booking.visits import AppointmentState, Attention, Party, VisitRequest
from bot.case import Urgency
from bot.errors import AlreadyHandledError, AppointmentClosedError, AppointmentNotFoundError, SlotTakenError
from tests.interleaving import just_before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEN, HALF_PAST_TEN, ELEVEN = "2026-03-05 10:00", "2026-03-05 10:30", "2026-03-05 11:00"
ANN, BEN = "ann@example.org", "ben@example.org"


def booked(start=TEN, key="key", conversation="conversation"):
    return book_visit(wish_for(visit(start), key=key, conversation=conversation))


def move(appointment, start=ELEVEN, by=Party.VISITOR, **more):
    return change_visit(appointment.reference, visit(start), by=by, now=NOW, **more)


def test_a_moved_visit_keeps_reference_and_uid_and_counts_up(announced):
    was = booked()
    moved = move(was)
    assert (moved.reference, moved.uid, moved.visit) == (was.reference, was.uid, visit(ELEVEN))
    assert (moved.state, moved.sequence) == (AppointmentState.CHANGED, 1)
    assert announced[1:] == [("changed", was.reference)]


def test_the_time_that_was_left_is_free_and_the_new_one_is_taken():
    move(booked())
    assert booked(TEN, key="other", conversation="other").state is AppointmentState.CONFIRMED
    with pytest.raises(SlotTakenError):
        booked(ELEVEN, key="third", conversation="third")


def test_a_visit_moves_into_a_time_that_overlaps_its_own():
    assert move(booked(), "2026-03-05 10:15").visit == visit("2026-03-05 10:15")
    assert AppointmentCell.objects.count() == 6


def test_moving_to_where_it_is_changes_and_announces_nothing(announced):
    was = booked()
    assert move(was, TEN) == was
    assert len(announced) == 1


def test_a_move_onto_another_visit_is_refused_and_leaves_everything(announced):
    was = booked()
    booked(ELEVEN, key="other", conversation="other")
    with pytest.raises(SlotTakenError) as caught:
        move(was, practice=practice())
    assert caught.value.next_best[0].start.isoformat() == "2026-03-05T10:30:00-05:00"
    assert find_by_reference(was.reference) == was
    assert AppointmentCell.objects.count() == 12
    assert len(announced) == 2


def test_a_visit_moves_onto_a_hold_that_has_ended():
    was = booked()
    hold_visit(VisitRequest("hold", "other", visit(ELEVEN)), now=NOW - dt.timedelta(minutes=5))
    assert move(was).visit == visit(ELEVEN)


@pytest.mark.parametrize("start", ["2026-03-03 10:00", "2026-03-07 10:00"])
def test_a_visit_does_not_move_into_the_past_or_onto_a_closed_day(start):
    with pytest.raises(SlotTakenError):
        move(booked(), start, practice=practice())


def test_a_cancelled_visit_cannot_be_moved():
    was = booked()
    cancel_visit(was.reference)
    with pytest.raises(AppointmentClosedError):
        move(was)


def test_a_visit_that_is_over_cannot_be_moved():
    was = booked()
    with pytest.raises(AppointmentClosedError):
        change_visit(was.reference, visit("2026-03-09 10:00"), by=Party.STAFF, now=was.visit.end)


@pytest.mark.parametrize(
    ("by", "attention"),
    [
        (Party.VISITOR, Attention.MOVED_BY_VISITOR),
        (Party.CALENDAR, Attention.MOVED_IN_CALENDAR),
        (Party.STAFF, Attention.NONE),
    ],
)
def test_staff_look_at_what_others_moved(by, attention):
    assert move(booked(), by=by).attention is attention


@pytest.mark.parametrize(
    ("by", "attention"),
    [
        (Party.VISITOR, Attention.CANCELLED_BY_VISITOR),
        (Party.CALENDAR, Attention.CANCELLED_IN_CALENDAR),
        (Party.STAFF, Attention.NONE),
    ],
)
def test_staff_look_at_what_others_cancelled(by, attention):
    assert cancel_visit(booked().reference, by=by, now=NOW).attention is attention


def test_a_replayed_cancellation_does_nothing(announced):
    was = booked()
    cancelled = cancel_visit(was.reference)
    assert cancel_visit(was.reference) == cancelled
    assert (cancelled.state, cancelled.sequence) == (AppointmentState.CANCELLED, 1)
    assert announced[1:] == [("cancelled", was.reference)]


def test_a_declined_visit_frees_its_time_and_tells_why(announced):
    was = booked()
    assert decline_visit(was.reference, staff=ANN, now=NOW).state is AppointmentState.DECLINED
    assert announced[1:] == [("declined", was.reference)]
    assert booked(key="other", conversation="other").state is AppointmentState.CONFIRMED


def test_one_of_two_who_decline_wins():
    was = booked()
    decline_visit(was.reference, staff=ANN, now=NOW)
    with pytest.raises(AppointmentClosedError):
        decline_visit(was.reference, staff=BEN, now=NOW)


def test_one_of_two_who_accept_wins_and_the_other_is_told_who():
    was = booked()
    assert accept_visit(was.reference, staff=ANN, now=NOW).handled_by == ANN
    with pytest.raises(AlreadyHandledError) as caught:
        accept_visit(was.reference, staff=BEN, now=NOW)
    assert caught.value.handled_by == ANN


def test_accepting_again_changes_nothing():
    was = booked()
    accepted = accept_visit(was.reference, staff=ANN, now=NOW)
    assert accept_visit(was.reference, staff=ANN, now=NOW + dt.timedelta(minutes=1)) == accepted


def test_what_changed_since_it_was_seen_is_not_accepted_unseen():
    was = booked()
    move(was)
    with pytest.raises(AlreadyHandledError):
        accept_visit(was.reference, staff=ANN, now=NOW, sequence=was.sequence)
    with pytest.raises(AlreadyHandledError):
        move(was, "2026-03-05 12:00", by=Party.STAFF, staff=ANN, sequence=was.sequence)


def test_an_accepted_visit_comes_back_when_it_is_moved():
    was = booked()
    accept_visit(was.reference, staff=ANN, now=NOW)
    move(was)
    assert [one.reference for one in staff_queue().changed] == [was.reference]


def test_accepting_what_does_not_exist_is_refused():
    with pytest.raises(AppointmentNotFoundError):
        accept_visit("FT-777777", staff=ANN, now=NOW)


def test_the_queue_has_call_backs_first_the_urgent_before_the_old():
    booked()
    moved = booked(HALF_PAST_TEN, key="second")
    move(moved, "2026-03-05 12:00", by=Party.CALENDAR)
    old = request_call_back("one", CONTACT, "", "key")
    urgent = request_call_back("two", CONTACT, "", "key", urgency=Urgency.SAME_DAY)
    queue = staff_queue()
    assert [one.reference for one in queue.call_backs] == [urgent, old]
    assert [one.visit for one in queue.new] == [visit(TEN)]
    assert [one.attention for one in queue.changed] == [Attention.MOVED_IN_CALENDAR]


def test_held_visits_are_not_in_the_queue():
    hold_visit(VisitRequest("key", "conversation", visit(TEN)), now=NOW)
    assert staff_queue().new == ()


def test_a_closed_call_back_leaves_the_queue_with_its_note():
    reference = request_call_back("one", CONTACT, "", "key")
    closed = close_call_back(reference, CallBackState.NOT_REACHED, staff=ANN, now=NOW, note="voicemail")
    assert (closed.state, closed.note, closed.handled_by) == (CallBackState.NOT_REACHED, "voicemail", ANN)
    assert staff_queue().call_backs == ()


def test_one_of_two_who_close_a_call_back_wins():
    reference = request_call_back("one", CONTACT, "", "key")
    close_call_back(reference, CallBackState.DONE, staff=ANN, now=NOW)
    with pytest.raises(AlreadyHandledError):
        close_call_back(reference, CallBackState.NOT_REACHED, staff=BEN, now=NOW)


def test_a_call_back_can_be_opened_again():
    reference = request_call_back("one", CONTACT, "", "key")
    close_call_back(reference, CallBackState.NOT_REACHED, staff=ANN, now=NOW)
    close_call_back(reference, CallBackState.OPEN, staff=BEN, now=NOW)
    assert [one.reference for one in staff_queue().call_backs] == [reference]


def test_the_private_link_opens_its_own_appointment_only():
    first, second = booked(), booked(HALF_PAST_TEN, key="second")
    assert find_by_link(link_token(first.uid)) == first
    assert find_by_link(link_token(second.uid)) == second
    assert find_by_link(link_token("another uid")) is None
    assert find_by_link("") is None


def test_the_database_does_not_hold_the_link():
    was = booked()
    assert link_token(was.uid) not in str(AppointmentRow.objects.values().get())


def test_every_letter_of_the_link_counts():
    token = link_token(booked().uid)
    altered = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    assert len(token) == 43
    assert find_by_link(altered) is find_by_link(token[:-1]) is None


def test_a_visitor_moves_a_visit_by_half_its_length_within_the_schedule():
    was = booked()
    assert move(was, "2026-03-05 10:15", practice=practice()).visit == visit("2026-03-05 10:15")


def test_a_visitor_may_move_onto_the_own_hold():
    was = booked()
    hold_visit(VisitRequest("hold", "conversation", visit(ELEVEN)), now=NOW)
    assert move(was, practice=practice()).visit == visit(ELEVEN)
    assert AppointmentRow.objects.count() == 1


def test_a_move_in_the_calendar_onto_a_hold_is_refused():
    was = booked()
    hold_visit(VisitRequest("hold", "conversation", visit(ELEVEN)), now=NOW)
    with pytest.raises(SlotTakenError):
        move(was, by=Party.CALENDAR)


def test_a_visit_moved_onto_another_one_in_the_calendar_takes_what_nobody_takes_meanwhile():
    booked()
    mine = booked("2026-03-05 12:00", key="mine", conversation="mine")
    goal = visit("2026-03-05 10:15")
    times = Times(mine.uid, 0, goal.start, goal.end, cancelled=False)
    with just_before('INSERT INTO "booking_appointmentcell"', lambda: booked(HALF_PAST_TEN, "faster", "faster")):
        assert follow_move(mine.reference, times, "ann") == ""
    assert find_by_reference(mine.reference).visit == goal
