"""A booked visit is found again, moved, cancelled, or made earlier."""

import uuid

import pytest

from actions import wiring
from bot.booking.appointments import appointments_of, book_visit, cancel_visit, find_by_reference, offer_visits
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import AppointmentState, Contact, VisitRequest

pytestmark = pytest.mark.django_db

HERE = "00000000-0000-0000-0000-000000000007"
PHONE = "+12025550142"


def book(conversation=HERE, place=5, email=""):
    visit = offer_visits(wiring.practice(), wiring.now(), limit=9)[place]
    return book_visit(VisitRequest("key", conversation, visit, Contact("Maria Lopez", PHONE, email)))


@pytest.fixture
def elsewhere():
    """A visit that was booked in another conversation."""
    return book(conversation=str(uuid.uuid4()))


def test_a_visit_of_another_conversation_is_asked_for_by_reference_and_phone(turn, elsewhere):
    outcome = turn("action_find_booking", intent="cancel_booking", text="cancel my appointment")
    assert outcome.slots["lookup_open"]
    assert outcome.said == []


def test_a_reference_in_the_message_is_not_asked_for_again(turn, elsewhere):
    text = f"please cancel {elsewhere.reference.lower()}"
    assert turn("action_find_booking", intent="cancel_booking", text=text).slots["lookup_reference"]


def test_reference_and_phone_are_taken_from_one_message(turn, elsewhere):
    text = f"{elsewhere.reference}, (202) 555-0142"
    said = {"intent": "inform_contact", "loop": "booking_lookup_form", "requested": "lookup_reference"}
    slots = turn("validate_booking_lookup_form", text=text, **said).slots
    assert slots == {"lookup_reference": elsewhere.reference, "lookup_phone": PHONE}


def test_a_visit_is_shown_only_with_its_own_phone_number(turn, elsewhere):
    looked_up = {"booking_task": "show", "lookup_reference": elsewhere.reference}
    shown = turn("action_manage_booking", slots={**looked_up, "lookup_phone": PHONE})
    refused = turn("action_manage_booking", slots={**looked_up, "lookup_phone": "+12025550199"})
    assert shown.said == ["utter_booking_found"]
    assert refused.said == ["utter_lookup_failed"]


def test_who_guesses_gets_no_further(turn):
    outcome = turn("action_find_booking", intent="look_up_booking", slots={"lookups": 3})
    assert outcome.said == ["utter_lookup_limit"]
    assert outcome.slots["lookup_open"] is False


def test_a_mere_cancel_with_nothing_open_asks_about_the_booked_visit(turn):
    assert turn("action_cancel_form", intent="cancel", text="cancel it").said == ["utter_nothing_to_cancel"]
    book()
    asked = turn("action_cancel_form", intent="cancel", text="cancel it")
    assert asked.said == ["utter_ask_cancel_visit"]
    assert turn("action_take_reply", intent="affirm", slots=asked.slots).said == ["utter_visit_cancelled"]


def test_stopping_a_move_says_that_the_visit_stays(turn):
    booked = book()
    outcome = turn("action_cancel_form", intent="cancel", loop="booking_form", slots={"moving": booked.reference})
    assert outcome.said == ["utter_move_stopped"]
    assert find_by_reference(booked.reference).state is AppointmentState.CONFIRMED


def test_a_visit_is_cancelled_only_after_a_yes(turn):
    booked = book()
    asked = turn("action_find_booking", intent="cancel_booking")
    assert asked.said == ["utter_ask_cancel_visit"]
    assert find_by_reference(booked.reference).state is AppointmentState.CONFIRMED
    outcome = turn("action_take_reply", intent="affirm", slots=asked.slots)
    assert outcome.said == ["utter_visit_cancelled"]
    assert find_by_reference(booked.reference).state is AppointmentState.CANCELLED


def test_a_no_keeps_the_visit(turn):
    booked = book()
    asked = turn("action_find_booking", intent="cancel_booking")
    assert turn("action_take_reply", intent="deny", slots=asked.slots).said == ["utter_visit_kept"]
    assert find_by_reference(booked.reference).state is AppointmentState.CONFIRMED


