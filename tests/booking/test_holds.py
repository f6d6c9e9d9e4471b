"""A visit is held while the details are typed, then confirmed, and nobody waits for a hold that has ended."""

import datetime as dt
from dataclasses import replace

import pytest
from booking_samples import CONTACT, NOW, practice, visit, wish_for

from bot.booking.appointments import (
    appointments_of,
    book_visit,
    cancel_visit,
    confirm_visit,
    expire_holds,
    find_by_reference,
    find_offers,
    forget_appointments,
    hold_visit,
    offer_visits,
    offered_visit,
    release_holds,
)
from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.visits import AppointmentState, Attention, Contact, Patient, VisitRequest, When, Wish
from bot.case import Urgency
from bot.errors import (
    AlreadyBookedError,
    AppointmentNotFoundError,
    BookingLimitError,
    SlotTakenError,
    VisitTooLateError,
)
from tests.interleaving import after_first_statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEN, HALF_PAST_TEN, QUARTER_PAST_TEN = "2026-03-05 10:00", "2026-03-05 10:30", "2026-03-05 10:15"
ENDED = NOW + dt.timedelta(minutes=5)


def hold(start=TEN, key="hold", conversation="conversation", now=NOW, **more):
    return hold_visit(VisitRequest(key, conversation, visit(start), **more), now=now)


def confirm(held, contact=CONTACT, now=NOW, **more):
    return confirm_visit(held.reference, contact, now=now, **more)


def test_a_held_visit_is_kept_for_five_minutes_and_names_nobody():
    held = hold()
    assert (held.state, held.held_until, held.contact) == (AppointmentState.HELD, ENDED, Contact())


def test_the_practice_says_how_long_a_visit_is_held():
    here = practice(hold_minutes=12)
    held = hold_visit(VisitRequest("key", "conversation", visit(TEN)), now=NOW, practice=here)
    assert held.held_until == NOW + dt.timedelta(minutes=12)


def test_a_held_visit_is_not_offered_to_others_but_to_its_own_conversation():
    hold()
    when = When(date=dt.date(2026, 3, 5), time=dt.time(10))
    assert offer_visits(practice(), NOW, when=when, limit=1) != (visit(TEN),)
    assert find_offers(practice(), NOW, Wish(when), conversation_id="conversation").visits[0] == visit(TEN)
    assert offered_visit(practice(), NOW, visit(TEN).id) is None
    assert offered_visit(practice(), NOW, visit(TEN).id, conversation_id="conversation") == visit(TEN)


@pytest.mark.parametrize("start", [TEN, QUARTER_PAST_TEN])
def test_a_held_visit_cannot_be_held_by_others(start):
    hold()
    with pytest.raises(SlotTakenError):
        hold(start, conversation="other")


def test_a_request_that_another_process_is_booking_gets_the_same_appointment():
    request = VisitRequest("key", "conversation", visit(TEN), CONTACT)
    with after_first_statement(lambda: confirm(hold_visit(request, now=NOW))):
        mine = hold_visit(request, now=NOW, practice=practice())
    assert [one.reference for one in appointments_of("conversation")] == [mine.reference]
    assert mine.state is AppointmentState.CONFIRMED


def test_a_lost_visit_comes_with_the_next_best():
    hold()
    with pytest.raises(SlotTakenError) as caught:
        hold_visit(VisitRequest("key", "other", visit(TEN)), now=NOW, practice=practice())
    assert caught.value.next_best[:2] == (visit("2026-03-05 09:30"), visit(HALF_PAST_TEN))


def test_confirming_stores_who_comes_and_keeps_reference_and_uid(announced):
    held = hold(reason="heel", patient=Patient.NEW, urgency=Urgency.ROUTINE, brief="Heel pain for 3 weeks.")
    confirmed = confirm(held)
    assert (confirmed.reference, confirmed.uid, confirmed.sequence) == (held.reference, held.uid, 0)
    assert (confirmed.state, confirmed.contact, confirmed.held_until) == (AppointmentState.CONFIRMED, CONTACT, None)
    assert (confirmed.reason, confirmed.brief, confirmed.patient) == ("heel", "Heel pain for 3 weeks.", Patient.NEW)
    assert confirmed.attention is Attention.NEW
    assert announced == [("booked", held.reference)]
    assert find_by_reference(held.reference) == confirmed


