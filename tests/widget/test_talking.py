import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NARROW, PHONE

pytestmark = pytest.mark.browser


def test_the_bot_greets_with_choices(chat):
    assert chat.texts() == ["Hello, I am a program.", "What would you like to do?"]
    assert chat.choice_labels() == ["Describe", "Book"]


def test_a_message_shows_at_once_and_only_once(chat):
    before = chat.bubbles.count()
    arrive = chat.hold_messages()
    chat.say("hello")
    expect(chat.log.locator(".visitor .plain")).to_have_text(["hello"])
    arrive()
    chat.answers(before + 1)
    assert chat.texts()[before:] == ["hello", "hello"]


def test_while_the_bot_thinks_a_status_says_so_outside_the_log(chat):
    chat.say("think")
    expect(chat.page.locator("instep-chat .dots")).to_be_visible()
    status = chat.page.get_by_role("status").filter(has_text="The assistant is writing")
    expect(status).to_be_attached()
    assert status.evaluate("status => status.closest('[role=log]')") is None
    chat.ask("enough")


def test_shift_enter_makes_a_line_and_enter_sends(chat):
    chat.box.press_sequentially("one")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("two")
    chat.box.press("Enter")
    expect(chat.log.locator(".visitor .plain")).to_have_text("one\ntwo")


def test_an_empty_message_is_not_sent(chat):
    before = chat.bubbles.count()
    chat.say("   \n ")
    chat.page.wait_for_timeout(300)
    assert chat.bubbles.count() == before


def test_choices_stay_when_further_bubbles_follow(chat):
    assert chat.ask("choices") == ["Is it worst in the morning?", "Take your time."]
    assert chat.choice_labels() == ["Yes", "No", "Not sure"]


def test_a_pressed_choice_is_the_visitors_answer_and_cannot_be_pressed_again(chat):
    chat.ask("choices")
    chat.page.route("**/messages", lambda route: None)
    chat.choices.get_by_role("button", name="Not sure").click()
    expect(chat.log.locator(".visitor").last).to_contain_text("Not sure")
    for label in ("Yes", "No", "Not sure"):
        expect(chat.choices.get_by_role("button", name=label, exact=True)).to_be_disabled()


def test_the_answer_to_a_choice_comes_from_the_server(chat):
    chat.ask("choices")
    assert chat.press("Yes") == ["Yes"]
    expect(chat.choices).to_be_hidden()


def test_typing_answers_a_question_with_choices_too(chat):
    chat.ask("choices")
    assert chat.ask("mostly at night") == ["mostly at night"]
    expect(chat.choices).to_be_hidden()


def test_several_choices_are_ticked_and_sent_together(chat):
    chat.ask("many")
    send = chat.choices.get_by_role("button", name="Send answers")
    expect(send).to_have_attribute("aria-disabled", "true")
    before = chat.bubbles.count()
    chat.choices.get_by_label("Numb toes").check()
    chat.choices.get_by_label("Calf pain").check()
    send.click()
    assert chat.answers(before + 1) == ["Numb toes, Calf pain"]


def test_none_of_these_is_never_ticked_together_with_another_choice(chat):
    chat.ask("long list")
    sign, none = chat.choices.get_by_label("Sign 3"), chat.choices.get_by_label("None of these")
    sign.check()
    none.check()
    expect(sign).not_to_be_checked()
    chat.choices.get_by_label("Sign 5").check()
    sign.check()
    expect(none).not_to_be_checked()
    before = chat.bubbles.count()
    chat.choices.get_by_role("button", name="Send answers").click()
    assert chat.answers(before + 1) == ["Sign 3, Sign 5"]


def test_answers_to_a_long_list_are_sent_without_scrolling_to_its_end(visitor):
    chat = visitor(viewport=PHONE).open()
    chat.ask("long list")
    chat.choices.get_by_label("Sign 0").check()
    chat.page.locator("instep-chat .scroller").evaluate("scroller => scroller.scrollTo(0, 0)")
    send = chat.choices.get_by_role("button", name="Send answers").bounding_box()
    assert send["y"] + send["height"] <= chat.box.bounding_box()["y"]


