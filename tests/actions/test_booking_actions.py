"""Booking and call-back."""

import datetime as dt
import uuid

import pytest

from actions import wiring
from bot.booking.appointments import appointments_of, book_visit, find_by_reference, offer_visits
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import AppointmentState, Contact, VisitRequest, When, Wish
from bot.booking.wish_json import wish_to_json
from bot.case import Case, Finding, Side, Urgency

pytestmark = pytest.mark.django_db

FORM = "booking_form"


@pytest.fixture
def visits():
    return offer_visits(wiring.practice(), wiring.now())


def filled(visit, **changes):
    details = {"visitor_name": "Maria Lopez", "visitor_phone": "+12025550142", "visitor_email": ""}
    return {"visit": visit.id, "patient": "new", "visit_reason": "a sore heel", **details, **changes}


def wish(**when):
    return wish_to_json(Wish(when=When(**when)))


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
    book_visit(VisitRequest("another", str(uuid.uuid4()), visits[0], Contact("John Carter", "+12025550143")))
    outcome = turn("action_submit_booking", slots=filled(visits[0]))
    assert outcome.said == ["utter_visit_taken"]
    assert outcome.slots["visit"] is None
    assert outcome.followup == FORM


def test_a_booked_visit_is_found_again(turn, visits):
    booked = turn("action_submit_booking", slots=filled(visits[0]))
    outcome = turn("action_find_booking", intent="look_up_booking")
    assert outcome.said == ["utter_booking_found"]
    assert outcome.messages[0]["reference"] == booked.slots["booking_reference"]


def test_cancelling_leaves_nothing_behind(turn, visits):
    outcome = turn("action_cancel_form", intent="cancel", loop=FORM, slots=filled(visits[0]))
    assert outcome.closes_form
    assert all(outcome.slots[slot] is None for slot in filled(visits[0]))


def test_a_call_back_is_stored_with_a_reference(turn):
    outcome = turn("action_submit_call_back", slots={"visitor_name": "Maria Lopez", "visitor_phone": "+12025550142"})
    assert outcome.said == ["utter_call_back_stored"]
    assert outcome.messages[0]["reference"]
    assert [one.urgency for one in staff_queue().call_backs] == [Urgency.NONE]


def test_staff_see_how_urgent_a_call_back_is(turn):
    told = {"visitor_name": "Maria Lopez", "visitor_phone": "+12025550142", "urgency": "same_day"}
    outcome = turn("action_submit_call_back", slots=told)
    assert [one.urgency for one in staff_queue().call_backs] == [Urgency.SAME_DAY]
    assert outcome.slots["outcome"] == "call_back"


def test_visits_on_the_day_wished_are_offered_as_on_that_day(turn, visits):
    wished = {"visit_wish": wish(date=visits[0].start.date())}
    outcome = turn("action_ask_booking_form_visit", loop=FORM, slots=wished)
    assert outcome.said == ["utter_ask_visit_on_day"]
    assert outcome.messages[0]["day"].startswith(f"{visits[0].start:%A}")


def test_a_wish_that_cannot_be_met_is_said_to_be_so(turn):
    sunday = wiring.now().date() + dt.timedelta(days=6 - wiring.now().weekday())
    wished = {"visit_wish": wish(date=sunday)}
    assert turn("action_ask_booking_form_visit", loop=FORM, slots=wished).said == ["utter_ask_visit_near_closed"]


def test_the_first_no_to_the_offers_brings_others_and_the_second_asks_for_a_day(turn, visits):
    slots = {"offered_visits": [visit.id for visit in visits]}
    heard = {"intent": "deny", "text": "no", "loop": FORM, "requested": "visit"}
    first = turn("validate_booking_form", slots=slots, **heard)
    put = turn("action_ask_booking_form_visit", slots={**slots, **first.slots}, **heard)
    assert put.said == ["utter_ask_visit_others"]
    put_again = turn(
        "action_ask_booking_form_visit", intent="inform_contact", slots={**slots, **first.slots}, loop=FORM
    )
    assert put_again.said == ["utter_ask_visit_on_day"]
    second = turn("validate_booking_form", slots={**slots, **first.slots}, **heard)
    asked = turn("action_ask_booking_form_visit", slots={**slots, **second.slots})
    assert asked.said == ["utter_ask_visit_day"]
    assert asked.messages[0]["buttons"] == []
    assert asked.slots["visit_refusals"] == 0