def test_details_given_at_the_end_replace_those_of_the_hold():
    hold(reason="heel")
    confirmed = confirm(hold(reason="toe", patient=Patient.EXISTING, urgency=Urgency.SOON, brief="Toe."))
    assert (confirmed.reason, confirmed.brief) == ("toe", "Toe.")
    assert (confirmed.patient, confirmed.urgency) == (Patient.EXISTING, Urgency.SOON)


def test_confirming_twice_books_and_announces_once(announced):
    held = hold()
    assert confirm(held) == confirm(held) == hold()
    assert len(announced) == AppointmentRow.objects.count() == 1


def test_a_hold_that_ended_blocks_nobody_and_needs_no_job():
    first = hold()
    second = hold(conversation="other", now=ENDED)
    assert second.state is AppointmentState.HELD
    assert find_by_reference(first.reference).state is AppointmentState.EXPIRED
    assert AppointmentCell.objects.count() == 6


def test_an_overlapping_hold_that_ended_is_taken_over_whole():
    hold()
    hold(QUARTER_PAST_TEN, conversation="other", now=ENDED)
    assert hold("2026-03-05 09:45", key="third", conversation="third", now=ENDED).state is AppointmentState.HELD


def test_a_hold_that_ended_is_confirmed_if_nobody_took_its_time():
    assert confirm(hold(), now=ENDED + dt.timedelta(hours=1)).state is AppointmentState.CONFIRMED


def test_a_hold_that_ended_and_was_swept_is_confirmed_if_its_time_is_free():
    held = hold()
    assert expire_holds(ENDED) == 1
    assert AppointmentCell.objects.count() == 0
    assert confirm(held, now=ENDED).state is AppointmentState.CONFIRMED
    assert AppointmentCell.objects.count() == 6


def test_a_hold_that_ended_and_was_taken_over_cannot_be_confirmed():
    lost = hold()
    confirm(hold(conversation="other", now=ENDED), now=ENDED)
    with pytest.raises(SlotTakenError) as caught:
        confirm(lost, now=ENDED, practice=practice())
    assert caught.value.next_best[0] == visit("2026-03-05 09:30")


def test_sweeping_leaves_holds_that_have_not_ended():
    hold()
    assert expire_holds(ENDED - dt.timedelta(seconds=1)) == 0


def test_the_same_key_again_renews_the_hold():
    held = hold()
    again = hold(now=NOW + dt.timedelta(minutes=3))
    assert again.reference == held.reference
    assert again.held_until == NOW + dt.timedelta(minutes=8)
    expire_holds(NOW + dt.timedelta(hours=1))
    assert hold(now=NOW + dt.timedelta(hours=1)).state is AppointmentState.HELD


def test_a_conversation_holds_one_visit_at_a_time():
    hold()
    other = hold(QUARTER_PAST_TEN, key="second")
    assert appointments_of("conversation") == (other,)
    assert AppointmentCell.objects.count() == 6


def test_a_visit_that_cannot_be_had_leaves_the_one_that_is_held():
    held = hold()
    hold(HALF_PAST_TEN, conversation="other")
    with pytest.raises(SlotTakenError):
        hold(HALF_PAST_TEN, key="second")
    assert find_by_reference(held.reference) == held


def test_giving_up_leaves_nothing_behind():
    hold()
    assert release_holds("conversation") == 1
    assert AppointmentRow.objects.count() == AppointmentCell.objects.count() == 0


def test_giving_up_keeps_what_is_confirmed():
    confirm(hold())
    assert release_holds("conversation") == 0
    assert len(appointments_of("conversation")) == 1


def test_cancelling_a_hold_announces_nothing(announced):
    assert cancel_visit(hold().reference).state is AppointmentState.EXPIRED
    assert announced == []
    assert hold(conversation="other").state is AppointmentState.HELD


