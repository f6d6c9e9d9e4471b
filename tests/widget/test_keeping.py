import json
import random

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STORED = "JSON.stringify({...localStorage})"

# A tab in another process reads the changes of the first one only when their storage event arrives.
LATE_STORAGE = """
  const seen = new Map(), { getItem, setItem } = Storage.prototype;
  Storage.prototype.getItem = function (key) {
    if (!seen.has(key)) seen.set(key, getItem.call(this, key));
    return seen.get(key);
  };
  Storage.prototype.setItem = function (key, value) {
    seen.set(key, value);
    setItem.call(this, key, value);
  };
  addEventListener("storage", (event) => {
    if (!event.isTrusted) return;
    event.stopImmediatePropagation();
    const { key, newValue } = event;
    setTimeout(() => {
      seen.set(key, newValue);
      dispatchEvent(new StorageEvent("storage", { key, newValue }));
    }, 500);
  });
"""


def test_a_reload_keeps_the_conversation_and_its_open_choices(chat):
    chat.ask("choices")
    said = chat.texts()
    chat.page.reload()
    expect(chat.bubbles).to_have_count(len(said))
    assert chat.texts() == said
    assert chat.choice_labels() == ["Yes", "No", "Not sure"]


def test_a_reload_in_the_middle_of_a_turn_shows_its_answer(chat):
    before = chat.bubbles.count()
    chat.say("slow and steady")
    chat.page.wait_for_timeout(600)
    chat.page.reload()
    assert chat.answers(before + 1) == ["slow and steady"]


def test_a_closed_chat_stays_closed_after_a_reload_and_asks_nothing(chat):
    chat.page.keyboard.press("Escape")
    seen = []
    chat.page.on("request", lambda request: seen.append(request.url))
    chat.page.reload()
    chat.page.wait_for_timeout(500)
    expect(chat.panel).to_be_hidden()
    assert [url for url in seen if "/api/" in url] == []


def test_restored_history_is_not_announced_and_does_not_take_the_focus(chat):
    chat.ask("hello")
    chat.page.add_init_script("""
      window.spoken = [];
      const watch = () => {
        const log = document.querySelector("instep-chat")?.shadowRoot?.querySelector("[role=log]");
        if (!log) return requestAnimationFrame(watch);
        new MutationObserver((changes) => {
          if (log.getAttribute("aria-live") !== "off") window.spoken.push(...changes.map((c) => c.addedNodes.length));
        }).observe(log, { childList: true });
      };
      watch();
    """)
    chat.page.reload()
    expect(chat.bubbles).to_have_count(4)
    assert chat.page.evaluate("window.spoken") == []
    assert chat.page.evaluate("document.activeElement.localName") == "body"
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.ask("now aloud")
    assert chat.page.evaluate("window.spoken") == [1, 1]


def test_a_second_tab_shows_the_same_conversation_and_follows_it(chat, visitor):
    chat.ask("from the first tab")
    second = visitor(chat.page.context)
    expect(second.bubbles).to_have_count(4)
    chat.ask("another one")
    expect(second.bubbles).to_have_count(6)
    second.ask("from the second tab")
    expect(chat.bubbles).to_have_count(8)
    assert chat.texts() == second.texts()


def test_starting_over_in_one_tab_starts_over_in_the_other(chat, visitor):
    chat.ask("forget this")
    second = visitor(chat.page.context)
    expect(second.bubbles).to_have_count(4)
    start_over(chat)
    expect(chat.bubbles).to_have_count(2)
    expect(second.bubbles).to_have_count(2)


def test_starting_over_reaches_a_tab_that_reads_the_storage_late(chat, visitor):
    chat.ask("forget this")
    chat.page.context.add_init_script(LATE_STORAGE)
    second = visitor(chat.page.context)
    expect(second.bubbles).to_have_count(4)
    start_over(chat)
    second.page.wait_for_timeout(1500)
    expect(second.bubbles).to_have_count(2)
    chat.ask("in the new conversation")
    expect(second.bubbles).to_have_count(4)