def test_the_phone_number_is_read_back_as_people_write_it(turn, visits):
    outcome = turn("action_ask_booking_form_booking_confirmed", slots=filled(visits[0]))
    assert outcome.messages[0]["phone"] == ", (202) 555-0142"


def test_the_day_named_with_the_wish_to_book_is_remembered(turn):
    outcome = turn("action_open_booking", intent="request_booking", text="can I come tomorrow afternoon")
    assert outcome.slots["visit_wish"]["part_of_day"] == "afternoon"
    assert outcome.slots["visit_wish"]["date"]


def test_a_visit_type_that_is_gone_when_the_visitor_confirms_leads_to_other_visits(turn, visits):
    clinician, _, start = visits[0].id.split("/")
    gone = {**filled(visits[0]), "visit": f"{clinician}/no_such_type/{start}"}
    assert turn("action_ask_booking_form_booking_confirmed", slots=gone, loop=FORM).messages
    assert turn("action_submit_booking", slots=gone).said == ["utter_visit_taken"]


def test_a_visit_that_is_chosen_is_held_for_nobody_else(turn, visits):
    outcome = turn("validate_booking_form", intent="choose_visit", entities=[("visit", visits[0].id)], loop=FORM)
    held = find_by_reference(outcome.slots["booking_held"])
    assert held.state is AppointmentState.HELD
    assert visits[0] not in offer_visits(wiring.practice(), wiring.now())


def test_cancelling_lets_go_of_what_was_held(turn, visits):
    turn("validate_booking_form", intent="choose_visit", entities=[("visit", visits[0].id)], loop=FORM)
    turn("action_cancel_form", intent="cancel", loop=FORM, slots=filled(visits[0]))
    assert visits[0] in offer_visits(wiring.practice(), wiring.now())


def test_a_weekday_that_is_ruled_out_stays_ruled_out_beside_a_new_time(turn):
    slots = {"visit_wish": wish(not_weekdays=(3,))}
    said = {"intent": "inform_visit_time", "text": "after 4", "loop": FORM, "requested": "visit"}
    wished = turn("validate_booking_form", slots=slots, **said).slots["visit_wish"]
    assert wished["not_weekdays"] == [3]
    assert wished["bound"] == "after"


def test_anything_sooner_offers_what_lies_before_the_first_offer(turn, visits):
    later = [visits[-1].id]
    said = {"intent": "inform_visit_time", "text": "anything sooner?", "loop": FORM, "requested": "visit"}
    outcome = turn("validate_booking_form", slots={"offered_visits": later}, **said)
    asked = turn("action_ask_booking_form_visit", loop=FORM, slots=outcome.slots)
    assert asked.said == ["utter_ask_visit_sooner"]
    assert all(visit_id.split("/")[2] < later[0].split("/")[2] for visit_id in asked.slots["offered_visits"])


def test_the_soonest_of_the_offers_is_taken(turn, visits):
    said = {"intent": "inform_visit_time", "text": "as soon as possible", "loop": FORM, "requested": "visit"}
    outcome = turn("validate_booking_form", slots={"offered_visits": [visit.id for visit in visits]}, **said)
    assert outcome.slots["visit"] == visits[0].id


def test_who_has_been_before_gets_a_follow_up_at_the_same_time(turn, visits):
    said = {"intent": "affirm", "text": "yes", "loop": FORM, "requested": "patient"}
    outcome = turn("validate_booking_form", slots={"visit": visits[0].id}, **said)
    assert outcome.slots["patient"] == "existing"
    assert outcome.slots["visit"].split("/")[1] == "follow_up"


def test_a_reason_in_any_words_is_kept(turn):
    said = {"intent": "describe_symptoms", "text": "my nails are thick", "loop": FORM, "requested": "visit_reason"}
    assert turn("validate_booking_form", **said).slots["visit_reason"] == "my nails are thick"


