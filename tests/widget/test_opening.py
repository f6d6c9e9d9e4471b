import pytest
from playwright.sync_api import expect

from tests.browser.chromium import PHONE

pytestmark = pytest.mark.browser


def requests_of(page):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    return seen


def test_loading_a_page_costs_one_request_and_asks_the_api_nothing(practice, new_context):
    page = new_context().new_page()
    seen = requests_of(page)
    page.goto(practice.url)
    page.wait_for_timeout(500)
    assert [url for url in seen if "widget" in url] == [f"{practice.url}/widget/widget.js"]
    assert [url for url in seen if "/api/" in url] == []


def test_nothing_is_ever_asked_of_another_host(practice, visitor):
    chat = visitor()
    seen = requests_of(chat.page)
    chat.open().ask("markdown")
    chat.page.reload()
    chat.wait_for_idle()
    assert [url for url in seen if not url.startswith(f"{practice.url}/")] == []


def test_the_chat_never_opens_by_itself(visitor):
    chat = visitor()
    chat.page.wait_for_timeout(1000)
    expect(chat.panel).to_be_hidden()


def test_the_keyboard_opens_the_chat_and_is_in_the_message_field_then(visitor):
    chat = visitor()
    chat.launcher.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()


def test_a_link_of_the_page_opens_the_chat(visitor):
    chat = visitor()
    chat.page.get_by_role("link", name="Start the chat").click()
    expect(chat.box).to_be_focused()
    assert chat.page.url.endswith("/")


def test_escape_closes_the_chat_and_goes_back_to_the_launcher(chat):
    chat.box.focus()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_tab_reaches_nothing_of_a_closed_chat_but_the_launcher(visitor):
    chat = visitor()
    reached = set()
    for _ in range(40):
        chat.page.keyboard.press("Tab")
        reached.add(
            chat.page.evaluate(
                "document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.localName"
            )
        )
    assert "launcher" in reached
    assert reached <= {"launcher", "a", "body", "main"}


def test_the_page_behind_stays_usable_on_a_large_screen(chat):
    chat.page.get_by_role("link", name="Your visit").click()
    assert chat.page.url.endswith("#visit")
    expect(chat.panel).to_be_visible()


def test_on_a_phone_the_chat_fills_the_screen_and_the_page_behind_rests(visitor):
    chat = visitor(viewport=PHONE).open()
    box = chat.panel.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])
    for _ in range(20):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.localName") in ("instep-chat", "body")


def test_the_log_is_there_and_empty_before_the_first_words(practice, visitor):
    chat = visitor()
    with chat.page.expect_response("**/api/v1/conversations"):
        chat.page.route("**/events*", lambda route: None)
        chat.launcher.click()
    expect(chat.log).to_be_attached()
    expect(chat.log).to_be_empty()
    assert chat.log.get_attribute("aria-live") == "polite"


def test_who_answers_and_the_telephone_are_always_in_view(chat):
    expect(
        chat.panel.get_by_text("Automated assistant, not for emergencies. In an emergency call 911.")
    ).to_be_in_viewport()
    phone = chat.panel.get_by_role("link", name="Call the practice: (301) 515-FEET")
    expect(phone).to_be_in_viewport()
    assert phone.get_attribute("href") == "tel:+13015153338"


def test_the_menu_opens_and_closes_by_keyboard(chat):
    menu = chat.page.get_by_role("button", name="More options")
    menu.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("button", name="Start over")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(chat.panel).to_be_visible()


def test_a_removed_chat_leaves_no_request_behind(chat):
    seen = requests_of(chat.page)
    chat.page.evaluate("document.querySelector('instep-chat').remove()")
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    chat.page.wait_for_timeout(500)
    assert seen == []
