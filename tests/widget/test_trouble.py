import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def refuse(chat, status, code, times=1, **headers):
    body = json.dumps({"error": {"code": code, "message": "not shown"}})
    chat.page.route("**/messages", lambda route: route.fulfill(status=status, body=body, headers=headers), times=times)


@pytest.mark.parametrize(
    ("status", "code", "text"),
    [
        (429, "too_many_messages", "That was a lot in a short time."),
        (500, "internal", "Something went wrong on our side."),
        (503, "unavailable", "Something went wrong on our side."),
    ],
)
def test_a_passing_trouble_is_named_and_the_message_is_sent_later(chat, status, code, text):
    refuse(chat, status, code, **{"Retry-After": "2"})
    before = chat.bubbles.count()
    chat.say("patience")
    expect(chat.notice).to_contain_text(text)
    assert chat.answers(before + 1) == ["patience"]
    expect(chat.notice).to_have_text("")


def test_trying_now_sends_at_once(chat):
    refuse(chat, 429, "too_many_messages", **{"Retry-After": "600"})
    before = chat.bubbles.count()
    chat.say("no patience")
    chat.notice.get_by_role("button", name="Try now").click()
    assert chat.answers(before + 1) == ["no patience"]


def test_an_ended_conversation_is_started_over_with_the_unsent_text_kept(chat):
    refuse(chat, 404, "not_found")
    chat.say("I was away")
    expect(chat.notice).to_contain_text("This conversation has ended")
    chat.notice.get_by_role("button", name="Start over").click()
    expect(chat.bubbles).to_have_count(2)
    expect(chat.box).to_have_value("I was away")
    chat.wait_for_idle()
    chat.box.press("Enter")
    assert chat.answers(3) == ["I was away"]


def test_a_full_conversation_has_its_own_words(chat):
    refuse(chat, 429, "conversation_full")
    chat.say("one more")
    expect(chat.notice).to_contain_text("very long")
    expect(chat.notice.get_by_role("button", name="Start over")).to_be_visible()


def test_a_refused_text_is_given_back_to_be_changed(chat):
    chat.page.evaluate("() => 0")
    chat.say("bell \u0007 inside")
    expect(chat.notice).to_contain_text("could not be accepted")
    expect(chat.box).to_have_value("bell \u0007 inside")
    expect(chat.log.locator(".visitor").last).to_have_attribute("data-state", "Not sent")
    chat.box.fill("")
    before = chat.bubbles.count()
    chat.say("plain now")
    assert chat.answers(before + 1) == ["plain now"]


def test_a_choice_that_the_server_no_longer_takes_is_explained(chat):
    chat.ask("choices")
    refuse(chat, 400, "unknown_choice")
    chat.choices.get_by_role("button", name="No", exact=True).click()
    expect(chat.notice).to_contain_text("can no longer be chosen")


def test_being_offline_is_said_in_a_status(chat):
    chat.page.context.set_offline(True)
    chat.say("anybody there?")
    expect(chat.page.get_by_role("status").filter(has_text="You are offline")).to_be_visible()
    before = chat.bubbles.count()
    chat.page.context.set_offline(False)
    assert chat.answers(before) == ["anybody there?"]
    expect(chat.notice).to_have_text("")


def test_being_offline_is_said_and_taken_back_also_when_nothing_waits(chat):
    chat.page.context.set_offline(True)
    expect(chat.notice).to_contain_text("You are offline")
    chat.page.context.set_offline(False)
    expect(chat.notice).to_have_text("")


def test_a_chat_that_cannot_start_says_so_and_starts_later(visitor):
    chat = visitor()
    chat.page.route("**/api/**", lambda route: route.abort())
    chat.launcher.click()
    expect(chat.notice).to_contain_text("cannot be reached")
    chat.page.unroute_all()
    chat.notice.get_by_role("button", name="Try now").click()
    expect(chat.bubbles).to_have_count(2)
    expect(chat.panel.get_by_role("link", name="Call the practice")).to_be_visible()
