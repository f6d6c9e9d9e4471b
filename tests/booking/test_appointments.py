import datetime as dt

import pytest
from booking_samples import CONTACT, NOW, at, hours, practice, visit, wish_for
from django.db import IntegrityError, connection, transaction

from bot.booking.appointments import (
    appointments_of,
    book_visit,
    cancel_visit,
    find_appointments,
    find_by_reference_and_phone,
    forget_appointments,
    offer_visits,
    offered_visit,
    request_call_back,
    upcoming_appointments,
)
from bot.booking.models import AppointmentCell, AppointmentRow
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import AppointmentState, Contact, When
from bot.errors import AppointmentNotFoundError, SlotTakenError
from bot.knowledge.model import Clinician, VisitType

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEN, HALF_PAST_TEN, ELEVEN = "2026-03-05 10:00", "2026-03-05 10:30", "2026-03-05 11:00"


def test_booked_visit_is_confirmed_with_everything_that_was_asked():
    request = wish_for(visit(TEN))
    booked = book_visit(request)
    assert (booked.state, booked.visit, booked.contact) == (AppointmentState.CONFIRMED, request.visit, CONTACT)
    assert (booked.reason, booked.conversation_id) == ("pain under the heel", "conversation")
    assert appointments_of("conversation") == (booked,)


def test_reference_has_no_letters_that_are_easily_confused():
    references = "".join(book_visit(wish_for(visit(TEN, clinician=f"c{n}"), key=str(n))).reference for n in range(40))
    assert not set(references.replace("FT-", "")) & set("0O1IL2Z5S8BU")


def test_same_key_books_once():
    first = book_visit(wish_for(visit(TEN)))
    assert book_visit(wish_for(visit(TEN))) == first
    assert AppointmentRow.objects.count() == 1


def test_same_key_in_another_conversation_is_another_request():
    book_visit(wish_for(visit(TEN)))
    with pytest.raises(SlotTakenError):
        book_visit(wish_for(visit(TEN), conversation="another"))


@pytest.mark.parametrize(
    "other",
    [
        visit(TEN),
        visit("2026-03-05 10:15"),
        visit("2026-03-05 09:45"),
        visit("2026-03-05 10:20", minutes=5),
        visit("2026-03-05 09:00", minutes=180),
        visit("2026-03-05 09:30", buffer=5),
    ],
    ids=["same start", "later start", "earlier start", "inside", "around", "its pause reaches into it"],
)
def test_overlapping_visit_of_the_same_clinician_is_refused(other):
    book_visit(wish_for(visit(TEN)))
    with pytest.raises(SlotTakenError):
        book_visit(wish_for(other, key="other"))
    assert AppointmentRow.objects.count() == 1


@pytest.mark.parametrize("other", [visit(HALF_PAST_TEN), visit("2026-03-05 09:30"), visit(TEN, clinician="bob")])
def test_neighbouring_visit_and_another_clinician_are_booked(other):
    book_visit(wish_for(visit(TEN)))
    assert book_visit(wish_for(other, key="other")).state == AppointmentState.CONFIRMED


def test_refused_booking_leaves_the_caller_s_transaction_usable():
    with transaction.atomic():
        book_visit(wish_for(visit(TEN)))
        with pytest.raises(SlotTakenError):
            book_visit(wish_for(visit(TEN), key="other"))
        book_visit(wish_for(visit(ELEVEN), key="third"))
    assert AppointmentRow.objects.count() == 2


def test_booking_goes_with_the_caller_s_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        book_visit(wish_for(visit(TEN)))
        raise RuntimeError
    assert AppointmentRow.objects.count() == AppointmentCell.objects.count() == 0


