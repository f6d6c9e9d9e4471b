import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from bot.api.wording import practice
from bot.booking.appointments import (
    book_visit,
    cancel_visit,
    decline_visit,
    expire_holds,
    find_by_reference,
    link_token,
    offer_visits,
    offered_visit,
)
from bot.booking.freed_visits import offer_freed_visits
from bot.booking.models import AppointmentRow
from bot.booking.requests import WaitingRequest
from bot.booking.visits import AppointmentState, Attention, Contact, VisitRequest, When
from bot.booking.waiting import join_waiting_list
from bot.case import Urgency

pytestmark = pytest.mark.django_db

CONTACT = Contact("Zacharias Quillfeather", "+13015550187", "z.quillfeather@example.org")


def offered(days=10, limit=50):
    now = timezone.now()
    when = When(date=(now + dt.timedelta(days=days)).astimezone(practice().time_zone).date())
    return offer_visits(practice(), now, when=when, limit=limit)


def book(days=10, key="key", urgency=Urgency.NONE, visit=None):
    wanted = visit or offered(days)[0]
    return book_visit(VisitRequest(key, "conversation", wanted, CONTACT, "pain under the heel", urgency=urgency))


def address(appointment, rest=""):
    return f"/visit/{link_token(appointment.uid)}{rest}"


