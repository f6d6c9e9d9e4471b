"""Who waits for an earlier visit is offered what becomes free, in turn."""

import datetime as dt

import pytest
from booking_samples import CONTACT, NOW, hours, place_of, practice, visit, wish_for

from bot.booking.appointments import (
    accept_offer,
    appointments_of,
    book_visit,
    cancel_visit,
    find_by_reference,
    join_waiting_list,
    leave_waiting_list,
    offer_freed_visits,
    refuse_offer,
    waiting_list,
)
from bot.booking.models import AppointmentCell, WaitingRow
from bot.booking.requests import WaitingRequest, WaitingState
from bot.booking.visits import AppointmentState, Attention, Patient, When, Wish
from bot.errors import AppointmentClosedError, AppointmentNotFoundError, SlotTakenError
from bot.knowledge.model import Clinician

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# Thursday has two visits, Friday two.
HERE = practice(
    clinicians=(Clinician("ann", "Ann", hours("10:00-11:00", days=(3, 4))),), slot_step_minutes=30, horizon_days=2
)
THU_TEN, THU_HALF, FRI_TEN, FRI_HALF = (
    "2026-03-05 10:00",
    "2026-03-05 10:30",
    "2026-03-06 10:00",
    "2026-03-06 10:30",
)


def booked(start, conversation):
    return book_visit(wish_for(visit(start), key=start, conversation=conversation))


@pytest.fixture
def full():
    """Every visit is booked; the conversations are named as their visits."""
    return {start: booked(start, start) for start in (THU_TEN, THU_HALF, FRI_TEN, FRI_HALF)}


def join(appointment=None, conversation="waiting", now=NOW, **more):
    request = WaitingRequest(
        "key",
        appointment.conversation_id if appointment else conversation,
        appointment.reference if appointment else "",
        **more,
    )
    return join_waiting_list(request, now=now, practice=HERE)


def serve(now=NOW):
    return offer_freed_visits(HERE, now)


def test_who_joins_is_on_the_list_once(full):
    entry = join(full[FRI_TEN])
    assert join(full[FRI_TEN]) == entry == place_of(entry.reference)
    assert (entry.state, entry.appointment, entry.contact) == (WaitingState.WAITING, full[FRI_TEN], CONTACT)
    assert waiting_list() == (entry,)


def test_without_an_appointment_a_conversation_waits_once():
    entry = join(contact=CONTACT, patient=Patient.NEW)
    assert (entry.appointment, entry.contact, entry.visit_type) == (None, CONTACT, "first")
    assert join(contact=CONTACT) == entry


def test_nothing_is_offered_while_nothing_is_free(full):
    join(full[FRI_TEN])
    assert serve() == 0


def test_a_freed_visit_is_held_for_the_first_in_the_row(full, announced):
    first = join(full[FRI_HALF])
    second = join(full[FRI_TEN], now=NOW + dt.timedelta(seconds=1))
    cancel_visit(full[THU_HALF].reference)
    assert serve() == 1
    offered, other = place_of(first.reference), place_of(second.reference)
    assert (offered.state, offered.offered) == (WaitingState.OFFERED, visit(THU_HALF))
    assert offered.offer_until == NOW + dt.timedelta(hours=2)
    assert other.state is WaitingState.WAITING
    held = next(one for one in appointments_of(FRI_HALF) if one.state is AppointmentState.HELD)
    assert (held.offered_to, held.contact) == (first.reference, CONTACT)
    assert announced[-1] == ("offered", held.reference)
    assert serve() == 0


def test_a_later_visit_is_not_offered(full):
    join(full[THU_HALF])
    cancel_visit(full[FRI_TEN].reference)
    assert serve() == 0


def test_a_visit_that_is_not_wished_for_is_not_offered(full):
    entry = join(full[FRI_HALF], wish=Wish(When(not_weekdays=(3,))))
    cancel_visit(full[THU_HALF].reference)
    assert serve() == 0
    cancel_visit(full[FRI_TEN].reference)
    assert serve() == 1
    assert place_of(entry.reference).offered == visit(FRI_TEN)


def test_a_visit_that_begins_before_the_offer_could_end_is_not_offered(full):
    join(full[FRI_HALF])
    cancel_visit(full[THU_TEN].reference)
    assert serve(visit(THU_TEN).start - dt.timedelta(minutes=119)) == 0
    assert serve(visit(THU_TEN).start - dt.timedelta(minutes=120)) == 1


def test_accepting_moves_the_appointment_and_keeps_its_reference(full, announced):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    serve()
    moved = accept_offer(entry.reference, visit(THU_HALF), now=NOW)
    assert (moved.reference, moved.uid) == (full[FRI_HALF].reference, full[FRI_HALF].uid)
    assert (moved.visit, moved.state) == (visit(THU_HALF), AppointmentState.CHANGED)
    assert moved.attention is Attention.MOVED_BY_VISITOR
    assert announced[-1] == ("changed", moved.reference)
    assert place_of(entry.reference).state is WaitingState.ACCEPTED
    assert waiting_list() == ()
    assert booked(FRI_HALF, "next").state is AppointmentState.CONFIRMED


