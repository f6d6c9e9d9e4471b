import pytest

from bot.console.templatetags.chat_text import cause_names, chat_text, finding_names, plain_words, red_flag_names
from bot.knowledge import load_knowledge
from bot.settings import settings


def test_bold_lists_and_links_are_shown_as_in_the_chat():
    text = "Please check:\n- **Monday, 9:00 AM**\n- [your visit](https://example.org/v)\n\nShall I book it?"
    assert chat_text(text) == (
        "<p>Please check:</p><ul><li><strong>Monday, 9:00 AM</strong></li>"
        '<li><a href="https://example.org/v">your visit</a></li></ul><p>Shall I book it?</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**<img src=x onerror=alert(1)>**",
        '[press](https://example.org/"onclick="alert(1))',
        "[press](javascript:alert(1))",
        "- <b>x</b> [<i>y</i>](https://example.org/<i>)",
    ],
)
def test_nothing_that_was_said_becomes_markup(text):
    shown = chat_text(text)
    assert not any(bad in shown for bad in ("<script", "<img", '"onclick', "javascript:", "<b>", "<i>"))


def test_what_was_understood_is_named_as_people_say_it():
    knowledge = load_knowledge(settings().data / "knowledge")
    finding, cause, flag = (
        next(iter(records.values())) for records in (knowledge.findings, knowledge.causes, knowledge.red_flags)
    )
    assert finding_names([{"id": finding.id, "status": "present"}]) == finding.name
    assert finding_names([{"id": finding.id, "status": "absent", "side": "left"}]) == f"{finding.name} (left, absent)"
    assert finding_names([{"id": "gone_from_data", "status": "present"}]) == "gone from data"
    assert cause_names([cause.id, "old_cause"]) == f"{cause.name}; old cause"
    assert red_flag_names([flag.id]) == flag.name
    assert plain_words("describe_symptoms") == "describe symptoms"