def page(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()


def choices(client, appointment):
    return re.findall(r'name="visit" value="([^"]+)"', page(client, address(appointment, "/move")))


def test_link_shows_the_visit_and_nothing_about_the_visitor(client):
    appointment = book()
    text = page(client, address(appointment))
    assert appointment.reference in text and f"{appointment.visit.start:%A, %B}" in text
    assert appointment.visit.start.tzname() in text
    for secret in ("Quillfeather", "5550187", "example.org", "heel"):
        assert secret not in text


def test_visit_is_moved_to_a_time_that_is_offered(client):
    appointment = book()
    wanted = choices(client, appointment)[3]
    response = client.post(address(appointment, "/move"), {"visit": wanted})
    assert (response.status_code, response["Location"]) == (303, address(appointment, "?done=moved"))
    moved = find_by_reference(appointment.reference)
    assert (moved.visit.id, moved.state, moved.attention) == (
        wanted,
        AppointmentState.CHANGED,
        Attention.MOVED_BY_VISITOR,
    )
    assert "Done: your visit has its new time." in page(client, response["Location"])


def test_visit_is_cancelled_after_a_question(client):
    appointment = book()
    assert "Cancel your visit?" in page(client, address(appointment, "/cancel"))
    response = client.post(address(appointment, "/cancel"))
    assert response.status_code == 303
    assert find_by_reference(appointment.reference).state is AppointmentState.CANCELLED
    assert "is cancelled" in page(client, response["Location"])


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("rest", ["", "/move", "/cancel", "/offer", "?done=cancelled", "/cancel?answer=yes"])
def test_mail_scanner_that_opens_every_address_changes_nothing(client, method, rest):
    appointment = book()
    getattr(client, method)(address(appointment, rest))
    assert find_by_reference(appointment.reference) == appointment


def test_button_that_is_pressed_twice_is_answered_the_same_and_changes_once(client):
    appointment = book()
    for rest, form in (("/move", {"visit": choices(client, appointment)[-1]}), ("/cancel", {})):
        first, second = (client.post(address(appointment, rest), form) for _ in range(2))
        assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert find_by_reference(appointment.reference).sequence == 2


def test_visit_can_be_moved_to_a_time_that_overlaps_its_own_but_not_to_its_own(client):
    first, second = offered()[:2]
    appointment = book(visit=replace(first, end=second.end))
    text = page(client, address(appointment, f"/move?from={first.start:%Y-%m-%d}"))
    assert second.id in text and first.id not in text


def test_time_that_somebody_else_took_meanwhile_keeps_the_visit_and_offers_others(client):
    appointment = book()
    wanted = choices(client, appointment)[3]
    book(key="other", visit=offered_visit(practice(), timezone.now(), wanted))
    response = client.post(address(appointment, "/move"), {"visit": wanted})
    assert response.status_code == 409
    text = response.content.decode()
    assert "has just been taken" in text and wanted not in text and 'name="visit"' in text
    assert find_by_reference(appointment.reference).visit == appointment.visit


def held_offer():
    """Return a later visit, and an earlier one that is held for its visitor."""
    later = book(days=20)
    join_waiting_list(
        WaitingRequest("wait", "conversation", reference=later.reference), now=timezone.now(), practice=practice()
    )
    assert offer_freed_visits(practice(), timezone.now()) == 1
    row = AppointmentRow.objects.get(state=AppointmentState.HELD)
    return later, find_by_reference(row.reference)


def test_earlier_visit_that_is_offered_is_taken_by_one_button(client):
    later, held = held_offer()
    assert "An earlier visit is free" in page(client, address(held))
    response = client.post(address(held, "/offer"), {"answer": "take"})
    assert (response.status_code, response["Location"]) == (303, address(later, "?done=taken"))
    assert find_by_reference(later.reference).visit.start == held.visit.start
    assert "Done: your visit has its new time." in page(client, response["Location"])


def test_offer_to_somebody_without_a_visit_is_taken_once_however_often_it_is_pressed(client):
    request = WaitingRequest("wait", "conversation", contact=CONTACT)
    join_waiting_list(request, now=timezone.now(), practice=practice())
    assert offer_freed_visits(practice(), timezone.now()) == 1
    held = find_by_reference(AppointmentRow.objects.get().reference)
    first, second = (client.post(address(held, "/offer"), {"answer": "take"}) for _ in range(2))
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert find_by_reference(held.reference).is_booked


def test_answer_to_an_offer_that_ran_out_does_not_take_the_next_one(client):
    later, held = held_offer()
    expire_holds(held.held_until)
    assert offer_freed_visits(practice(), timezone.now()) == 1
    for answer in ("take", "leave"):
        client.post(address(held, "/offer"), {"answer": answer})
        assert find_by_reference(later.reference) == later
        assert AppointmentRow.objects.filter(state=AppointmentState.HELD).count() == 1


def test_offer_that_is_not_wanted_goes_to_others_and_the_visit_stays(client):
    later, held = held_offer()
    answer = client.post(address(held, "/offer"), {"answer": "leave"})
    assert "Somebody else can have that time" in answer.content.decode()
    assert find_by_reference(later.reference) == later
    assert client.post(address(held, "/offer"), {"answer": "take"}).status_code in (404, 410)


def test_offer_that_ran_out_is_said_to_be_over(client):
    later, held = held_offer()
    expire_holds(held.held_until)
    assert "no longer open" in page(client, address(held), 410)
    assert client.post(address(held, "/offer"), {"answer": "take"}).status_code == 410
    assert find_by_reference(later.reference) == later


def test_visit_without_an_offer_has_nothing_to_answer(client):
    appointment = book()
    assert client.post(address(appointment, "/offer"), {"answer": "take"}).status_code == 410
    assert find_by_reference(appointment.reference) == appointment


@pytest.mark.parametrize("wanted", ["", "x", "a/b/c", "clinician_1/first_consultation/2020-01-06T09:00:00-05:00", "\0"])
def test_time_that_is_not_offered_is_refused(client, wanted):
    appointment = book()
    assert client.post(address(appointment, "/move"), {"visit": wanted}).status_code == 409
    assert find_by_reference(appointment.reference) == appointment


def test_visit_of_another_type_cannot_be_chosen(client):
    appointment = book()
    wanted = choices(client, appointment)[0].replace("first_consultation", "follow_up")
    assert client.post(address(appointment, "/move"), {"visit": wanted}).status_code == 409


def test_later_days_can_be_leafed_through(client):
    appointment = book()
    first = page(client, address(appointment, "/move"))
    (later,) = re.findall(r'href="([^"]+/move\?from=[^"]+)"', first)
    second = page(client, later)
    days = re.findall(r"<legend>([^<]+)", first), re.findall(r"<legend>([^<]+)", second)
    assert len(days[0]) == 5 and not set(days[0]) & set(days[1])


@pytest.mark.parametrize("written", ["yesterday", "2026-02-31", "9999-12-31", "0001-01-01", "%00"])
def test_any_wish_for_a_day_is_answered(client, written):
    assert client.get(address(book(), f"/move?from={written}")).status_code == 200


def test_case_that_has_to_be_seen_soon_cannot_be_moved_far_away(client):
    appointment = book(days=5, urgency=Urgency.SOON)
    days = {dt.datetime.fromisoformat(one.rpartition("/")[2]).date() for one in choices(client, appointment)}
    today = timezone.now().astimezone(practice().time_zone).date()
    assert days and max(days) <= today + dt.timedelta(days=practice().soon_days)


@pytest.mark.parametrize("rest", ["/move", "/cancel"])
def test_visit_within_the_cut_off_is_changed_by_phone_only(client, rest):
    appointment = book()
    soon = timezone.now() + dt.timedelta(hours=practice().cutoff_hours - 1)
    AppointmentRow.objects.update(start=soon, end=soon + dt.timedelta(minutes=30))
    text = page(client, address(appointment))
    assert "cannot be changed here any more" in text and "/cancel" not in text
    response = client.post(address(appointment, rest), {"visit": "x"})
    assert (response.status_code, response["Location"]) == (302, address(appointment))
    assert find_by_reference(appointment.reference).state is AppointmentState.CONFIRMED


def test_declined_visit_is_said_to_be(client):
    appointment = book()
    decline_visit(appointment.reference, staff="s@practice.example", now=timezone.now())
    assert "The practice cannot see you" in page(client, address(appointment))


def test_link_of_a_visit_long_over_is_closed(client):
    appointment = book()
    long_ago = timezone.now() - dt.timedelta(days=9)
    AppointmentRow.objects.update(start=long_ago, end=long_ago + dt.timedelta(minutes=30))
    text = page(client, address(appointment), 410)
    assert "no longer open" in text and appointment.reference not in text


@pytest.mark.parametrize("rest", ["", "/move", "/cancel"])
def test_altered_link_opens_nothing_and_tells_nothing(client, rest):
    token = link_token(book().uid)
    for wrong in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase(), token + "=", "x"):
        text = page(client, f"/visit/{wrong}{rest}", 404)
        assert "This link is not valid" in text and "FT-" not in text