def test_the_practices_number_can_be_pressed_and_other_numbers_cannot(chat):
    chat.ask("number")
    numbers = chat.log.locator(".number")
    assert numbers.all_inner_texts() == ["301-515-3338", "(301) 555-0148"]
    assert numbers.evaluate_all("all => all.map(one => one.getAttribute('href'))") == ["tel:+13015153338", None]
    assert numbers.evaluate_all("all => all.map(one => one.getClientRects().length)") == [1, 1]


def test_what_has_to_be_seen_today_stands_out_with_the_number_to_call(chat):
    chat.ask("today")
    card = chat.log.locator(".same_day")
    expect(card).to_contain_text("To be seen today")
    assert card.get_by_role("link").get_attribute("href") == "tel:+13015153338"


def test_choices_are_operated_by_keyboard_alone(chat):
    chat.ask("choices")
    before = chat.bubbles.count()
    for _ in range(20):
        chat.page.keyboard.press("Shift+Tab")
        if chat.choices.get_by_role("button", name="No", exact=True).evaluate("no => no.matches(':focus')"):
            break
    chat.page.keyboard.press("Enter")
    assert chat.answers(before + 1) == ["No"]
    # The focus is not lost: it is on the conversation, from where Tab leads on.
    assert chat.page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "scroller"


def test_an_emergency_is_an_alarm_with_the_number_to_call(chat):
    chat.ask("emergency")
    alarm = chat.log.locator(".emergency")
    expect(alarm).to_contain_text("This may be an emergency")
    call = alarm.get_by_role("link", name="Call 911 now")
    assert call.get_attribute("href") == "tel:911"
    assert call.bounding_box()["height"] >= 44
    assert chat.choice_labels() == ["This is not happening"]


def test_on_a_small_phone_the_number_to_call_is_in_view_at_once(visitor):
    chat = visitor(viewport=NARROW).open()
    chat.ask("long emergency")
    call = chat.log.get_by_role("link", name="Call 911 now").bounding_box()
    assert call["y"] + call["height"] <= chat.page.locator("instep-chat .composer").bounding_box()["y"]


def test_a_booked_visit_is_a_card(chat):
    chat.ask("booked")
    card = chat.log.locator(".booked")
    expect(card).to_contain_text("Confirmed")
    expect(card.locator("strong").last).to_have_text("K7Q4")


def test_lists_bold_and_links_are_shown_and_other_schemes_are_not_linked(chat):
    chat.ask("markdown")
    bubble = chat.log.locator(".bubble").last
    assert bubble.locator("ul li").all_inner_texts()[0] == "Stretch the calf"
    assert bubble.locator("ol li").all_inner_texts() == ["first", "second"]
    assert bubble.locator("strong").all_inner_texts() == ["help most"]
    links = bubble.locator("a").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.rel, a.target])")
    assert links == [
        ["https://example.org/feet", "noopener noreferrer", "_blank"],
        ["tel:+13015153338", "noopener noreferrer", ""],
        ["https://example.org/a.html", "noopener noreferrer", "_blank"],
    ]


def test_a_visitors_own_markdown_stays_as_written(chat):
    chat.say("**bold** [a](https://example.org)\n- x")
    expect(chat.log.locator(".visitor .plain")).to_have_text("**bold** [a](https://example.org)\n- x")


def test_the_limit_of_1_000_characters_is_counted_and_nothing_is_cut(chat):
    counter = chat.page.locator("instep-chat .counter")
    expect(counter).to_have_text("")
    chat.box.fill("x" * 500)
    expect(counter).to_have_text("500 / 1,000")
    chat.box.fill("😀" * 1001)
    expect(counter).to_have_text("1,001 / 1,000")
    expect(chat.page.get_by_role("status").filter(has_text="1 character too many")).to_be_visible()
    before = chat.bubbles.count()
    chat.box.press("Enter")
    chat.page.wait_for_timeout(300)
    assert chat.bubbles.count() == before
    assert len(chat.box.input_value()) == 1001
    chat.box.fill("😀" * 1000)
    chat.box.press("Enter")
    assert chat.answers(before + 1) == ["😀" * 1000]


def test_messages_that_come_while_the_chat_is_closed_are_counted_on_the_launcher(chat):
    arrive = chat.hold_messages()
    chat.say("answered later")
    chat.page.keyboard.press("Escape")
    arrive()
    expect(chat.page.get_by_role("button", name="Chat with us, 1 new message")).to_be_visible()
