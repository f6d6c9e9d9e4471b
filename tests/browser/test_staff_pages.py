"""The staff pages of bookings in a real browser: accessible, and whole on a phone."""

import datetime as dt
import os
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bot.booking.appointments import book_visit, change_visit, join_waiting_list, offer_visits, request_call_back
from bot.booking.practice_messages import leave_message
from bot.booking.requests import CallTime, MessageKind, WaitingRequest
from bot.booking.visits import Contact, Party, Patient, VisitRequest, When, Wish
from bot.case import Urgency
from bot.console.pages import practice
from bot.inbox.delivery import start_conversation
from tests.browser.chromium import DESKTOP, NARROW, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = (
    Contact("Patricia Quillfeather", "+13015550187", "patricia.quillfeather@example.org"),
    Contact("Zacharias van der Bergen-Montgomery", "+13015550123"),
    Contact("Li", "+442079460018", "li@example.org"),
)


def booked(number, urgency=Urgency.ROUTINE):
    visits = offer_visits(practice(), timezone.now() + dt.timedelta(days=2), limit=9)
    request = VisitRequest(
        f"key {number}",
        start_conversation()[0],
        visits[number],
        PEOPLE[number % 3],
        "The first steps in the morning hurt under my left heel, for three weeks now.",
        Patient.NEW,
        urgency,
    )
    return book_visit(request)


@pytest.fixture
def queue():
    """A queue with something of everything; returns the first visit."""
    first, second, third = booked(0, Urgency.SOON), booked(1), booked(2)
    goal = offer_visits(practice(), timezone.now() + dt.timedelta(days=3), limit=9)[6]
    change_visit(second.reference, goal, by=Party.CALENDAR, now=timezone.now())
    request = WaitingRequest("key", third.conversation_id, third.reference)
    join_waiting_list(request, now=timezone.now(), practice=practice())
    request_call_back(start_conversation()[0], PEOPLE[1], "My toe is red and hot.", "key", urgency=Urgency.SAME_DAY)
    time = CallTime(Wish(When(time=dt.time(17), bound="after")), "after 5, I work until then")
    request_call_back(start_conversation()[0], PEOPLE[0], "about the bill", "key", time=time)
    leave_message(
        start_conversation()[0], MessageKind.OTHER_LANGUAGE, "Me duele el pie desde hace una semana.", Contact()
    )
    leave_message(start_conversation()[0], MessageKind.COMMENT, "Your article helped my mother a lot.", PEOPLE[2])
    return first


@pytest.fixture
def staff_page(live_server, new_context):
    """Return a function that opens a page of somebody who may manage accounts, in a window of that size."""

    def open_page(viewport, **options):
        user, _ = get_user_model().objects.get_or_create(
            username="ann@example.org", email="ann@example.org", is_staff=True, is_superuser=True
        )
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        context = new_context(viewport, **options)
        context.add_cookies([{"name": "staff", "value": client.cookies["staff"].value, "url": live_server.url}])
        return context.new_page()

    return open_page


def pages(reference):
    return {
        "queue": "/staff/bookings/",
        "visit": f"/staff/bookings/{reference}/",
        "move": f"/staff/bookings/{reference}/move/",
        "coming": "/staff/bookings/coming/",
        "closed": "/staff/bookings/calls/",
        "team": "/staff/team/",
    }


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark"), (NARROW, "light")], ids=["desktop", "phone", "narrow"]
)
def test_every_page_is_accessible_and_fits_its_window(live_server, staff_page, queue, viewport, scheme):
    page = staff_page(viewport, color_scheme=scheme)
    for name, path in pages(queue.reference).items():
        page.goto(live_server.url + path)
        if folder := os.environ.get("INSTEP_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{viewport['width']}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
        assert page.evaluate("window.violations") == [], name
        if viewport["width"] < 480:
            # The head of the page takes two rows, not three.
            middles = [page.locator(part).bounding_box() for part in (".bar .name", ".bar .out")]
            assert abs(middles[0]["y"] - middles[1]["y"]) < middles[1]["height"], name


def test_a_visit_is_moved_and_accepted_by_keyboard_alone(live_server, staff_page, queue):
    page = staff_page(DESKTOP)
    page.goto(f"{live_server.url}/staff/bookings/{queue.reference}/")
    page.get_by_role("link", name="Move").focus()
    page.keyboard.press("Enter")
    page.locator(".times button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("The visit is moved.").wait_for()
    assert "Moved by ann@example.org" in page.content()