def test_database_itself_refuses_two_live_appointments_at_one_start():
    book_visit(wish_for(visit(TEN)))
    AppointmentCell.objects.all().delete()
    row = AppointmentRow.objects.get()
    row.pk, row.reference, row.key_digest = None, "FT-OTHER", "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_visit_that_has_begun_when_it_is_confirmed_is_refused_and_a_retry_of_an_earlier_booking_is_not(clock):
    booked = book_visit(wish_for(visit(TEN)))
    clock.now = at(TEN)
    with pytest.raises(SlotTakenError):
        book_visit(wish_for(visit(TEN, clinician="bob"), key="late"))
    assert book_visit(wish_for(visit(TEN))) == booked


@pytest.mark.parametrize(
    "changes",
    [
        {"clinicians": (Clinician("ann", "Ann", hours("12:00-17:00")),)},
        {"clinicians": (Clinician("bob", "Bob", hours("09:00-17:00")),)},
        {"closures": (dt.date(2026, 3, 5),)},
        {"visit_types": (VisitType("long", "long visit", 60, 15, True),)},
    ],
    ids=["other hours", "clinician gone", "closed day", "visit type gone"],
)
def test_visit_that_left_the_schedule_before_it_was_confirmed_is_refused(changes):
    with pytest.raises(SlotTakenError):
        book_visit(wish_for(visit(TEN)), practice=practice(**changes))
    assert book_visit(wish_for(visit(TEN)), practice=practice()).visit == visit(TEN)
    assert book_visit(wish_for(visit(TEN)), practice=practice(**changes)).visit == visit(TEN)


def test_cancelled_visit_is_free_again():
    booked = book_visit(wish_for(visit(TEN)))
    assert cancel_visit(booked.reference).state == AppointmentState.CANCELLED
    assert AppointmentCell.objects.count() == 0
    assert book_visit(wish_for(visit(TEN), key="other")).state == AppointmentState.CONFIRMED


def test_same_request_after_a_cancellation_books_anew():
    first = book_visit(wish_for(visit(TEN)))
    cancel_visit(first.reference)
    again = book_visit(wish_for(visit(TEN)))
    assert (again.state, again.reference == first.reference) == (AppointmentState.CONFIRMED, False)


def test_cancelling_twice_changes_nothing_for_the_next_visitor():
    first = book_visit(wish_for(visit(TEN)))
    cancel_visit(first.reference)
    second = book_visit(wish_for(visit(TEN), key="other"))
    assert cancel_visit(first.reference).state == AppointmentState.CANCELLED
    assert appointments_of("conversation")[0] == second
    with pytest.raises(SlotTakenError):
        book_visit(wish_for(visit(TEN), key="third"))


def test_unknown_reference_cannot_be_cancelled():
    with pytest.raises(AppointmentNotFoundError):
        cancel_visit("FT-777777")


@pytest.mark.parametrize("typed", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f" {text}. "])
def test_appointment_is_found_by_reference_and_phone_however_typed(typed):
    booked = book_visit(wish_for(visit(TEN)))
    assert find_by_reference_and_phone(typed(booked.reference), CONTACT.phone) == booked


def test_reference_with_another_phone_number_finds_nothing():
    booked = book_visit(wish_for(visit(TEN)))
    assert find_by_reference_and_phone(booked.reference, "+13015550199") is None
    assert find_by_reference_and_phone("FT-777777", CONTACT.phone) is None


def test_appointments_are_found_by_phone_or_address_alone():
    booked = book_visit(wish_for(visit(TEN)))
    assert find_appointments(phone=CONTACT.phone) == find_appointments(email=CONTACT.email) == (booked,)
    assert find_appointments(email="somebody@example.org") == find_appointments() == ()


def test_phone_with_an_extension_is_found_by_its_main_number():
    request = wish_for(visit(TEN))
    with_extension = Contact("Ann", "+13015550187;ext=12")
    booked = book_visit(type(request)("key", "conversation", request.visit, with_extension))
    assert find_by_reference_and_phone(booked.reference, "+13015550187").contact == with_extension


def test_stored_visits_are_not_offered():
    when = When(date=dt.date(2026, 3, 5), time=dt.time(10))
    assert offer_visits(practice(), NOW, when=when, limit=1) == (visit(TEN),)
    booked = book_visit(wish_for(visit(TEN)))
    assert visit(TEN) not in offer_visits(practice(), NOW, when=when, limit=99)
    cancel_visit(booked.reference)
    assert offer_visits(practice(), NOW, when=when, limit=1) == (visit(TEN),)


