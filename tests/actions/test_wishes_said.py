"""What was understood of a wish is said, kept over the turns, and nothing else is called fitting."""

import uuid

import pytest

from actions import wiring
from actions.wish_slots import added_wish
from actions.wish_words import wish_words
from bot.booking.appointments import book_visit, offer_visits
from bot.booking.schedule.meeting_wishes import meets
from bot.booking.visits import Contact, VisitRequest
from bot.booking.wish_json import wish_from_json, wish_to_json
from bot.booking.wish_reader import read_wish

pytestmark = pytest.mark.django_db

FORM = "booking_form"
HERE = str(uuid.UUID(int=7))


@pytest.fixture(autouse=True)
def monday(clock):
    return clock("2026-11-30 08:00")


def read(text):
    return read_wish(text, wiring.now(), wiring.practice())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thursday after 4", "Thursday, December 3 after 4 PM"),
        (
            "monday the 14th or tuesday the 15th after 1pm",
            "Monday, December 14 after 1 PM or Tuesday, December 15 after 1 PM",
        ),
        ("weekdays after 4", "Weekdays after 4 PM"),
        ("anytime but wednesdays", "Not Wednesdays"),
        ("the week before Christmas", "Friday, December 18 to Thursday, December 24"),
        ("after the holidays", "From Saturday, January 2 on"),
        ("last thing on thursday", "Thursday, December 3 as late as possible"),
        ("mornings but not Thursday morning", "In the morning, not Thursdays in the morning"),
        ("between 2 and 4 with a woman", "Between 2 PM and 4 PM, with a woman"),
        ("in January on a Tuesday", "Tuesdays, Friday, January 1 to Sunday, January 31"),
    ],
)  # fmt: skip
def test_a_wish_is_said_in_words(text, words):
    assert wish_words(read(text)) == words


@pytest.mark.parametrize(
    "text", ["friday after 3", "tomorrow or thursday afternoon", "not Tuesday and not after 2", "next week at 10"]
)
def test_only_times_that_fit_are_called_fitting(turn, text):
    offered = turn("action_ask_booking_form_visit", loop=FORM, slots={"visit_wish": wish_to_json(read(text))})
    said = offered.said[-1]
    visits = offer_visits(wiring.practice(), wiring.now(), limit=500)
    known = {visit.id: visit for visit in visits}
    if said == "utter_ask_visit_fitting":
        assert all(
            meets(known[one], read(text), wiring.practice()) for one in offered.slots["offered_visits"] if one in known
        )
        assert offered.messages[-1]["wish"] == wish_words(read(text))


def test_asked_for_late_on_a_day_without_it_the_latest_is_offered_and_other_days_at_that_time(turn):
    wished = {"visit_wish": wish_to_json(read("friday after 4"))}
    offered = turn("action_ask_booking_form_visit", loop=FORM, slots=wished)
    assert offered.said == ["utter_ask_visit_near"]
    starts = [one.split("/")[2] for one in offered.slots["offered_visits"]]
    assert starts[0].startswith("2026-12-04T15:30")
    assert all(start[11:16] >= "16:00" for start in starts[1:])


@pytest.mark.parametrize(
    ("text", "closed"),
    [("on christmas day", "Friday, December 25 (Christmas Day)"), ("this saturday", "Saturday, December 5")],
)
def test_a_closed_day_is_named_as_closed(turn, text, closed):
    offered = turn("action_ask_booking_form_visit", loop=FORM, slots={"visit_wish": wish_to_json(read(text))})
    assert offered.said == ["utter_ask_visit_near_closed"]
    assert offered.messages[-1]["closed"] == closed


def test_words_about_a_time_that_nothing_was_read_in_are_said_to_be_unread(turn):
    said = {"intent": "inform_visit_time", "text": "when the moon is full", "loop": FORM, "requested": "visit"}
    offered = turn("action_ask_booking_form_visit", loop=FORM, slots=turn("validate_booking_form", **said).slots)
    assert offered.said == ["utter_ask_visit_unread"]


def test_a_wish_of_which_a_part_was_not_read_is_not_called_met(turn):
    text = "thursday after my yoga class"
    said = {"intent": "inform_visit_time", "text": text, "loop": FORM, "requested": "visit"}
    slots = turn("validate_booking_form", **said).slots
    offered = turn("action_ask_booking_form_visit", slots=slots, **said)
    assert offered.said == ["utter_ask_visit_partly"]
    assert offered.messages[0]["wish"] == "Thursday, December 3"


def test_a_day_that_is_over_or_never_comes_is_said_to_be_so(turn):
    said = {"intent": "inform_visit_time", "text": "february 30", "loop": FORM}
    assert turn("action_ask_booking_form_visit", **said).said[0] == "utter_day_impossible"


def test_a_time_said_later_is_meant_for_all_days_named_before():
    older = wish_from_json(wish_to_json(read("December 8, 10 or 14, but not in the morning")))
    both = added_wish(older, read("after 3"))
    assert [(one.date.day, one.time.hour, one.bound) for one in both.when.options] == [
        (8, 15, "after"), (10, 15, "after"), (14, 15, "after"),
    ]  # fmt: skip


def test_what_is_ruled_out_later_is_ruled_out_of_what_was_wished():
    both = added_wish(read("next week, not Thursday afternoon"), read("not on Monday"))
    assert both.when.not_weekdays == (0,)
    assert both.when.excluded
    assert both.when.date.isoformat() == "2026-12-07"


@pytest.fixture
def booked():
    visit = offer_visits(wiring.practice(), wiring.now(), limit=9)[5]
    return book_visit(VisitRequest("key", HERE, visit, Contact("Maria Lopez", "+12025550142")))


def test_the_same_time_is_that_of_the_visit_that_is_moved(turn, booked):
    text = "can we move it to december 10, same time"
    moved = turn("action_find_booking", intent="change_booking", text=text)
    assert moved.slots["visit_wish"]["time"] == booked.visit.start.time().isoformat()
    assert moved.slots["visit_wish"]["date"] == "2026-12-10"


def test_not_the_one_from_last_time_is_not_the_clinician_of_the_last_visit(turn, booked):
    text = "tuesday but not with the one I saw last time"
    said = {"intent": "inform_visit_time", "text": text, "loop": FORM, "requested": "visit"}
    wish = turn("validate_booking_form", **said).slots["visit_wish"]
    assert wish["not_clinician_id"] == booked.visit.clinician_id


def test_a_wish_for_somebody_nobody_knows_reaches_staff(turn):
    said = {"intent": "inform_visit_time", "text": "not the one I saw last time", "loop": FORM}
    outcome = turn("action_ask_booking_form_visit", **said)
    assert outcome.said[0] == "utter_person_unknown"
    assert outcome.slots["contact_note"] == "not the one I saw last time"


def test_two_people_are_booked_one_after_the_other(turn, booked):
    said = {"intent": "request_booking", "text": "for me and my husband", "loop": FORM}
    outcome = turn("action_ask_booking_form_visit", **said)
    assert outcome.said[0] == "utter_two_people"
    assert outcome.slots["second_person"] is True