def test_accepting_twice_changes_nothing(full, announced):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    serve()
    accepted = accept_offer(entry.reference, visit(THU_HALF), now=NOW)
    assert accept_offer(entry.reference, visit(THU_HALF), now=NOW) == accepted
    assert [change for change, _ in announced].count("changed") == 1


def test_accepting_without_an_appointment_books_the_visit(full, announced):
    entry = join(contact=CONTACT)
    cancel_visit(full[THU_HALF].reference)
    serve()
    confirmed = accept_offer(entry.reference, visit(THU_HALF), now=NOW)
    assert (confirmed.state, confirmed.visit, confirmed.contact) == (
        AppointmentState.CONFIRMED,
        visit(THU_HALF),
        CONTACT,
    )
    assert announced[-1] == ("booked", confirmed.reference)
    assert accept_offer(entry.reference, visit(THU_HALF), now=NOW) == confirmed


def test_an_offer_that_ran_out_goes_to_the_next_and_keeps_the_place(full):
    first = join(full[FRI_HALF])
    second = join(full[FRI_TEN], now=NOW + dt.timedelta(seconds=1))
    cancel_visit(full[THU_HALF].reference)
    serve()
    later = NOW + dt.timedelta(hours=2)
    assert serve(later) == 1
    assert place_of(first.reference).state is WaitingState.WAITING
    assert place_of(second.reference).offered == visit(THU_HALF)
    with pytest.raises(SlotTakenError):
        accept_offer(first.reference, visit(THU_HALF), now=later)
    assert find_by_reference(full[FRI_HALF].reference) == full[FRI_HALF]


def test_an_answer_to_an_offer_that_ran_out_is_none_to_the_next_one(full):
    entry = join(full[FRI_HALF])
    for start, now in ((THU_HALF, NOW), (THU_TEN, NOW + dt.timedelta(hours=2))):
        cancel_visit(full[start].reference)
        assert serve(now) == 1
    with pytest.raises(SlotTakenError):
        accept_offer(entry.reference, visit(THU_HALF), now=NOW + dt.timedelta(hours=2))
    assert refuse_offer(entry.reference, visit(THU_HALF)).offered == visit(THU_TEN)
    assert find_by_reference(full[FRI_HALF].reference) == full[FRI_HALF]


def test_a_refused_visit_is_not_offered_to_the_same_person_again(full):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    serve()
    assert refuse_offer(entry.reference, visit(THU_HALF)).state is WaitingState.WAITING
    assert serve() == 0
    cancel_visit(full[THU_TEN].reference)
    assert serve() == 1


def test_leaving_gives_an_offered_visit_back(full):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    serve()
    assert leave_waiting_list(entry.reference).state is WaitingState.LEFT
    assert AppointmentCell.objects.count() == 18
    assert waiting_list() == ()


def test_who_left_can_join_again_at_the_end_of_the_row(full):
    left = join(full[FRI_HALF])
    leave_waiting_list(left.reference)
    again = join(full[FRI_HALF], now=NOW + dt.timedelta(hours=1))
    assert (again.state, again.reference != left.reference) == (WaitingState.WAITING, True)


def test_who_cancels_the_appointment_leaves_the_list(full):
    entry = join(full[FRI_HALF])
    cancel_visit(full[FRI_HALF].reference)
    assert place_of(entry.reference).state is WaitingState.LEFT


def test_an_offer_ends_with_the_appointment_that_was_cancelled(full):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    serve()
    cancel_visit(full[FRI_HALF].reference)
    with pytest.raises((SlotTakenError, AppointmentClosedError)):
        accept_offer(entry.reference, visit(THU_HALF), now=NOW)
    assert booked(THU_HALF, "other").state is AppointmentState.CONFIRMED


def test_who_let_five_offers_pass_leaves_the_list(full):
    entry = join(full[FRI_HALF])
    cancel_visit(full[THU_HALF].reference)
    WaitingRow.objects.update(refused=[f"visit {number}" for number in range(5)])
    assert serve() == 0
    assert place_of(entry.reference).state is WaitingState.LEFT


def test_nobody_waits_for_a_cancelled_or_unknown_appointment(full):
    cancel_visit(full[FRI_HALF].reference)
    with pytest.raises(AppointmentClosedError):
        join(full[FRI_HALF])
    with pytest.raises(AppointmentNotFoundError):
        join_waiting_list(WaitingRequest("key", "one", "FT-777777"), now=NOW, practice=HERE)


def test_a_wish_is_kept_as_it_was_told(full):
    wish = Wish(
        When(dt.date(2026, 3, 5), dt.time(10), "morning", dt.date(2026, 3, 6), dt.time(12), "after", (0, 1)),
        weekdays=(2, 3),
        clinician_id="ann",
        gender="woman",
        language="Spanish",
        before=visit(FRI_TEN).start,
    )
    assert place_of(join(full[FRI_HALF], wish=wish).reference).wish == wish
