"""The chat as a visitor uses it."""

import time

from playwright.sync_api import Page, Request, Route, expect

from tests.waiting import LATE


class Chat:
    """One page with the widget."""

    def __init__(self, page: Page, url: str):
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._streams: set[Request] = set()
        page.on("request", self._note_stream)
        page.on("requestfinished", lambda request: self._streams.discard(request))
        page.on("requestfailed", lambda request: self._streams.discard(request))
        page.on("framenavigated", lambda _: self._streams.clear())
        self.launcher = page.get_by_role("button", name="Chat with us")
        self.panel = page.locator("instep-chat dialog")
        self.log = page.get_by_role("log")
        self.bubbles = self.log.locator(".bubble")
        self.box = page.get_by_role("textbox", name="Your message")
        self.choices = page.locator("instep-chat .choices")
        self.notice = page.locator("instep-chat .notice")

    def visit(self, path="/"):
        self.page.goto(self.url + path)
        return self

    def open(self):
        self.launcher.click()
        # The bot's greeting is there.
        expect(self.bubbles.first).to_be_visible()
        self.wait_for_idle()
        return self

    def say(self, text):
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text):
        """Say it and return what the bot answers."""
        before = self.bubbles.count()
        self.say(text)
        return self.answers(before + 1)

    def press(self, label):
        """Press a choice and return what the bot answers."""
        before = self.bubbles.count()
        self.choices.get_by_role("button", name=label, exact=True).click()
        return self.answers(before + 1)

    def answers(self, shown):
        """Wait for the turn's end and return the texts of the bubbles after the first `shown`."""
        expect(self.bubbles.nth(shown)).to_be_visible()
        self.wait_for_idle()
        return self.texts()[shown:]

    def wait_for_idle(self):
        """Wait until the server has said that nothing more comes: a turn may have several bubbles."""
        end = time.monotonic() + LATE
        while self._streams:
            assert time.monotonic() < end, "the event stream does not end"
            self.page.wait_for_timeout(20)
        expect(self.page.locator("instep-chat .dots")).to_be_hidden()

    def hold_messages(self):
        """Keep the visitor's messages on their way; return the function that lets them arrive."""
        held: list[Route] = []
        arrived = False
        self.page.route("**/messages", lambda route: route.continue_() if arrived else held.append(route))

        def arrive():
            nonlocal arrived
            arrived = True
            for route in held:
                route.continue_()

        return arrive

    def _note_stream(self, request: Request):
        if "/events?" in request.url:
            self._streams.add(request)

    def texts(self):
        """The texts of all bubbles, without what only screen readers read before them."""
        return self.bubbles.evaluate_all(
            "all => all.map(one => [...one.children].slice(1).map(part => part.innerText).join('\\n'))"
        )

    def choice_labels(self):
        return self.choices.locator("button.choice:enabled").all_inner_texts()

    def violations(self):
        return self.page.evaluate("window.violations")
