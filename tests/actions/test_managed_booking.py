"""A booked visit is found again, moved, cancelled, or made earlier."""

import re
import uuid

import pytest

from actions import wiring
from bot.booking.appointments import appointments_of, book_visit, cancel_visit, find_by_reference, offer_visits
from bot.booking.mails.outbox import send_due
from bot.booking.outbox_models import MailRow
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import AppointmentState, Contact, VisitRequest
from tests.servers.mail import MailServer

pytestmark = pytest.mark.django_db

HERE = "00000000-0000-0000-0000-000000000007"
PHONE = "+12025550142"


def mail_settings(port):
    return {
        "INSTEP_PUBLIC_URL": "https://feet.example",
        "INSTEP_SMTP_HOST": "127.0.0.1",
        "INSTEP_SMTP_PORT": str(port),
        "INSTEP_SMTP_SECURITY": "none",
        "INSTEP_MAIL_FROM": "bookings@practice.example",
    }


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
    assert slots == {"lookup_reference": elsewhere.reference, "lookup_phone": PHONE, "requested_slot": None}


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


@pytest.mark.parametrize(
    "words",
    [
        "yes cancel",
        "yes please cancel it",
        "cancel it",
        "yep, call it off",
        "go ahead",
        "I don't need it any more, cancel",
    ],
)
@pytest.mark.parametrize(
    ("action", "intent"), [("action_find_booking", "cancel_booking"), ("action_cancel_form", "cancel")]
)
def test_a_yes_that_says_cancel_cancels_however_it_is_read(turn, words, action, intent):
    booked = book()
    asked = turn("action_find_booking", intent="cancel_booking", text="cancel my visit")
    assert turn(action, intent=intent, text=words, slots=asked.slots).said == ["utter_visit_cancelled"]
    assert find_by_reference(booked.reference).state is AppointmentState.CANCELLED


@pytest.mark.parametrize("words", ["no don't cancel it", "keep it", "never mind", "no, leave it"])
def test_words_that_keep_the_visit_never_cancel_it(turn, words):
    booked = book()
    asked = turn("action_find_booking", intent="cancel_booking", text="cancel my visit")
    for action, intent in (("action_find_booking", "cancel_booking"), ("action_cancel_form", "cancel")):
        assert turn(action, intent=intent, text=words, slots=asked.slots).said == ["utter_visit_kept"]
    assert find_by_reference(booked.reference).state is AppointmentState.CONFIRMED


def test_moving_instead_of_cancelling_opens_the_move(turn):
    book()
    asked = turn("action_find_booking", intent="cancel_booking", text="cancel my visit")
    moved = turn("action_find_booking", intent="change_booking", text="no, move it instead", slots=asked.slots)
    assert moved.followup == "booking_form"


def test_asking_whether_to_cancel_closes_what_is_open(turn):
    book()
    assert turn("action_find_booking", intent="cancel_booking", loop="symptom_interview_form").closes_form


def test_cancelling_the_appointment_that_is_being_made_stops_the_booking(turn):
    outcome = turn("action_find_booking", intent="cancel_booking", text="cancel the appointment", loop="booking_form")
    assert outcome.said == ["utter_cancelled"]
    assert outcome.closes_form


def test_a_visit_that_was_looked_up_is_not_asked_for_again(turn, elsewhere):
    looked_up = {"booking_task": "show", "lookup_reference": elsewhere.reference, "lookup_phone": PHONE}
    shown = turn("action_manage_booking", slots=looked_up)
    assert turn("action_find_booking", intent="cancel_booking", text="Cancel it", slots=shown.slots).said == [
        "utter_ask_cancel_visit"
    ]


LOOKUP = {"loop": "booking_lookup_form", "intent": "inform_contact"}


@pytest.mark.parametrize("words", ["I don't have it", "I lost the number", "no idea", "what reference?"])
def test_who_has_no_reference_is_asked_for_name_and_phone(turn, words):
    asked = turn("validate_booking_lookup_form", text=words, requested="lookup_reference", loop="booking_lookup_form")
    assert asked.slots["lookup_reference"] == "-"
    assert asked.slots["requested_slot"] == "lookup_name"


def test_name_and_phone_in_place_of_the_reference_are_taken_at_once(turn, elsewhere):
    told = turn(
        "validate_booking_lookup_form", text="Maria Lopez, 202 555 0142", requested="lookup_reference", **LOOKUP
    )
    assert (told.slots["lookup_name"], told.slots["lookup_phone"]) == ("Maria Lopez", PHONE)


def test_without_a_mail_server_the_practice_calls_who_lost_the_reference(turn, elsewhere):
    lost = {"booking_task": "cancel", "lookup_reference": "-", "lookup_name": "Maria Lopez", "lookup_phone": PHONE}
    assert turn("validate_booking_lookup_form", slots=lost, **LOOKUP).slots["requested_slot"] is None
    assert turn("action_manage_booking", slots=lost).said == ["utter_lookup_call_back"]
    assert [call.contact.phone for call in staff_queue().call_backs] == [PHONE]
    assert find_by_reference(elsewhere.reference).state is AppointmentState.CONFIRMED


