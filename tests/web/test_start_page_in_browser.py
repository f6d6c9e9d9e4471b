"""The start page in Chromium: in windows of all sizes, light and dark, and with text of twice the size."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.chromium import DESKTOP, NARROW, PHONE, browser, new_context

__all__ = ["browser", "new_context"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLET = {"width": 1000, "height": 760}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def start_page(live_server, new_context):
    def open_page(viewport, text=16, **options):
        page = new_context(viewport=viewport, text=text, **options).new_page()
        page.goto(live_server.url)
        return page

    return open_page


@pytest.mark.parametrize("text", [16, 32])
@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE, NARROW], ids=["desktop", "tablet", "phone", "narrow"])
def test_nothing_is_cut_off_and_no_phone_number_is_broken(start_page, viewport, text):
    page = start_page(viewport, text)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    lines = page.locator(".number:visible").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert lines and set(lines) == {1}


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET], ids=["desktop", "tablet"])
def test_the_call_button_stands_in_one_row_with_the_name(start_page, viewport):
    page = start_page(viewport)
    middles = [
        box["y"] + box["height"] / 2
        for box in (page.locator(f".bar {part}").bounding_box() for part in (".name", ".call", "nav"))
    ]
    assert max(middles) - min(middles) < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(start_page, scheme):
    page = start_page(DESKTOP, color_scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
