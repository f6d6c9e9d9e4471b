"""Booking and call-back."""

import datetime as dt

import pytest

from actions import wiring
from bot.booking.appointments import appointments_of, offer_visits

pytestmark = pytest.mark.django_db

FORM = "booking_form"


@pytest.fixture
def visits():
    return offer_visits(wiring.practice(), wiring.now())


def filled(visit):
    return {"visit": visit.id, "visitor_name": "Maria Lopez", "visitor_phone": "+12025550142", "visitor_email": ""}


def test_three_visits_are_offered_as_choices(turn):
    outcome = turn("action_ask_booking_form_visit", loop=FORM)
    assert len(outcome.messages[0]["buttons"]) == 3
    assert len(outcome.slots["offered_visits"]) == 3


def test_the_second_one_is_the_second_offered_visit(turn, visits):
    outcome = turn(
        "validate_booking_form",
        intent="inform_visit_time",
        text="the second one",
        loop=FORM,
        requested="visit",
        slots={"offered_visits": [visit.id for visit in visits]},
    )
    assert outcome.slots["visit"] == visits[1].id


def test_a_typed_day_becomes_a_wish(turn):
    outcome = turn(
        "validate_booking_form", intent="inform_visit_time", text="next Tuesday afternoon", loop=FORM, requested="visit"
    )
    assert outcome.slots["visit"] is None
    assert outcome.slots["visit_wish"]["part_of_day"] == "afternoon"


def test_an_exact_free_time_is_taken_without_offering_others(turn, visits):
    start = visits[0].start
    outcome = turn(
        "validate_booking_form",
        intent="inform_visit_time",
        loop=FORM,
        requested="visit",
        text=f"{start:%B} {start.day} at {start:%I:%M %p}",
    )
    assert outcome.slots["visit"].endswith(start.isoformat())


def test_name_phone_and_address_are_taken_from_one_message(turn):
    outcome = turn(
        "validate_booking_form",
        intent="inform_contact",
        loop=FORM,
        requested="visitor_name",
        text="Maria Lopez, 202 555 0142, maria.lopez@gmail.com",
    )
    assert outcome.slots["visitor_name"] == "Maria Lopez"
    assert outcome.slots["visitor_phone"] == "+12025550142"
    assert outcome.slots["visitor_email"] == "maria.lopez@gmail.com"


@pytest.mark.parametrize(
    ("slot", "text", "said"),
    [
        ("visitor_phone", "12345", "utter_phone_invalid"),
        ("visitor_email", "maria@", "utter_email_invalid"),
    ],
)
def test_an_unusable_contact_detail_is_said_and_asked_again(turn, slot, text, said):
    outcome = turn("validate_booking_form", intent="inform_contact", text=text, loop=FORM, requested=slot)
    assert outcome.said == [said]
    assert outcome.slots[slot] is None


@pytest.mark.parametrize("intent", ["ask_cost", "request_human", "cancel"])
def test_another_wish_is_not_taken_for_a_name(turn, intent):
    outcome = turn(
        "validate_booking_form", intent=intent, text="what about something else", loop=FORM, requested="visitor_name"
    )
    assert outcome.slots == {}


def test_the_address_can_be_left_out(turn):
    outcome = turn("validate_booking_form", intent="skip", text="skip", loop=FORM, requested="visitor_email")
    assert outcome.slots["visitor_email"] == ""


def test_a_no_to_the_read_back_asks_what_to_change(turn, visits):
    outcome = turn(
        "validate_booking_form",
        intent="deny",
        text="no",
        loop=FORM,
        requested="booking_confirmed",
        slots=filled(visits[0]),
    )
    assert outcome.slots == {"booking_confirmed": None, "booking_change": True}
    asked = turn("action_ask_booking_form_booking_confirmed", slots=filled(visits[0]) | outcome.slots)
    assert asked.said == ["utter_ask_booking_detail"]


def test_a_detail_is_emptied_by_its_name(turn, visits):
    outcome = turn(
        "action_change_booking_detail",
        intent="change_booking_detail",
        loop=FORM,
        text="the phone number is wrong",
        slots=filled(visits[0]),
    )
    assert outcome.slots["visitor_phone"] is None


def test_a_confirmed_booking_is_stored_and_its_reference_said(turn, visits):
    outcome = turn("action_submit_booking", slots=filled(visits[0]))
    stored = appointments_of("00000000-0000-0000-0000-000000000007")
    assert [appointment.reference for appointment in stored] == [outcome.messages[0]["reference"]]
    assert outcome.messages[0]["custom"] == {"kind": "booked"}
    assert outcome.messages[0]["time_zone"] in ("EST", "EDT")
    assert outcome.slots["outcome"] == "booked"