def test_a_reason_that_needs_a_safety_question_is_asked_about_before_booking(turn):
    case = {"findings": [{"id": "loc_heel_bottom", "status": "present"}]}
    said = {"intent": "describe_symptoms", "text": "heel pain", "loop": FORM, "requested": "visit_reason"}
    outcome = turn("validate_booking_form", slots={"case": case, "screening_answer": "clear"}, **said)
    assert outcome.slots["screening_answer"] is None


def test_the_address_is_not_asked_for_again_once_it_was_offered(turn):
    said = {"intent": "inform_contact", "text": "Maria Lopez 202 555 0142", "loop": FORM, "requested": "visitor_name"}
    assert turn("validate_booking_form", **said).slots["visitor_email"] == ""


def test_everything_told_with_the_wish_to_book_is_not_asked_again(turn):
    text = "new patient, my name is Maria Lopez, 202 555 0142, m.lopez@gmail.com, can I come tomorrow morning"
    slots = turn("action_open_booking", intent="request_booking", text=text).slots
    assert slots["visitor_name"] == "Maria Lopez"
    assert slots["visitor_phone"] == "+12025550142"
    assert slots["visitor_email"] == "m.lopez@gmail.com"
    assert slots["patient"] == "new"


def test_the_first_words_of_the_complaint_are_the_reason(turn):
    case = {"complaint": "my heel hurts in the morning"}
    assert turn("action_open_booking", intent="request_booking", slots={"case": case}).slots["visit_reason"] == (
        "my heel hurts in the morning"
    )


def test_contact_details_are_no_reason_for_the_visit(turn):
    said = {"intent": "inform_contact", "text": "Maria Lopez 202 555 0142", "loop": FORM, "requested": "visit_reason"}
    slots = turn("validate_booking_form", **said).slots
    assert (slots["visitor_name"], slots["visitor_phone"]) == ("Maria Lopez", "+12025550142")
    assert not slots.get("visit_reason")


@pytest.mark.parametrize("text", ["Yes, book it", "ok, please book that one", "go ahead and book it now!"])
def test_the_words_of_the_button_confirm_the_visit_too(turn, text):
    said = {"intent": "request_booking", "text": text, "loop": FORM, "requested": "booking_confirmed"}
    assert turn("validate_booking_form", **said).slots["booking_confirmed"] is True


@pytest.mark.parametrize(
    "text", ["book something else", "no, book a later one", "book it for Tuesday", "book it for my wife"]
)
def test_a_wish_for_another_visit_confirms_nothing(turn, text):
    said = {"intent": "request_booking", "text": text, "loop": FORM, "requested": "booking_confirmed"}
    assert not turn("validate_booking_form", **said).slots.get("booking_confirmed")


def test_an_emergency_is_offered_no_visit(turn):
    outcome = turn("action_open_booking", intent="request_booking", slots={"urgency": "emergency"})
    assert outcome.said == ["utter_call_emergency"]
    assert outcome.slots == {"booking_open": False}


def test_what_has_to_be_seen_today_is_offered_visits_of_today_only(turn, clock):
    now = clock("2027-03-01 08:00")  # a Monday
    slots = {"urgency": "same_day"}
    assert turn("action_open_booking", intent="request_booking", slots=slots).slots["booking_open"]
    offered = turn("action_ask_booking_form_visit", loop=FORM, slots=slots)
    assert offered.said == ["utter_ask_visit_today"]
    assert {visit_id.split("/")[2][:10] for visit_id in offered.slots["offered_visits"]} == {now.date().isoformat()}


def test_who_has_a_visit_is_told_so_before_another_is_booked(turn, visits):
    turn("action_submit_booking", slots=filled(visits[0]))
    assert turn("action_open_booking", intent="request_booking").said == ["utter_already_booked"]
    assert turn("action_open_booking", intent="request_another_visit").slots["booking_open"]


def test_too_many_visits_under_one_number_lead_to_a_call_back(turn):
    free = offer_visits(wiring.practice(), wiring.now(), limit=9)
    for number, visit in enumerate(free[:4]):
        book_visit(VisitRequest(f"key {number}", str(uuid.uuid4()), visit, Contact("Maria Lopez", "+12025550142")))
    outcome = turn("action_submit_booking", slots=filled(free[8]))
    assert outcome.said == ["utter_booking_limit"]
    assert outcome.slots["outcome"] == "call_back"