def test_visit_of_another_type_blocks_its_whole_length_and_pause():
    book_visit(wish_for(visit(TEN, minutes=60, kind="long", buffer=15)))
    offered = offer_visits(practice(), NOW, when=When(date=dt.date(2026, 3, 5)), limit=99)
    assert not [one for one in offered if visit(TEN).start <= one.start < visit("2026-03-05 11:15").start]


def test_offered_visit_is_known_again_by_its_id_until_it_is_taken():
    assert offered_visit(practice(), NOW, visit(TEN).id) == visit(TEN)
    book_visit(wish_for(visit(TEN)))
    assert offered_visit(practice(), NOW, visit(TEN).id) is None


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "ann/first",
        "ann/first/tomorrow",
        "ann/first/2026-03-05T10:00:00",
        "bob/first/2026-03-05T10:00:00-05:00",
        "ann/surgery/2026-03-05T10:00:00-05:00",
        "ann/first/2026-03-05T10:07:00-05:00",
        "ann/first/2026-03-05T03:00:00-05:00",
        "ann/first/2020-03-05T10:00:00-05:00",
        "ann/first/0001-01-01T00:00:00+14:00",
    ],
)
def test_visit_id_that_was_never_offered_is_refused(made_up):
    assert offered_visit(practice(), NOW, made_up) is None


def test_staff_see_live_appointments_that_are_not_over_soonest_first(clock):
    late = book_visit(wish_for(visit("2026-03-06 11:00"), key="late"))
    soon = book_visit(wish_for(visit("2026-03-06 10:00"), key="soon"))
    book_visit(wish_for(visit(TEN), key="over"))
    cancel_visit(book_visit(wish_for(visit("2026-03-06 12:00"), key="cancelled")).reference)
    clock.now = at("2026-03-05 10:30")
    assert upcoming_appointments() == (soon, late)
    assert upcoming_appointments(limit=1, offset=1) == (late,)


def test_call_back_is_stored_once_for_one_key():
    reference = request_call_back("conversation", CONTACT, "a question about cost", "key")
    assert request_call_back("conversation", CONTACT, "a question about cost", "key") == reference
    other = request_call_back("conversation", CONTACT, "", "other")
    assert [(one.reference, one.contact) for one in staff_queue().call_backs] == [
        (reference, CONTACT),
        (other, CONTACT),
    ]


def test_forgetting_a_conversation_leaves_nothing_of_it_and_everything_of_others():
    book_visit(wish_for(visit(TEN)))
    request_call_back("conversation", CONTACT, "", "key")
    kept = book_visit(wish_for(visit(ELEVEN), conversation="other"))
    assert forget_appointments("conversation") == 2
    assert (appointments_of("conversation"), staff_queue().call_backs, appointments_of("other")) == ((), (), (kept,))
    assert book_visit(wish_for(visit(TEN), key="next")).state == AppointmentState.CONFIRMED


def test_database_holds_no_contact_detail_in_the_clear():
    book_visit(wish_for(visit(TEN)))
    request_call_back("conversation", CONTACT, "pain under the heel", "key")
    with connection.cursor() as cursor:
        stored = ""
        for table in connection.introspection.table_names(cursor):
            if table.startswith("booking_"):
                cursor.execute(f"SELECT * FROM {table}")
                stored += str(cursor.fetchall())
    assert "FT-" in stored
    for secret in ("Zacharias", "Quillfeather", "3015550187", "quillfeather@", "under the heel"):
        assert secret not in stored


def test_same_contact_twice_is_stored_as_different_bytes():
    book_visit(wish_for(visit(TEN)))
    book_visit(wish_for(visit(ELEVEN), key="other"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM booking_appointmentrow")
        assert len(set(cursor.fetchall())) == 2