def test_a_retried_turn_books_once(turn, visits):
    first = turn("action_submit_booking", slots=filled(visits[0]))
    second = turn("action_submit_booking", slots=filled(visits[0]))
    assert first.slots["booking_reference"] == second.slots["booking_reference"]
    assert len(appointments_of("00000000-0000-0000-0000-000000000007")) == 1


def test_a_visit_that_somebody_else_took_is_offered_anew(turn, visits):
    turn("action_submit_booking", slots=filled(visits[0]))
    outcome = turn("action_submit_booking", slots=filled(visits[0]) | {"visitor_name": "John Carter"})
    assert outcome.said == ["utter_visit_taken"]
    assert outcome.slots["visit"] is None
    assert outcome.followup == FORM


def test_a_booked_visit_is_found_again(turn, visits):
    booked = turn("action_submit_booking", slots=filled(visits[0]))
    outcome = turn("action_show_booking", intent="look_up_booking")
    assert booked.slots["booking_reference"] in outcome.messages[0]["visits"]


def test_cancelling_leaves_nothing_behind(turn, visits):
    outcome = turn("action_cancel_form", intent="cancel", loop=FORM, slots=filled(visits[0]))
    assert outcome.closes_form
    assert all(outcome.slots[slot] is None for slot in filled(visits[0]))


def test_a_call_back_is_stored_with_a_reference(turn):
    outcome = turn("action_submit_call_back", slots={"visitor_name": "Maria Lopez", "visitor_phone": "+12025550142"})
    assert outcome.said == ["utter_call_back_stored"]
    assert outcome.messages[0]["reference"]
    assert outcome.slots["outcome"] == "call_back"


def test_visits_on_the_day_wished_are_offered_as_on_that_day(turn, visits):
    wish = {"date": visits[0].start.date().isoformat()}
    outcome = turn("action_ask_booking_form_visit", loop=FORM, slots={"visit_wish": wish})
    assert outcome.said == ["utter_ask_visit_on_day"]
    assert outcome.messages[0]["day"].startswith(f"{visits[0].start:%A}")


def test_a_wish_that_cannot_be_met_is_said_to_be_so(turn):
    sunday = wiring.now().date() + dt.timedelta(days=6 - wiring.now().weekday())
    wish = {"date": sunday.isoformat()}
    assert turn("action_ask_booking_form_visit", loop=FORM, slots={"visit_wish": wish}).said == ["utter_ask_visit_near"]


def test_the_first_no_to_the_offers_brings_others_and_the_second_asks_for_a_day(turn, visits):
    slots = {"offered_visits": [visit.id for visit in visits]}
    heard = {"intent": "deny", "text": "no", "loop": FORM, "requested": "visit"}
    first = turn("validate_booking_form", slots=slots, **heard)
    assert turn("action_ask_booking_form_visit", slots={**slots, **first.slots}).said == ["utter_ask_visit_others"]
    second = turn("validate_booking_form", slots={**slots, **first.slots}, **heard)
    asked = turn("action_ask_booking_form_visit", slots={**slots, **second.slots})
    assert asked.said == ["utter_ask_visit_day"]
    assert asked.messages[0]["buttons"] == []
    assert asked.slots["visit_refusals"] == 0


def test_the_phone_number_is_read_back_as_people_write_it(turn, visits):
    outcome = turn("action_ask_booking_form_booking_confirmed", slots=filled(visits[0]))
    assert outcome.messages[0]["phone"] == "(202) 555-0142"


def test_the_day_named_with_the_wish_to_book_is_remembered(turn):
    outcome = turn("action_open_booking", intent="request_booking", text="can I come tomorrow afternoon")
    assert outcome.slots["visit_wish"]["part_of_day"] == "afternoon"
    assert outcome.slots["visit_wish"]["date"]


def test_a_visit_type_that_is_gone_when_the_visitor_confirms_leads_to_other_visits(turn, visits):
    clinician, _, start = visits[0].id.split("/")
    gone = {**filled(visits[0]), "visit": f"{clinician}/no_such_type/{start}"}
    assert turn("action_ask_booking_form_booking_confirmed", slots=gone, loop=FORM).messages
    assert turn("action_submit_booking", slots=gone).said == ["utter_visit_taken"]