def test_a_second_question_about_the_practice_is_answered_too(turn):
    said = {"intent": "ask_hours", "text": "what are your hours and does insurance cover this"}
    outcome = turn("action_answer_practice_question", entities=[("beside", "ask_insurance")], **said)
    answers = wiring.practice().answers
    assert [message["answer"] for message in outcome.messages] == [f"{answers['hours']}\n\n{answers['insurance']}"]


def test_a_wish_to_come_beside_a_question_opens_the_booking_with_its_day(turn):
    said = {"intent": "ask_place", "text": "where are you and can I come tomorrow"}
    outcome = turn("action_answer_practice_question", entities=[("beside", "request_booking")], **said)
    assert outcome.followup == FORM
    assert outcome.slots["visit_wish"]["date"]


def test_a_question_beside_the_wish_to_book_is_answered_first(turn):
    said = {"intent": "request_booking", "text": "book a visit, and what does it cost"}
    outcome = turn("action_open_booking", entities=[("beside", "ask_cost")], **said)
    assert outcome.messages[0]["answer"] == wiring.practice().answers["cost"]
    assert outcome.slots["booking_open"]


def noted(outcome):
    return [message["details"] for message in outcome.messages if message["response"] == "utter_details_noted"]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("John Smith", "the name John Smith"),
        ("301 555 0123", "the phone number 301 555 0123"),
        ("my name is Ann Lee, 301 555 0123", "the name Ann Lee, the phone number 301 555 0123"),
    ],
)
def test_contact_details_given_while_a_visit_is_asked_for_are_taken_and_thanked_for_once(turn, text, details):
    outcome = turn("validate_booking_form", intent="inform_contact", text=text, loop=FORM, requested="visit")
    assert noted(outcome) == [details]


def test_contact_details_that_were_asked_for_get_no_thanks(turn):
    heard = {"intent": "inform_contact", "text": "Ann Lee 301 555 0123"}
    assert noted(turn("validate_booking_form", loop=FORM, requested="visitor_name", **heard)) == []


@pytest.mark.parametrize(
    "known",
    [{"patient": "existing"}, {"moving": "FT-7K3M9Q"}, {"another_visit": True}, {"booking_reference": "FT-7K3M9Q"}],
)
def test_only_a_first_visit_is_called_free(turn, known):
    assert turn("action_ask_booking_form_visit", loop=FORM).said == ["utter_ask_visit"]
    assert turn("action_ask_booking_form_visit", loop=FORM, slots=known).said == ["utter_ask_visit_again"]


def test_a_bare_yes_to_several_visits_is_asked_which(turn, visits):
    slots = {"offered_visits": [visit.id for visit in visits]}
    outcome = turn("action_take_reply", intent="affirm", text="yes", loop=FORM, requested="visit", slots=slots)
    assert outcome.said == ["utter_which_visit"]


def test_first_time_as_the_answer_who_comes_chooses_no_visit(turn, visits):
    slots = {"offered_visits": [visit.id for visit in visits], "visit": visits[1].id}
    heard = {"intent": "inform_visit_time", "text": "first time", "loop": FORM, "requested": "patient"}
    outcome = turn("validate_booking_form", slots=slots, **heard)
    assert outcome.slots["patient"] == "new"
    assert outcome.slots.get("visit", visits[1].id) == visits[1].id


def test_a_day_alone_is_no_symptom_to_be_screened_before_booking(turn):
    text = "I want an appointment NOW"
    slots = {"case": Case(findings=(Finding("a_new_now"),)).to_json()}
    outcome = turn("action_open_booking", intent="request_booking", text=text, slots=slots)
    assert outcome.slots["screening_answer"] == "clear"


CONTACT = {"intent": "inform_contact", "loop": FORM, "requested": "visitor_name"}


def test_a_letter_for_a_nought_is_read_as_one_and_keeps_the_name(turn):
    slots = turn("validate_booking_form", text="Ann Example 301 515 O123", **CONTACT).slots
    assert (slots["visitor_name"], slots["visitor_phone"]) == ("Ann Example", "+13015150123")


