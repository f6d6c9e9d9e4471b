"""Chromium from the system's packages, driven by Playwright."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.waiting import LATE

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
DESKTOP = {"width": 1100, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}

_COLLECT_VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


# A busy machine is slow, not wrong.
expect.set_options(timeout=LATE * 1000)


# Not for the whole run: Playwright's event loop would be in the way of other rooms' asynchronous tests.
@pytest.fixture(scope="module")
def browser():
    """Chromium, started for one module."""
    with sync_playwright() as playwright:
        chromium = _launch(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser):
    """Makes contexts: each is a visitor with a browser of their own; `text` is the text size of its settings."""
    contexts, others = [], []

    def make(viewport=DESKTOP, text=16, **options):
        if text != 16:
            others.append(_launch(browser.browser_type, f"--blink-settings=defaultFontSize={text}"))
        starter = others[-1] if text != 16 else browser
        context = starter.new_context(viewport=viewport, reduced_motion="reduce", locale="en-US", **options)
        context.set_default_timeout(LATE * 1000)
        context.add_init_script(_COLLECT_VIOLATIONS)
        contexts.append(context)
        return context

    yield make
    for opened in (*contexts, *others):
        opened.close()


def _launch(chromium, *arguments):
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("Chromium is not installed")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return chromium.launch(executable_path=path, args=[*QUIET, *sandbox, *arguments], timeout=LATE * 1000)
