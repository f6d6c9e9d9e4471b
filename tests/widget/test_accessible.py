import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chromium import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def findings(chat):
    chat.page.wait_for_timeout(100)
    violations = Axe().run(chat.page, context="instep-chat", options=RULES).response["violations"]
    return [(violation["id"], node["target"]) for violation in violations for node in violation["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_axe_finds_nothing_in_any_state(visitor, viewport, scheme):
    found = {}
    chat = visitor(viewport=viewport, color_scheme=scheme)
    found["closed"] = findings(chat)
    found["greeting"] = findings(chat.open())
    chat.ask("choices")
    found["choices"] = findings(chat)
    chat.say("think")
    expect(chat.page.locator("instep-chat .dots")).to_be_visible()
    found["typing"] = findings(chat)
    before = chat.bubbles.count()
    chat.say("enough")
    chat.answers(before + 2)
    chat.ask("long list")
    found["many choices"] = findings(chat)
    chat.ask("number")
    chat.ask("today")
    found["numbers and today"] = findings(chat)
    chat.ask("markdown")
    chat.ask("booked")
    chat.ask("emergency")
    found["booked and emergency"] = findings(chat)
    chat.page.get_by_role("button", name="More options").click()
    found["menu"] = findings(chat)
    chat.page.get_by_role("button", name="Delete my conversation").click()
    found["question"] = findings(chat)
    chat.page.keyboard.press("Escape")
    chat.box.fill("x" * 1001)
    found["too long"] = findings(chat)
    chat.box.fill("")
    chat.page.route("**/messages", lambda route: route.fulfill(status=503, json={}))
    chat.say("error")
    expect(chat.notice).to_contain_text("went wrong")
    found["error"] = findings(chat)
    chat.page.unroute_all()
    chat.page.context.set_offline(True)
    expect(chat.notice).to_contain_text("You are offline")
    found["offline"] = findings(chat)
    assert {state: what for state, what in found.items() if what} == {}


def test_axe_finds_nothing_in_forced_colours(visitor):
    chat = visitor(forced_colors="active").open()
    chat.ask("emergency")
    assert findings(chat) == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_every_target_is_at_least_44_pixels_and_fields_do_not_make_phones_zoom(visitor, viewport):
    chat = visitor(viewport=viewport).open()
    chat.ask("many")
    chat.page.get_by_role("button", name="More options").click()
    targets = chat.page.locator("instep-chat").locator("button:visible, a:visible, label.tick:visible")
    sizes = targets.evaluate_all(
        "all => all.map(one => [one.innerText, one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    )
    assert [size for size in sizes if min(size[1:]) < 44] == []
    assert chat.box.evaluate("box => parseFloat(getComputedStyle(box).fontSize)") >= 16


def test_at_320_pixels_nothing_scrolls_sideways(visitor):
    chat = visitor(viewport=NARROW).open()
    chat.ask("markdown")
    chat.ask("wordwithoutanyspace" * 20)
    chat.ask("many")
    wide = chat.panel.evaluate(
        "panel => [panel, ...panel.querySelectorAll('*:not(.spoken)')]"
        ".filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)"
        ".filter(one => getComputedStyle(one).display !== 'inline')"
        ".map(one => one.className)"
    )
    assert wide == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_text_of_twice_the_size_leaves_room_for_the_conversation_and_cuts_nothing_off(visitor, viewport):
    chat = visitor(viewport=viewport, text=32).open()
    chat.ask("long list")
    assert chat.page.locator("instep-chat .chat").evaluate("chat => getComputedStyle(chat).fontSize") == "32px"
    phone = chat.page.get_by_role("link", name="Call the practice").bounding_box()
    panel = chat.panel.bounding_box()
    assert phone["x"] + phone["width"] <= panel["x"] + panel["width"]
    assert chat.page.locator("instep-chat .scroller").bounding_box()["height"] >= 0.4 * panel["height"]
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_accessibility_tree_has_a_polite_log_with_senders_and_no_controls_in_it(chat):
    chat.ask("choices")
    session = chat.page.context.new_cdp_session(chat.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    [log] = [node for node in nodes if node.get("role", {}).get("value") == "log"]
    live = next(entry["value"]["value"] for entry in log["properties"] if entry["name"] == "live")
    inside, waiting = [], [log]
    while waiting:
        node = waiting.pop()
        inside.append(node)
        waiting += [by_id[child] for child in node.get("childIds", []) if child in by_id]
    roles = {node.get("role", {}).get("value") for node in inside}
    assert live == "polite"
    assert "button" not in roles
    expect(chat.log).to_contain_text("You: choices")
    expect(chat.log).to_contain_text("Assistant: Is it worst in the morning?")


def test_reduced_motion_stops_every_animation(chat):
    chat.say("think")
    expect(chat.page.locator("instep-chat .dots")).to_be_visible()
    running = "document.querySelector('instep-chat').shadowRoot.getAnimations().length"
    assert chat.page.evaluate(running) == 0
    expect(chat.page.locator("instep-chat .dots")).to_be_visible()
    chat.ask("enough")


def test_the_focus_can_be_seen_on_every_control(chat):
    chat.ask("choices")
    outlines = set()
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        outlines.add(
            chat.page.evaluate("""() => {
              const focused = document.activeElement.shadowRoot?.activeElement;
              const style = focused && getComputedStyle(focused);
              return style ? style.outlineStyle + style.outlineWidth : "solid3px";
            }""")
        )
    assert outlines == {"solid3px"}


def test_hostile_style_sheets_of_the_page_do_not_reach_the_chat(chat):
    before = chat.panel.bounding_box(), chat.box.bounding_box()
    chat.page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        html { font-size: 62.5% }
        * { all: unset !important; font-size: 40px !important; display: block !important }`);
      document.adoptedStyleSheets = [sheet];
    }""")
    assert (chat.panel.bounding_box(), chat.box.bounding_box()) == before
