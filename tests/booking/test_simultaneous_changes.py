"""What two processes do to the same appointment at the same moment; it matters on PostgreSQL, where both may go on."""

import datetime as dt

import pytest
from booking_samples import CONTACT, NOW, hours, place_of, practice, visit, wish_for

from bot.booking.appointments import (
    accept_offer,
    appointments_of,
    book_visit,
    cancel_visit,
    confirm_visit,
    find_by_reference,
    forget_appointments,
    hold_visit,
    join_waiting_list,
    offer_freed_visits,
    release_holds,
    request_call_back,
)
from bot.booking.models import AppointmentRow
from bot.booking.requests import WaitingRequest, WaitingState
from bot.booking.staff_queue import staff_queue
from bot.booking.storage.retention import clear_old_contacts
from bot.booking.visits import AppointmentState, VisitRequest
from bot.errors import BookingLimitError
from bot.knowledge.model import Clinician
from tests.interleaving import beside

# Each side has a connection of its own, so what one stores must be committed for the other.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]

TEN, ELEVEN, NOON = "2026-03-05 10:00", "2026-03-05 11:00", "2026-03-05 12:00"
ANN = Clinician("ann", "Ann", hours("10:00-11:00", days=(3,)))
HERE = practice(clinicians=(ANN,), slot_step_minutes=30, horizon_days=2)


def hold(start=TEN, key="hold", conversation="conversation", now=NOW):
    return hold_visit(VisitRequest(key, conversation, visit(start)), now=now)


def confirm(held, now=NOW, **more):
    return confirm_visit(held.reference, CONTACT, now=now, **more)


def outcome(done):
    """Return what came of the other side: a reference, or the name of the error."""
    return type(done.exception()).__name__ if done.exception() else done.result().reference


def offered(conversation="waiting", reference=""):
    """Return the place of somebody to whom a visit is offered, and the offer."""
    request = WaitingRequest("key", conversation, reference, contact=CONTACT)
    place = join_waiting_list(request, now=NOW, practice=HERE)
    assert offer_freed_visits(HERE, NOW) == 1
    return place, next(one for one in appointments_of(conversation) if one.offered_to)


@pytest.mark.parametrize("leave", [lambda: release_holds("conversation"), lambda: hold(ELEVEN, key="another")])
def test_a_hold_is_either_confirmed_or_let_go(leave):
    held = hold()
    with beside(lambda: confirm(held), before="DELETE") as confirmed:
        leave()
    assert (find_by_reference(held.reference) is not None) == (confirmed.exception() is None)


def test_a_hold_that_is_taken_for_the_same_request_meanwhile_stays():
    with beside(hold, before="SAVEPOINT") as other:
        mine = hold()
    assert find_by_reference(other.result().reference).reference == mine.reference


@pytest.mark.parametrize("key", ["key", "another"])
def test_a_conversation_that_joins_the_waiting_list_twice_at_once_has_one_place(key):
    def join(key):
        return join_waiting_list(WaitingRequest(key, "waiting", contact=CONTACT), now=NOW, practice=HERE)

    with beside(lambda: join("key"), before="INSERT") as other:
        mine = join(key)
    assert mine == other.result()


def test_a_call_back_that_is_asked_for_twice_at_once_is_stored_once():
    def ask():
        return request_call_back("conversation", CONTACT, "heel", "key")

    with beside(ask, before="INSERT") as other:
        mine = ask()
    assert other.result() == mine
    assert len(staff_queue().call_backs) == 1


def test_an_offer_that_is_accepted_while_the_conversation_is_deleted_is_cancelled_with_it(announced):
    place, offer = offered()
    with beside(lambda: accept_offer(place.reference, offer.visit, now=NOW), before="DELETE") as accepted:
        forget_appointments("waiting")
    told = [change for change, _ in announced if change in ("booked", "cancelled")]
    assert told in ([], ["booked", "cancelled"]) and bool(told) == (accepted.exception() is None)
    assert appointments_of("waiting") == ()


def test_an_offer_is_accepted_while_the_appointment_is_cancelled_without_an_error():
    later = book_visit(wish_for(visit(NOON), conversation="waiting"))
    place, offer = offered(reference=later.reference)
    with beside(lambda: cancel_visit(later.reference), before="UPDATE") as cancelled:
        accept_offer(place.reference, offer.visit, now=NOW)
    assert cancelled.result().reference == later.reference
    assert find_by_reference(later.reference).state is AppointmentState.CANCELLED


def test_an_appointment_is_cancelled_while_an_offer_is_accepted_without_an_error():
    later = book_visit(wish_for(visit(NOON), conversation="waiting"))
    place, offer = offered(reference=later.reference)
    with beside(lambda: accept_offer(place.reference, offer.visit, now=NOW), before="DELETE") as accepted:
        cancel_visit(later.reference)
    assert outcome(accepted) in (later.reference, "SlotTakenError", "AppointmentClosedError")
    assert find_by_reference(later.reference).state is AppointmentState.CANCELLED
    assert place_of(place.reference).state is not WaitingState.OFFERED


def test_no_more_visits_than_allowed_are_booked_under_one_number_at_once():
    here = practice(visits_per_phone=2)
    confirm(hold(NOON, conversation="first"))
    second, third = (hold(start, conversation=start) for start in (TEN, ELEVEN))
    with beside(lambda: confirm(third, practice=here), before="UPDATE") as other:
        confirm(second, practice=here)
    assert isinstance(other.exception(), BookingLimitError)


def test_a_hold_that_is_confirmed_while_old_ones_are_cleared_stays():
    held, late = hold(), NOW + dt.timedelta(hours=30)
    AppointmentRow.objects.update(state=AppointmentState.EXPIRED)
    with beside(lambda: confirm(held, now=late - dt.timedelta(hours=6)), before="DELETE") as confirmed:
        clear_old_contacts(late, 30)
    assert (find_by_reference(held.reference) is not None) == (confirmed.exception() is None)
