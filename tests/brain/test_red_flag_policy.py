import pytest


@pytest.mark.parametrize("before", [[], ["make an appointment"], ["make an appointment", "Anna"]])
def test_a_red_flag_is_answered_first_in_any_state(chat, before):
    for line in before:
        chat.say(line)

    answer = chat.say("there is a RED ALARM")

    assert [(bubble.text, bubble.kind) for bubble in answer] == [("Call for help.", "emergency")]


@pytest.mark.parametrize("line", ["hello there", "make an appointment", "Anna", "count the turns", "list please"])
def test_after_an_emergency_every_message_gets_the_emergency_again(chat, line):
    chat.say("red alarm")

    assert [bubble.text for bubble in chat.say(line)] == ["Please call for help first."]


def test_after_an_emergency_the_listed_intents_are_answered(chat):
    chat.say("red alarm")

    assert [bubble.text for bubble in chat.say("goodbye")] == ["Goodbye."]


def test_an_emergency_closes_the_booking_form(chat):
    chat.say("make an appointment")
    chat.say("red alarm")

    answer = chat.say("goodbye")

    assert [bubble.text for bubble in answer] == ["Goodbye."]


def test_an_emergency_is_the_outcome_that_staff_see(chat):
    chat.say("red alarm")

    assert chat.understood().urgency == "emergency"
    assert chat.understood().red_flags == ("alarm",)