def test_a_page_that_was_put_aside_shows_what_was_said_meanwhile(chat, visitor):
    chat.ask("before it is put aside")
    chat.page.context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation())")
    second = visitor(chat.page.context)
    expect(second.bubbles).to_have_count(4)
    chat.ask("meanwhile")
    second.page.wait_for_timeout(500)
    expect(second.bubbles).to_have_count(4)
    second.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(second.bubbles).to_have_count(6)


def test_storage_holds_no_word_after_delivery(chat):
    chat.ask("my secret heel")
    stored = chat.page.evaluate(STORED)
    assert "secret" not in stored
    [kept] = [json.loads(value) for value in json.loads(stored).values()]
    assert set(kept) == {"session", "open", "queue"}
    assert kept["queue"] == []


def test_the_chat_works_when_storage_is_blocked(visitor, new_context):
    context = new_context()
    context.add_init_script("""
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
    """)
    chat = visitor(context).open()
    assert chat.ask("still here") == ["still here"]
    assert chat.ask("and again") == ["and again"]


def test_what_is_written_offline_waits_survives_a_reload_and_is_sent_once(chat):
    page = chat.page
    page.route("**/api/**", lambda route: route.abort())
    chat.say("written in a tunnel")
    expect(chat.log.locator(".visitor").last).to_have_attribute("data-state", "Waiting to be sent")
    page.reload()
    expect(chat.log.locator(".visitor").last).to_contain_text("written in a tunnel")
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(chat.bubbles).to_have_count(4)
    chat.wait_for_idle()
    assert chat.texts()[2:] == ["written in a tunnel", "written in a tunnel"]


def test_cut_connections_lose_nothing_and_double_nothing(chat):
    dice = random.Random(7)

    def unreliable(route):
        fate = dice.random()
        if fate < 0.25:
            route.abort()
        elif fate < 0.5 and route.request.method == "POST":
            # It arrives, but the visitor never learns that it did.
            route.fetch()
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/conversations/**", unreliable)
    said = [f"message {number}" for number in range(12)]
    for text in said:
        chat.say(text)
    expect(chat.bubbles).to_have_count(2 + 2 * len(said), timeout=120_000)
    chat.page.unroute_all()
    chat.page.reload()
    expect(chat.bubbles).to_have_count(2 + 2 * len(said))
    assert chat.log.locator(".visitor .plain").all_inner_texts() == said
    answers = [text for text in chat.texts()[2:] if text in said]
    assert sorted(answers) == sorted(said * 2)


def test_a_server_that_is_killed_and_started_again_loses_no_message(chat, practice):
    practice.kill()
    chat.say("while you were away")
    expect(chat.notice).to_contain_text("cannot be reached")
    practice.start()
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    expect(chat.bubbles).to_have_count(4)
    assert chat.texts()[2:] == ["while you were away", "while you were away"]


def test_deleting_removes_the_conversation_from_the_server(chat, practice):
    chat.ask("please forget me")
    [kept] = [json.loads(value) for value in json.loads(chat.page.evaluate(STORED)).values()]
    chat.page.get_by_role("button", name="More options").click()
    chat.page.get_by_role("button", name="Delete my conversation").click()
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(chat.notice).to_contain_text("Your conversation is deleted.")
    expect(chat.log).to_be_empty()
    answer = chat.page.request.get(
        f"{practice.url}/api/v1/conversations/{kept['session']['id']}/events?after=0",
        headers={"Authorization": f"Bearer {kept['session']['token']}"},
    )
    assert answer.status == 404
    assert kept["session"]["token"] not in chat.page.evaluate(STORED)


def test_after_deleting_the_visitor_can_go_on(chat):
    chat.page.get_by_role("button", name="More options").click()
    chat.page.get_by_role("button", name="Delete my conversation").click()
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    chat.notice.get_by_role("button", name="Start over").click()
    expect(chat.bubbles).to_have_count(2)


def start_over(chat):
    chat.page.get_by_role("button", name="More options").click()
    chat.page.get_by_role("button", name="Start over").click()
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Start over").click()