def test_a_bad_number_keeps_the_good_name_and_is_said(turn):
    outcome = turn("validate_booking_form", text="Nina Berg 12345", **CONTACT)
    assert outcome.slots["visitor_name"] == "Nina Berg"
    assert outcome.slots["visitor_phone"] is None
    assert outcome.said == ["utter_phone_invalid"]


def test_a_bad_number_never_replaces_a_good_one(turn):
    known = {"visitor_name": "Ann Example", "visitor_phone": "+13015150123"}
    slots = turn("validate_booking_form", text="301 515 01", slots=known, **CONTACT).slots
    assert slots.get("visitor_phone", known["visitor_phone"]) == known["visitor_phone"]
    assert slots.get("visitor_name", known["visitor_name"]) == known["visitor_name"]


def test_an_extension_is_kept(turn):
    slots = turn("validate_booking_form", text="Ann Example 301-515-0123 ext 12", **CONTACT).slots
    assert slots["visitor_phone"] == "+13015150123;ext=12"


def test_who_wants_no_call_is_reached_by_mail(turn):
    slots = turn("validate_booking_form", text="Ann Example, no phone, only email: ann@gmail.com", **CONTACT).slots
    assert (slots["visitor_name"], slots["visitor_phone"], slots["visitor_email"]) == (
        "Ann Example",
        "",
        "ann@gmail.com",
    )


def test_who_gives_neither_number_nor_address_is_told_that_one_is_needed(turn):
    outcome = turn("validate_booking_form", text="no phone please", intent="deny", loop=FORM, requested="visitor_phone")
    assert outcome.slots["visitor_phone"] is None
    assert outcome.said == ["utter_one_way_needed"]


def test_a_visit_is_booked_with_an_address_alone_and_a_note_for_staff(turn, visits):
    slots = filled(visits[0], visitor_phone="", visitor_email="ann@gmail.com", contact_note="write after 5")
    assert turn("action_submit_booking", slots=slots).said == ["utter_booked", "utter_booked_next"]
    booked = appointments_of(str(uuid.UUID(int=7)))[0]
    assert (booked.contact.phone, booked.contact.email, booked.note) == ("", "ann@gmail.com", "write after 5")


def test_when_to_call_is_noted_and_wishes_for_no_time(turn):
    text = "I want to book, Ann Example (301) 515-0123 (call after 5)"
    slots = turn("action_open_booking", intent="request_booking", text=text).slots
    assert slots["contact_note"] == "call after 5"
    assert slots["visit_wish"] is None


def test_details_beside_symptoms_are_kept_for_the_booking(turn):
    text = "my heel hurts, I'm free tomorrow after 2, new patient, Tom Reed 301-555-0122"
    slots = turn(
        "action_read_findings", intent="describe_symptoms", text=text, entities=[("finding", "loc_heel")]
    ).slots
    assert (slots["visitor_name"], slots["visitor_phone"], slots["patient"]) == ("Tom Reed", "+13015550122", "new")
    assert slots["visit_wish"]["time"] == "14:00:00"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("yes book it please", "request_booking"), ("yes", "affirm"), ("is parking free?", "ask_place")],
)
def test_what_gives_no_reason_is_not_filed_as_one(turn, text, intent):
    said = {"text": text, "intent": intent, "loop": FORM, "requested": "visit_reason"}
    assert not turn("validate_booking_form", **said).slots.get("visit_reason")


@pytest.mark.parametrize("requested", ["booking_confirmed", "visitor_name"])
def test_the_reason_can_be_changed_at_any_time(turn, visits, requested):
    said = {"text": "it is about my other foot", "intent": "describe_symptoms", "loop": FORM, "requested": requested}
    outcome = turn("validate_booking_form", slots=filled(visits[0]), **said)
    assert outcome.slots["visit_reason"] == "my other foot"


def test_the_reason_is_the_complaint_as_it_stands_after_a_correction(turn, visits, knowledge):
    case = Case(findings=(Finding("loc_heel"),), complaint="my toe hurts").to_json()
    slots = filled(visits[0], visit_reason="my toe hurts", case=case, complaint_corrected=True)
    asked = turn("action_ask_booking_form_booking_confirmed", slots=slots)
    assert knowledge.findings["loc_heel"].said in asked.messages[0]["reason"]


