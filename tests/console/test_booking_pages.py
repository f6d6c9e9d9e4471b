"""What staff see of bookings, what they do with them, and that each leaves a row."""

import datetime as dt

import pytest
from django.utils import timezone

from bot.booking.appointments import (
    book_visit,
    change_visit,
    find_by_reference,
    join_waiting_list,
    offer_visits,
    request_call_back,
    waiting_list,
)
from bot.booking.lateness import note_lateness
from bot.booking.requests import CallBackState, WaitingRequest
from bot.booking.staff_queue import closed_call_backs, staff_queue
from bot.booking.visits import AppointmentState, Attention, Contact, Party, Patient, VisitRequest
from bot.case import Urgency
from bot.console.models import AuditRow
from bot.console.pages import practice
from bot.inbox.delivery import start_conversation

pytestmark = pytest.mark.django_db

PAT = Contact("Pat <b>Quill</b>", "+13015550187", "pat@example.org")


def earliest():
    """Before opening time: late in a day only one time may be left on it."""
    return (timezone.now() + dt.timedelta(days=3)).replace(hour=6, minute=0, second=0, microsecond=0)


def booked(number=0, conversation=None):
    visits = offer_visits(practice(), earliest(), limit=9)
    conversation = conversation or start_conversation()[0]
    return book_visit(
        VisitRequest(f"key {number}", conversation, visits[number], PAT, "sore heel", Patient.NEW, Urgency.SOON)
    )


def rows(action, subject=""):
    return AuditRow.objects.filter(action=action, **({"subject": subject} if subject else {})).count()


def do(client, reference, action, **form):
    return client.post(f"/staff/bookings/{reference}/{action}/", form, follow=True).content.decode()


def test_the_queue_shows_call_backs_before_everything_else(staff):
    visit = booked()
    waiting = booked(1)
    join_waiting_list(
        WaitingRequest("key", waiting.conversation_id, waiting.reference), now=timezone.now(), practice=practice()
    )
    call = request_call_back(start_conversation()[0], PAT, "cost", "key", urgency=Urgency.SAME_DAY)
    page = staff().get("/staff/bookings/").content.decode()
    places = [page.index(text) for text in (call, waiting_list()[0].reference, f'"/staff/bookings/{visit.reference}/"')]
    assert places == sorted(places)
    assert "(301) 555-0187" in page and "tel:+13015550187" in page


def test_names_are_shown_as_text_never_as_markup(staff):
    booked()
    page = staff().get("/staff/bookings/").content.decode()
    assert "Pat &lt;b&gt;Quill&lt;/b&gt;" in page and "<b>Quill" not in page


def test_an_empty_queue_says_so(staff):
    page = staff().get("/staff/bookings/").content.decode()
    assert "Nobody is waiting for a call." in page


def test_accepting_takes_a_visit_out_of_the_queue(staff):
    visit = booked()
    client = staff()
    assert "out of the queue" in do(client, visit.reference, "accept", sequence=visit.sequence)
    assert visit.reference not in client.get("/staff/bookings/").content.decode()
    assert find_by_reference(visit.reference).handled_by == "ann@example.org"
    assert rows("accept_visit", visit.reference) == 1


def test_the_second_of_two_members_of_staff_is_told_who_was_faster(staff):
    visit = booked()
    do(staff(), visit.reference, "accept", sequence=visit.sequence)
    page = do(staff("ben@example.org"), visit.reference, "accept", sequence=visit.sequence)
    assert "ann@example.org was faster" in page
    assert find_by_reference(visit.reference).handled_by == "ann@example.org"


def test_what_the_visitor_changed_meanwhile_is_not_accepted_unseen(staff):
    visit = booked()
    other = offer_visits(practice(), earliest(), limit=9)[5]
    change_visit(visit.reference, other, by=Party.VISITOR, now=timezone.now())
    assert "changed meanwhile" in do(staff(), visit.reference, "accept", sequence=visit.sequence)
    assert find_by_reference(visit.reference).attention is Attention.MOVED_BY_VISITOR


def test_a_visit_page_shows_everything_and_its_history(staff):
    visit = booked()
    client = staff()
    do(client, visit.reference, "accept", sequence=0)
    page = client.get(f"/staff/bookings/{visit.reference}/").content.decode()
    for text in ("sore heel", "new patient", "pat@example.org", "Accepted by ann@example.org", "Soon"):
        assert text in page
    assert rows("read_visit", visit.reference) == 1


def test_a_visit_that_does_not_exist_is_not_found(staff):
    client = staff()
    assert client.get("/staff/bookings/FT-777777/").status_code == 404
    assert client.post("/staff/bookings/FT-777777/accept/").status_code == 404
    assert rows("accept_visit") == 0


def test_a_visit_is_moved_to_a_time_that_is_free(staff):
    visit, client = booked(), staff()
    page = client.get(f"/staff/bookings/{visit.reference}/move/?day={visit.visit.start.date()}").content.decode()
    free = offer_visits(practice(), earliest(), limit=9)
    goal = next(one for one in free if one.start.date() == visit.visit.start.date())
    assert goal.id in page
    for _pressed in range(2):
        assert "The visit is moved." in do(client, visit.reference, "moved", visit=goal.id, sequence=0, back="visit")
    moved = find_by_reference(visit.reference)
    assert (moved.visit, moved.state, moved.handled_by) == (goal, AppointmentState.CHANGED, "ann@example.org")
    assert moved.sequence == 1


