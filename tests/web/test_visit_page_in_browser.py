"""The page behind the private link in Chromium: on a phone and on a desk, by keyboard, and what axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from bot.api.wording import practice
from bot.booking.appointments import book_visit, find_by_reference, link_token, offer_visits
from bot.booking.visits import AppointmentState, Contact, VisitRequest
from tests.browser.chromium import DESKTOP, PHONE, browser, new_context

__all__ = ["browser", "new_context"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def appointment(monkeypatch):
    # The browser's own event loop runs on the thread that the test stores on.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    visit = offer_visits(practice(), timezone.now(), limit=50)[-1]
    contact = Contact("Zacharias Quillfeather", "+13015550187", "z.quillfeather@example.org")
    return book_visit(VisitRequest("key", "conversation", visit, contact))


@pytest.fixture
def visitor(live_server, new_context, appointment):
    """Open the page of the visit; other hosts, refused styles and scripts fail the test."""

    def visitor(viewport=PHONE):
        page = new_context(viewport=viewport).new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(f"{live_server.url}/visit/{link_token(appointment.uid)}")
        return page

    problems, hosts = [], set()
    yield visitor
    assert problems == []
    assert len(hosts) == 1


def findings(page):
    return [
        (one["id"], node["target"])
        for one in Axe().run(page, options=RULES).response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_is_cut_off(visitor, viewport, live_server):
    page = visitor(viewport)
    found = {}
    for name in ("", "/move", "/cancel"):
        page.goto(page.url.removesuffix("/move") + name)
        found[name] = findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert found == {"": [], "/move": [], "/cancel": []}


def test_visit_is_moved_and_cancelled_with_the_keyboard_alone(visitor, appointment):
    page = visitor()
    page.get_by_role("link", name="Move the visit").press("Enter")
    # The first ones may lie within the cut-off, from which on the page sends to the phone.
    page.get_by_role("radio").last.focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Move the visit to this time").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Done: your visit has its new time.")
    page.get_by_role("link", name="Cancel the visit").press("Enter")
    page.get_by_role("button", name="Yes, cancel the visit").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Done: your visit is cancelled.")
    assert find_by_reference(appointment.reference).state is AppointmentState.CANCELLED


def test_every_target_is_large_enough_for_a_thumb(visitor):
    page = visitor()
    page.get_by_role("link", name="Move the visit").click()
    for target in page.locator("button, .button, .times label, .call, .later").all():
        box = target.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44, target.inner_text()