def test_a_long_complaint_is_read_back_in_clauses_with_each_side_once(turn, visits, knowledge):
    long = (
        "So my left heel has been giving me real grief at the bakery, and I only sit for ten minutes, so be quick now"
    )
    case = Case(findings=(Finding("loc_heel", side=Side.LEFT), Finding("loc_arch", side=Side.BOTH)), complaint=long)
    opened = turn("action_open_booking", intent="request_booking", slots={"case": case.to_json()}).slots
    slots = filled(visits[0], visit_reason=opened["visit_reason"], case=case.to_json())
    reason = turn("action_ask_booking_form_booking_confirmed", slots=slots).messages[0]["reason"]
    assert "bakery" not in reason
    assert reason.count("on the left") == 1
    assert "on both sides" in reason


def test_a_first_time_of_pain_says_nothing_of_the_first_visit(turn):
    said = {"text": "it is the first time that it hurts", "intent": "describe_symptoms", "loop": FORM}
    assert not turn("validate_booking_form", requested="visit_reason", **said).slots.get("patient")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes book it. My neighbor will drive me.", "inform_visit_time"),
        ("yes, my neighbor will drive me", "describe_symptoms"),
        ("Great, please book it, see you then", "thank"),
    ],
)
def test_a_yes_with_more_words_books(turn, visits, text, intent):
    said = {"intent": intent, "text": text, "loop": FORM, "requested": "booking_confirmed"}
    outcome = turn("validate_booking_form", slots=filled(visits[0]), **said)
    assert outcome.slots["booking_confirmed"] is True
    assert outcome.slots.get("visit", visits[0].id) == visits[0].id


@pytest.mark.parametrize(
    "text", ["yes but make it Friday at 4 instead", "ok, wait, the number is wrong", "yes, is that the first floor?"]
)
def test_a_yes_that_is_taken_back_or_asks_books_nothing(turn, visits, text):
    said = {"intent": "inform_visit_time", "text": text, "loop": FORM, "requested": "booking_confirmed"}
    assert not turn("validate_booking_form", slots=filled(visits[0]), **said).slots.get("booking_confirmed")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("scrap that and put sore arch. then go on", "sore arch"),
        ("Why does it say that twice? It should say corn on the little toe", "corn on the little toe"),
        ("That is not what I said! My arch hurts when I stand", "My arch hurts when I stand"),
    ],
)
def test_a_complaint_about_the_reason_that_was_read_back_is_no_reason(turn, visits, text, reason):
    found = Finding("loc_arch", start=text.lower().find("arch") if "arch" in text else 40)
    said = {"intent": "describe_symptoms", "text": text, "loop": FORM, "requested": "booking_confirmed"}
    outcome = turn("validate_booking_form", slots=filled(visits[0]), entities=[("finding", found)], **said)
    assert outcome.slots["visit_reason"] == reason


def test_the_visit_of_somebody_else_has_the_patients_name_and_notes_who_booked(turn, visits):
    text = "I'm her father, Omar Haddad, 202-555-0136. My daughter is Lina"
    said = {"intent": "inform_contact", "text": text, "loop": FORM, "requested": "visitor_name"}
    slots = turn("validate_booking_form", slots=filled(visits[0], visitor_name=None), **said).slots
    assert slots["visitor_name"] == "Lina"
    assert "Omar Haddad" in slots["contact_note"]


def test_a_side_that_all_of_the_complaint_shares_is_read_back_once(turn, visits):
    told = tuple(Finding(name, side=Side.LEFT) for name in ("loc_heel", "loc_arch", "loc_toes"))
    case = Case(findings=told, complaint="my toe hurts").to_json()
    slots = filled(visits[0], visit_reason="my toe hurts", case=case, complaint_corrected=True)
    reason = turn("action_ask_booking_form_booking_confirmed", slots=slots).messages[0]["reason"]
    assert reason.count("left") == 1


def test_a_wish_for_a_time_in_the_interview_is_kept_for_the_booking(turn):
    said = {"intent": "ask_tests", "text": "Could he get a scan on Friday after 4?", "loop": "symptom_interview_form"}
    slots = turn("action_read_findings", **said).slots
    assert slots["booking_wanted"] is True
    assert slots["visit_wish"]["bound"] == "after"