def test_the_replay_of_a_cancellation_is_harmless(turn):
    book()
    asked = turn("action_find_booking", intent="cancel_booking")
    turn("action_take_reply", intent="affirm", slots=asked.slots)
    turn("action_take_reply", intent="affirm", slots=asked.slots)
    assert len(appointments_of(HERE)) == 1


def test_moving_asks_for_a_new_time_only(turn):
    booked = book()
    outcome = turn("action_find_booking", intent="change_booking", text="move my visit")
    assert outcome.followup == "booking_form"
    assert outcome.slots["moving"] == booked.reference
    assert outcome.slots["visitor_phone"] == PHONE
    assert outcome.slots["visit"] is None


def test_a_moved_visit_keeps_its_reference(turn):
    booked = book()
    opened = turn("action_find_booking", intent="change_booking", text="move my visit").slots
    free = offer_visits(wiring.practice(), wiring.now(), limit=9)[7]
    outcome = turn("action_submit_booking", slots={**opened, "visit": free.id})
    assert outcome.said == ["utter_moved", "utter_booked_next"]
    assert find_by_reference(booked.reference).visit.start == free.start
    assert len(appointments_of(HERE)) == 1


def test_a_visit_that_is_about_to_begin_is_changed_by_phone_only(turn, clock):
    start = book().visit.start
    clock(f"{start:%Y-%m-%d} 00:01")
    assert turn("action_find_booking", intent="cancel_booking").said == ["utter_past_cutoff"]


def test_a_yes_that_comes_too_late_changes_nothing(turn, clock):
    booked = book()
    cancel = turn("action_find_booking", intent="cancel_booking").slots
    move = turn("action_find_booking", intent="change_booking", text="move my visit").slots
    goal = offer_visits(wiring.practice(), wiring.now(), limit=9)[7]
    clock(f"{booked.visit.start:%Y-%m-%d} 00:01")
    assert turn("action_take_reply", intent="affirm", slots=cancel).said == ["utter_past_cutoff"]
    assert turn("action_submit_booking", slots={**move, "visit": goal.id}).said == ["utter_past_cutoff"]
    clock(f"{booked.visit.start:%Y-%m-%d} 23:59")
    assert turn("action_take_reply", intent="affirm", slots=cancel).said == ["utter_booking_closed"]
    assert find_by_reference(booked.reference) == booked


def test_nobody_waits_for_something_earlier_than_a_visit_that_has_begun(turn, clock):
    booked = book()
    clock(f"{booked.visit.start:%Y-%m-%d %H:%M}")
    assert turn("action_find_booking", intent="request_earlier_visit").said == ["utter_booking_closed"]


def test_a_cancelled_visit_is_not_moved(turn, elsewhere):
    cancel_visit(elsewhere.reference)
    looked_up = {"booking_task": "move", "lookup_reference": elsewhere.reference, "lookup_phone": PHONE}
    assert turn("action_manage_booking", slots=looked_up).said == ["utter_booking_closed"]


def test_something_earlier_that_is_free_now_is_offered_at_once(turn):
    booked = book(place=8)
    outcome = turn("action_find_booking", intent="request_earlier_visit", text="anything earlier than my appointment")
    assert outcome.followup == "booking_form"
    assert outcome.slots["visit_wish"]["before"] == booked.visit.start.isoformat()


def test_without_anything_earlier_the_visitor_waits_and_keeps_the_visit(turn):
    first = offer_visits(wiring.practice(), wiring.now(), limit=1)[0]
    book_visit(VisitRequest("key", HERE, first, Contact("Maria Lopez", PHONE)))
    outcome = turn("action_find_booking", intent="request_earlier_visit")
    assert outcome.said == ["utter_waiting"]
    assert find_by_reference(appointments_of(HERE)[0].reference).state is AppointmentState.CONFIRMED
    assert [entry.conversation_id for entry in staff_queue().waiting] == [HERE]