@pytest.mark.parametrize("chosen", ["", "clinician_1/follow_up/2020-01-01T10:00:00-05:00", "x/y/z"])
def test_a_visit_is_not_moved_to_a_time_that_is_not_offered(staff, chosen):
    visit = booked()
    assert "not free any more" in do(staff(), visit.reference, "moved", visit=chosen)
    assert find_by_reference(visit.reference) == visit
    assert rows("move_visit") == 0


@pytest.mark.parametrize(("action", "state"), [("decline", "declined"), ("cancel", "cancelled")])
def test_a_visit_is_declined_or_cancelled(staff, action, state):
    visit = booked()
    do(staff(), visit.reference, action, sequence=0, back="visit")
    assert find_by_reference(visit.reference).state == state
    assert rows(f"{action}_visit", visit.reference) == 1


def test_a_declined_visit_cannot_be_declined_by_somebody_else(staff):
    visit, client = booked(), staff()
    for _pressed in range(2):
        assert "The visit is declined." in do(client, visit.reference, "decline", sequence=0)
    assert "cancelled, declined or over" in do(staff("ben@example.org"), visit.reference, "decline", sequence=0)


def test_a_call_is_closed_with_a_note_and_can_be_opened_again(staff):
    reference, client = request_call_back(start_conversation()[0], PAT, "", "key"), staff()
    address = f"/staff/bookings/calls/{reference}/"
    client.post(address, {"state": "not_reached", "note": "voicemail, <try> Monday"})
    assert [one.state for one in closed_call_backs()] == [CallBackState.NOT_REACHED]
    page = client.get("/staff/bookings/calls/").content.decode()
    assert "voicemail, &lt;try&gt; Monday" in page and "Not reached" in page
    client.post(address, {"state": "open", "note": "voicemail"})
    assert [one.state for one in staff_queue().call_backs] == [CallBackState.OPEN]
    assert rows("call_back_not_reached", reference) == rows("call_back_open", reference) == 1


@pytest.mark.parametrize("form", [{}, {"state": "lost"}, {"state": "done", "note": "x" * 501}])
def test_a_call_is_not_closed_by_a_form_that_cannot_be_read(staff, form):
    reference = request_call_back(start_conversation()[0], PAT, "", "key")
    staff().post(f"/staff/bookings/calls/{reference}/", form)
    assert [one.state for one in staff_queue().call_backs] == [CallBackState.OPEN]


@pytest.mark.parametrize("text", ["(301) 555-0187", "PAT@example.org", "reference"])
def test_a_visit_is_found_by_phone_address_or_reference(staff, text):
    visit = booked()
    text = visit.reference.lower() if text == "reference" else text
    page = staff().post("/staff/bookings/found/", {"text": text}).content.decode()
    assert visit.reference in page
    assert rows("find_visits") == 1


@pytest.mark.parametrize("text", ["", "Quill", "555", "x" * 300, "%"])
def test_nothing_is_found_by_less_than_a_whole_number_or_address(staff, text):
    visit = booked()
    assert visit.reference not in staff().post("/staff/bookings/found/", {"text": text}).content.decode()


def test_a_place_on_the_waiting_list_is_closed(staff):
    visit = booked()
    request = WaitingRequest("key", visit.conversation_id, visit.reference)
    entry = join_waiting_list(request, now=timezone.now(), practice=practice())
    staff().post(f"/staff/bookings/waiting/{entry.reference}/")
    assert waiting_list() == ()


def test_coming_visits_are_listed_page_by_page(staff):
    visit, client = booked(), staff()
    assert visit.reference in client.get("/staff/bookings/coming/").content.decode()
    assert visit.reference not in client.get("/staff/bookings/coming/?from=50").content.decode()
    assert client.get("/staff/bookings/coming/?from=-1").status_code == 200


@pytest.mark.parametrize("action", ["accept", "decline", "cancel", "moved"])
def test_nothing_is_done_by_following_a_link(staff, action):
    visit = booked()
    assert staff().get(f"/staff/bookings/{visit.reference}/{action}/").status_code == 405


@pytest.mark.parametrize("path", ["", "coming/", "calls/", "FT-777777/", "FT-777777/move/"])
def test_a_stranger_sees_no_booking(client, path):
    assert client.get(f"/staff/bookings/{path}")["Location"].startswith("/staff/account/login/")


def test_who_comes_late_stands_in_the_queue_with_what_was_said(staff):
    visit, client = booked(), staff()
    do(client, visit.reference, "accept", sequence=visit.sequence)
    note_lateness(visit.reference, "10 min late, <traffic>", now=timezone.now())
    page = client.get("/staff/bookings/").content.decode()
    assert "Comes late" in page and "10 min late, &lt;traffic&gt;" in page
    do(client, visit.reference, "accept", sequence=visit.sequence)
    assert visit.reference not in client.get("/staff/bookings/").content.decode()