@pytest.mark.django_db(transaction=True)
def test_a_code_sent_to_the_address_of_the_visit_opens_it(turn, configured):
    with MailServer() as server:
        mail = configured(**mail_settings(server.port)).mail
        booked = book(conversation=str(uuid.uuid4()), email="maria@example.org")
        lost = {"booking_task": "cancel", "lookup_reference": "-", "lookup_name": "maria lopez", "lookup_phone": PHONE}
        asked = turn("action_ask_booking_lookup_form_lookup_code", slots=lost)
        assert asked.said == ["utter_ask_code"]
        send_due(wiring.practice(), mail)
        written = server.inbox.messages("maria@example.org")[-1].get_body().get_content()
    code = re.search(r"\b\d{6}\b", written)[0]
    typing = {"requested": "lookup_code", "slots": lost, **LOOKUP}
    wrong = turn("validate_booking_lookup_form", text=f"{(int(code) + 1) % 10**6:06d}", **typing)
    assert wrong.said == ["utter_code_wrong"]
    right = turn("validate_booking_lookup_form", text=f"it is {code[:3]} {code[3:]}", **typing)
    assert right.slots["lookup_code"] == code
    done = turn("action_manage_booking", slots={**lost, **right.slots})
    assert done.said == ["utter_ask_cancel_visit"]
    assert done.slots["booking_managed"] == booked.reference


def test_who_is_no_patient_is_told_the_same_and_sent_nothing(turn, configured):
    configured(**mail_settings(25))
    stranger = {"lookup_reference": "-", "lookup_name": "Ann Other", "lookup_phone": "+12025550111"}
    assert turn("action_ask_booking_lookup_form_lookup_code", slots=stranger).said == ["utter_ask_code"]
    assert not MailRow.objects.exists()


def test_after_too_many_wrong_codes_the_practice_calls(turn, configured):
    configured(**mail_settings(25))
    lost = {"lookup_reference": "-", "lookup_name": "Maria Lopez", "lookup_phone": PHONE, "lookups": 2}
    told = turn("validate_booking_lookup_form", text="123456", requested="lookup_code", slots=lost, **LOOKUP)
    assert turn("action_manage_booking", slots={**lost, **told.slots}).said == ["utter_lookup_call_back"]


def test_running_late_reaches_staff(turn):
    booked = book()
    assert turn("action_find_booking", intent="report_lateness", text="running 10 min late").said == [
        "utter_lateness_noted"
    ]
    queued = staff_queue().changed
    assert [(one.reference, one.attention.value, one.note) for one in queued] == [
        (booked.reference, "late", "running 10 min late")
    ]


def test_who_booked_elsewhere_and_comes_late_gives_name_and_number_only(turn, elsewhere):
    opened = turn("action_find_booking", intent="report_lateness", text="stuck in traffic, I'll be late")
    told = turn(
        "validate_booking_lookup_form",
        text="Maria Lopez 202-555-0142",
        requested="lookup_name",
        slots=opened.slots,
        **LOOKUP,
    )
    assert told.slots["requested_slot"] is None
    said = turn("action_manage_booking", slots={**opened.slots, **told.slots}).said
    assert said == ["utter_lateness_passed_on"]
    assert find_by_reference(elsewhere.reference).note == "stuck in traffic, I'll be late"


def test_a_late_visitor_who_is_not_found_becomes_a_call_for_staff(turn):
    late = {"booking_task": "late", "lookup_name": "Ann Other", "lookup_phone": PHONE, "visit_note": "late by an hour"}
    assert turn("action_manage_booking", slots=late).said == ["utter_lateness_passed_on"]
    assert [call.reason for call in staff_queue().call_backs] == ["late by an hour"]


def test_the_first_words_can_ask_for_the_waiting_list(turn):
    opened = turn("action_find_booking", intent="request_earlier_visit", text="put me on the cancellation list")
    assert opened.followup == "waiting_list_form"
    told = turn(
        "validate_waiting_list_form",
        text="Ann Example 301-515-0123",
        intent="inform_contact",
        loop="waiting_list_form",
        requested="visitor_name",
    )
    joined = turn("action_join_waiting_list", slots=told.slots)
    assert joined.said == ["utter_waiting_listed"]
    assert [entry.contact.name for entry in staff_queue().waiting] == ["Ann Example"]


def test_who_speaks_of_an_own_visit_is_not_put_on_the_list_as_somebody_new(turn):
    text = "can I get on the cancellation list, my appointment is too far away"
    assert turn("action_find_booking", intent="request_earlier_visit", text=text).slots["lookup_open"] is True


def test_a_yes_in_other_words_moves_the_visit(turn):
    booked = book()
    goal = offer_visits(wiring.practice(), wiring.now(), limit=9)[7]
    slots = {"moving": booked.reference, "visit": goal.id}
    for words in ("yes move it", "please change it", "ok, do it"):
        outcome = turn(
            "validate_booking_form",
            text=words,
            intent="change_booking",
            loop="booking_form",
            slots=slots,
            requested="booking_confirmed",
        )
        assert outcome.slots["booking_confirmed"] is True


def test_a_question_about_the_visit_that_is_being_booked_is_answered_without_a_reference(turn):
    said = {"intent": "look_up_booking", "text": "So did you book that?", "loop": "booking_form"}
    outcome = turn("action_find_booking", requested="booking_confirmed", **said)
    assert outcome.messages[0]["response"] == "utter_not_booked_yet"
    assert outcome.slots["lookup_open"] is False


@pytest.mark.parametrize("text", ["I was asking for an appointment before my trip", "I haven't booked anything yet"])
def test_who_wants_an_appointment_is_asked_for_no_reference(turn, text):
    outcome = turn("action_find_booking", intent="look_up_booking", text=text)
    assert outcome.slots["lookup_open"] is False
    assert outcome.slots["booking_open"] is True


def test_who_has_no_visit_leaves_the_search_for_a_booking(turn):
    said = {"intent": "deny", "text": "but I don't have an appointment, I want one next week"}
    searched = turn("validate_booking_lookup_form", loop="booking_lookup_form", requested="lookup_reference", **said)
    assert searched.slots["requested_slot"] is None
    outcome = turn("action_manage_booking", slots={"booking_task": searched.slots["booking_task"]}, **said)
    assert outcome.slots["booking_open"] is True