def test_whoever_tries_links_is_stopped_and_others_are_not(client):
    appointment = book()
    for _ in range(20):
        assert client.get("/visit/wrong").status_code == 404
    assert client.get("/visit/wrong").status_code == 429
    assert client.get(address(appointment)).status_code == 429
    assert client.get(address(appointment), REMOTE_ADDR="198.51.100.7").status_code == 200


def test_one_link_cannot_change_a_visit_without_end(client):
    appointment = book()
    answers = [client.post(address(appointment, "/move"), {"visit": "x"}).status_code for _ in range(11)]
    assert answers == [409] * 10 + [429]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_form_of_another_site_changes_nothing(client, site):
    appointment = book()
    response = client.post(address(appointment, "/cancel"), headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert find_by_reference(appointment.reference) == appointment


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(address(book())).status_code == 405


@pytest.mark.parametrize("where", ["", "/move", "/cancel", "wrong"])
def test_no_answer_lets_the_address_leak(client, where):
    appointment = book()
    response = client.get("/visit/wrong" if where == "wrong" else address(appointment, where))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    text = response.content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r'(src|href)="(https?:)?//', text)


def test_token_is_in_no_log_line_and_not_in_the_database(client, caplog, db):
    appointment = book()
    client.post(address(appointment, "/cancel"))
    token = link_token(appointment.uid)
    assert token not in caplog.text
    assert not AppointmentRow.objects.filter(link_hash=token).exists()
    assert len(token) == 43


def test_cancelled_conversation_closes_the_link(client):
    appointment = book()
    cancel_visit(appointment.reference)
    AppointmentRow.objects.all().delete()
    page(client, address(appointment), 404)
