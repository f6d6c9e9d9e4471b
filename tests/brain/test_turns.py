import logging

import pytest
from django.contrib.auth import get_user_model


def test_a_new_conversation_is_opened_by_the_bot(chat):
    assert [line.text for line in chat.lines()] == ["Hello."]


def test_buttons_of_a_response_become_choices(chat):
    (bubble,) = chat.say("hello there")

    assert [choice.label for choice in bubble.choices] == ["Book", "Leave"]


def test_a_pressed_choice_is_understood_by_its_payload(chat):
    chat.say("hello there")

    assert [bubble.text for bubble in chat.press("Book")] == ["Your name?"]
    assert chat.understood().intent == "request_booking"
    assert chat.understood().confidence == 1.0


def test_several_pressed_choices_reach_the_action_together(chat):
    (bubble,) = chat.say("show me the list")

    assert bubble.many
    assert [choice.alone for choice in bubble.choices] == [False, False, True]
    assert [bubble.text for bubble in chat.press("one", "three")] == ["Taken: one, three"]


@pytest.mark.parametrize("text", ["/goodbye", '/inform{"answer": "one"}', "/restart", "/session_start", "/back", "/"])
def test_typed_text_is_never_a_command(chat, text):
    chat.say("make an appointment")
    chat.say("Anna")

    answer = chat.say(text)

    # In the form every text is taken as the day that was asked for.
    assert [bubble.text for bubble in answer] == [f"Booked: Anna, {text}."]


@pytest.mark.parametrize("text", ["👣", "?!", "\u200b", "a\nb\tc", "<b>x</b>", "{visitor_name}", "0"])
def test_any_text_gets_an_answer(chat, text):
    assert chat.say(text)


def test_a_long_text_gets_an_answer(chat):
    assert chat.say("ß" * 1000)


def test_a_form_that_refuses_a_value_asks_again(chat):
    chat.say("make an appointment")

    assert [bubble.text for bubble in chat.say("Al")] == ["That is too short.", "Your name?"]


def test_a_failed_turn_keeps_nothing_and_ends_with_the_phone_number(chat):
    answer = chat.say("please misbehave")

    assert len(answer) == 1
    assert "call (301) 515-3338" in answer[0].text or "call (301) 515-FEET" in answer[0].text
    assert not get_user_model().objects.filter(username="half-done").exists()


def test_a_conversation_goes_on_after_a_failed_turn(chat):
    chat.say("make an appointment")
    chat.say("Anna")
    chat.say("tomorrow")
    chat.say("please misbehave")

    assert [bubble.text for bubble in chat.say("goodbye")] == ["Goodbye."]


def test_what_a_visitor_wrote_never_reaches_log_or_output(chat, caplog, capfd, recwarn):
    caplog.set_level(logging.DEBUG, logger="bot")
    for line in (
        "Xanthippe wrote this",
        "/foo{bad json Xanthippe",
        '/greet{"name": "Xanthippe"}',
        "misbehave Xanthippe",
    ):
        chat.say(line)

    output = capfd.readouterr()
    assert "answered in" in caplog.text
    assert "xanthippe" not in caplog.text.lower()
    assert "xanthippe" not in (output.out + output.err).lower()
    assert not [warning for warning in recwarn if "xanthippe" in str(warning.message).lower()]


def test_findings_of_a_message_are_told_to_staff(chat):
    chat.say("my heel hurts in the morning, no numbness")

    found = {finding["id"]: finding["status"] for finding in chat.understood().findings}
    assert found["loc_heel"] == "present"
    assert "absent" in found.values()


def test_turns_use_the_one_connection_of_their_thread(chat, monkeypatch):
    from django.db.backends.sqlite3.base import DatabaseWrapper

    opened = []
    monkeypatch.setattr(DatabaseWrapper, "get_new_connection", lambda self, parameters: opened.append(self))

    assert chat.say("hello there")
    assert opened == []


def test_a_message_that_ended_three_processes_is_answered_with_the_phone_number(chat, monkeypatch):
    receipt = chat.inbox.receive_text(chat.id, "ends-its-process", "hello there")
    for _ in range(chat.inbox.MAX_TRIES):
        # A killed process: the turn was claimed and never given back.
        assert chat.inbox.claim_turn("killed", lease_seconds=-1)
    monkeypatch.setattr(chat.agent, "answer", lambda turn: pytest.fail("it was run once more"))

    chat.work()

    (bubble,) = chat.after(receipt.seq)
    assert "call (301) 515-" in bubble.text
