"""The page that developers read: accessible at any size, light and dark, and complete."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.evaluation.figures import Miss, Section, Table, share
from bot.evaluation.page import page_of
from bot.evaluation.record import Kept
from bot.evaluation.run import Evaluation
from bot.evaluation.verdicts import judge_figures
from tests.browser.chromium import DESKTOP, NARROW, PHONE, browser, new_context

__all__ = ["browser", "new_context"]

HOSTILE = "<b>my heel</b> & <script>alert(1)</script>"
WIDE = tuple(f"a_rather_long_intent_{number}" for number in range(20))


@pytest.fixture(scope="module")
def html():
    figures = (
        share("part.set.good", "a set: right", {"a": True}, goal=0.9),
        share("part.set.bad", "a set: safe", {"a": False, "b": True}, goal=0.9, safety=True),
    )
    confusion = Table("Confusion", ("", *WIDE), tuple((name, *("1" for _ in WIDE)) for name in WIDE), in_terminal=False)
    section = Section("part", "A part", figures, (confusion,), (Miss("seen", "row-1", HOSTILE, "gout", "bunion"),))
    verdicts = tuple(judge_figures(figures, {"part.set.bad": Kept(1.0, {"a": 1, "b": 1})}))
    return page_of(
        Evaluation((section, Section("empty", "Nothing here", ())), {"part": verdicts, "empty": ()}, 3, True)
    )


def test_a_fall_a_goal_and_what_is_missing_are_told(html):
    assert "1 figure fell too far" in html
    assert "part: a set: safe" in html
    assert "goal reached" in html
    assert "../shared/evaluation is not beside the project" in html
    assert "Nothing to measure" in html


def test_texts_are_shown_as_texts(html):
    assert "<script" not in html
    assert "&lt;b&gt;my heel" in html


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, NARROW])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(html, new_context, viewport, scheme):
    page = new_context(viewport=viewport, color_scheme=scheme).new_page()
    page.set_content(html)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