def test_a_second_visit_of_a_conversation_needs_to_be_meant(announced):
    first = confirm(hold())
    second = hold("2026-03-06 10:00", key="second")
    with pytest.raises(AlreadyBookedError) as caught:
        confirm(second)
    assert caught.value.reference == first.reference
    assert confirm(second, another=True).state is AppointmentState.CONFIRMED


def test_somebody_elses_number_does_not_tell_what_is_booked_under_it():
    confirm(hold())
    assert confirm(hold(HALF_PAST_TEN, conversation="other")).state is AppointmentState.CONFIRMED


def test_so_many_visits_under_one_number_are_enough():
    here = practice(visits_per_phone=2)
    for number in range(2):
        confirm(hold(f"2026-03-05 1{number}:00", conversation=str(number)), practice=here)
    with pytest.raises(BookingLimitError):
        confirm(hold("2026-03-05 14:00", conversation="third"), practice=here)


@pytest.mark.parametrize("start", ["2026-03-04 07:59", "2026-03-03 10:00"])
def test_a_visit_in_the_past_is_refused(start):
    with pytest.raises(SlotTakenError):
        hold(start)


@pytest.mark.parametrize("start", ["2026-03-07 10:00", "2026-03-05 18:00", "2026-03-05 10:07", "2026-09-03 10:00"])
def test_a_visit_that_the_practice_does_not_offer_is_refused(start):
    with pytest.raises(SlotTakenError):
        hold_visit(VisitRequest("key", "conversation", visit(start)), now=NOW, practice=practice())


def test_a_visit_on_a_day_that_was_closed_meanwhile_is_refused_at_the_end():
    held = hold()
    with pytest.raises(SlotTakenError):
        confirm(held, practice=practice(closures=(dt.date(2026, 3, 5),)))


def test_an_emergency_books_nothing():
    with pytest.raises(VisitTooLateError):
        hold(urgency=Urgency.EMERGENCY)
    hold()
    with pytest.raises(VisitTooLateError):
        hold(urgency=Urgency.EMERGENCY)


def test_a_same_day_case_books_today_only():
    with pytest.raises(VisitTooLateError):
        hold(urgency=Urgency.SAME_DAY)
    assert hold("2026-03-04 10:00", urgency=Urgency.SAME_DAY).state is AppointmentState.HELD


def test_an_unknown_reference_cannot_be_confirmed():
    with pytest.raises(AppointmentNotFoundError):
        confirm_visit("FT-777777", CONTACT, now=NOW)


def test_a_visit_that_was_cancelled_cannot_be_confirmed_again():
    held = hold()
    confirm(held)
    cancel_visit(held.reference)
    with pytest.raises(SlotTakenError):
        confirm(held)


def test_booking_at_once_replaces_what_the_conversation_holds():
    hold()
    booked = book_visit(wish_for(visit(TEN)))
    assert appointments_of("conversation") == (booked,)


def test_forgetting_cancels_a_coming_visit_so_that_the_calendar_follows(announced):
    booked = confirm(hold())
    hold(HALF_PAST_TEN, key="second")
    forget_appointments("conversation")
    assert announced[-1] == ("cancelled", booked.reference)
    assert AppointmentRow.objects.count() == AppointmentCell.objects.count() == 0


def test_reason_and_brief_are_encrypted():
    confirm(hold(reason="under the heel", brief="Sore heel"))
    stored = str(AppointmentRow.objects.extra(select={"raw": "reason || brief"}).values_list("raw", flat=True).get())
    assert "heel" not in stored and stored.startswith("gAAAA")


def test_a_request_that_is_repeated_with_another_visit_moves_the_hold():
    held = hold()
    moved = hold_visit(replace(VisitRequest("hold", "conversation", visit(TEN)), visit=visit(HALF_PAST_TEN)), now=NOW)
    assert (moved.reference, moved.visit) == (held.reference, visit(HALF_PAST_TEN))
    assert hold(conversation="other").state is AppointmentState.HELD
