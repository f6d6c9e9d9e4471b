"""The whole way: from what hurts to a booked visit, as a visitor goes it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

COMPLAINT = "My left heel hurts with the first steps in the morning. It started about three weeks ago."
EMERGENCY = "Since this morning my left calf is swollen, hot and very painful, and I am short of breath."
MOST_QUESTIONS = 10


def answer_the_interview(chat, answers):
    """Answer question after question until causes are named; return those last answers of the bot."""
    for _ in range(MOST_QUESTIONS + 1):
        if "not a diagnosis" in " ".join(answers).lower():
            return answers
        boxes = chat.choices.get_by_role("checkbox")
        labels = chat.choice_labels()
        if boxes.count():
            before = chat.bubbles.count()
            chat.choices.get_by_label("None of these").check()
            chat.choices.get_by_role("button", name="Send answers").click()
            answers = chat.answers(before + 1)
        elif labels:
            nothing = next((label for label in ("No, none of these", "No") if label in labels), labels[-1])
            answers = chat.press(nothing)
        else:
            answers = chat.ask("I am not sure")
    raise AssertionError(f"no causes after {MOST_QUESTIONS} questions: {chat.texts()}")


def choose_a_time(chat):
    chat.ask("I would like to book a visit")
    times = [label for label in chat.choice_labels() if re.search(r"\d:\d\d", label)]
    assert times, chat.texts()
    chat.press(times[0])


def leave_contact_data_and_confirm(chat):
    chat.press("No, first visit")
    if "I'd rather not say" in chat.choice_labels():
        chat.press("I'd rather not say")
    chat.ask("Jane Doe, 301 515 3338")
    return chat.press("Yes, book it")


def reference_in(chat):
    card = chat.log.locator(".booked")
    expect(card).to_have_count(1)
    return re.search(r"reference number is\s+(\S+?)\.?\s*$", card.inner_text())[1]


def test_a_visitor_describes_symptoms_gets_causes_with_reasons_asks_about_treatments_and_books(chat):
    chat.open()
    causes = " ".join(answer_the_interview(chat, chat.ask(COMPLAINT)))
    assert "not a diagnosis" in causes
    assert re.search("pattern fits .*first steps", causes, re.I)
    assert "%" not in causes
    assert "each with its evidence" in " ".join(chat.ask("What treatments are there?"))
    choose_a_time(chat)
    leave_contact_data_and_confirm(chat)
    assert len(reference_in(chat)) >= 4


def tab_to(chat, control, key="Shift+Tab"):
    """Move the focus there as people do who use no mouse."""
    for _ in range(40):
        if control.evaluate("control => control.getRootNode().activeElement === control"):
            return
        chat.page.keyboard.press(key)
    raise AssertionError("the keyboard does not reach it")


def answer_by_keyboard(chat, label="", text=""):
    before = chat.bubbles.count()
    if label:
        tab_to(chat, chat.choices.get_by_role("button", name=label, exact=True))
    else:
        tab_to(chat, chat.box, "Tab")
        chat.page.keyboard.type(text)
    chat.page.keyboard.press("Enter")
    return chat.answers(before + 1)


def test_a_visit_is_booked_without_a_mouse(chat):
    tab_to(chat, chat.launcher, "Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.bubbles.first).to_be_visible(timeout=60_000)
    chat.wait_for_idle()
    answer_by_keyboard(chat, text="I would like to book a visit")
    answer_by_keyboard(chat, next(label for label in chat.choice_labels() if re.search(r"\d:\d\d", label)))
    answer_by_keyboard(chat, "No, first visit")
    if "I'd rather not say" in chat.choice_labels():
        answer_by_keyboard(chat, "I'd rather not say")
    answer_by_keyboard(chat, text="Jane Doe, 301 515 3338")
    answer_by_keyboard(chat, "Yes, book it")
    assert len(reference_in(chat)) >= 4


def test_an_emergency_in_the_middle_of_booking_raises_the_alarm_and_ends_the_booking(chat):
    chat.open()
    choose_a_time(chat)
    chat.ask(EMERGENCY)
    alarm = chat.log.locator(".emergency").last
    expect(alarm.get_by_role("link", name="Call 911 now")).to_be_visible()
    offered = " ".join(chat.choice_labels())
    assert "ook" not in offered
    assert not re.search(r"\d:\d\d", offered)
    chat.ask("Jane Doe")
    chat.ask("301 515 3338")
    expect(chat.log.locator(".booked")).to_have_count(0)
    assert "Yes, book it" not in chat.choice_labels()


def test_a_reload_in_the_middle_of_booking_goes_on_where_it_was(chat):
    chat.open()
    choose_a_time(chat)
    said = chat.texts()
    chat.page.reload()
    expect(chat.bubbles).to_have_count(len(said))
    assert chat.texts() == said
    leave_contact_data_and_confirm(chat)
    reference = reference_in(chat)
    chat.page.reload()
    expect(chat.log.locator(".booked")).to_contain_text(reference)


def test_a_reload_in_the_middle_of_the_interview_keeps_its_question(chat):
    chat.open()
    answers = chat.ask(COMPLAINT)
    said, offered = chat.texts(), chat.choice_labels()
    chat.page.reload()
    expect(chat.bubbles).to_have_count(len(said))
    assert chat.choice_labels() == offered
    assert "to talk over with a podiatrist" in " ".join(answer_the_interview(chat, answers)).lower()
