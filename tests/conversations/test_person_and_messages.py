"""Talking to a person, being called back, and leaving words for the practice, through the trained model."""

import itertools

import pytest

from bot.booking.requests import MessageKind
from bot.booking.staff_queue import staff_queue

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

PRACTICE = "(301) 515-3338"
_names = (f"caller {number}" for number in itertools.count())


@pytest.fixture
def visitor():
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    talk, name = Talk(), next(_names)
    return lambda text: talk.say(name, text)


def bubbles(answer):
    return [reply["text"] for reply in answer["replies"]]


def words(answer):
    return "\n".join(bubbles(answer))


def calls():
    return staff_queue().call_backs


def messages():
    return staff_queue().messages


def test_the_number_and_the_offer_of_a_call_come_in_one_bubble(visitor):
    answer = visitor("can I talk to somebody")
    assert len(bubbles(answer)) == 1
    assert PRACTICE in words(answer) and "your name, your number" in words(answer)


def test_name_number_extension_and_time_are_taken_from_one_answer(visitor):
    visitor("can I talk to somebody")
    answer = visitor("Tom Reed 301-555-0122 ext 12, after 5")
    assert "(301) 555-0122 ext. 12" in words(answer) and "after 5" in words(answer)
    call = calls()[0]
    assert (call.contact.name, call.contact.phone) == ("Tom Reed", "+13015550122;ext=12")
    assert (call.time.words, call.time.wish.when.bound) == ("after 5", "after")


def test_a_refusal_ends_it_kindly_and_nothing_is_asked_again(visitor):
    visitor("can I talk to somebody")
    assert "That is fine" in words(visitor("no thanks"))
    after = visitor("do you take Aetna?")
    assert "number" not in words(after).replace(PRACTICE, "") and len(bubbles(after)) == 1
    assert "your name" not in words(visitor("can I talk to somebody"))
    assert calls() == ()


def test_anger_gets_an_apology_and_the_shortest_way_and_no_second_question(visitor):
    first = words(visitor("get me a person NOW"))
    assert "sorry" in first and PRACTICE in first and "What is your name" not in first
    second = words(visitor("get me a person NOW!!"))
    assert "sorry" in second and PRACTICE in second and second != first
    assert "?" not in second


@pytest.mark.parametrize(
    ("wish", "about", "when"),
    [
        ("please call me back about the bill", "about the bill", ""),
        ("please call me back tomorrow morning", "", "tomorrow morning"),
    ],
)
def test_a_call_keeps_its_reason_and_its_time_while_the_number_is_missing(visitor, wish, about, when):
    visitor(wish)
    assert "hours" in words(visitor("what are your hours?"))
    visitor("301 555 0188")
    assert [(call.reason, call.time.words) for call in calls()] == [(about, when)]


def test_a_name_alone_is_thanked_for_and_only_the_number_is_asked(visitor):
    visitor("please call me back")
    assert words(visitor("Ann Lee")) == "Thank you. And which number should they call?"
    assert "Thank you, Ann Lee" in words(visitor("240 555 0177"))


def test_a_call_beside_a_practice_question_is_answered_and_stored(visitor):
    answer = visitor("do you take Aetna? please call me back")
    assert len(bubbles(answer)) == 1 and "insurance" in words(answer) and "name and number" in words(answer)
    visitor("Tom Reed, 301-555-0122")
    assert [call.reason for call in calls()] == ["do you take Aetna? please call me back"]


def test_a_call_beside_symptoms_is_stored_when_the_number_comes_with_an_answer(visitor):
    answer = visitor("my heel hurts in the morning, please call me back")
    assert "name and number" in words(answer) and len(bubbles(answer)) <= 3
    assert "(301) 555-0122" in words(visitor("none of these. Tom Reed 301-555-0122"))
    call = calls()[0]
    assert call.contact.name == "Tom Reed"
    assert call.reason.startswith("my heel hurts")


def test_a_call_beside_a_booking_is_stored_with_the_details_of_the_booking(visitor):
    visitor("I want to book a visit and please call me to confirm")
    visitor("the first one")
    visitor("Tom Reed 301-555-0122")
    assert [call.contact.phone for call in calls()] == ["+13015550122"]


def test_a_number_without_area_code_is_asked_for_once_more_in_one_bubble(visitor):
    visitor("can I talk to somebody")
    assert "area code" in words(visitor("555-0188"))
    visitor("301 555 0188")
    assert len(calls()) == 1


def test_what_is_no_answer_is_not_asked_about_for_ever(visitor):
    visitor("can I talk to somebody")
    said = [words(visitor(text)) for text in ("what?", "huh", "blah blah", "blah")]
    assert sum("number" in text for text in said) == 1


@pytest.mark.parametrize(
    ("wish", "answer"), [("text me", "301 555 0188"), ("can you email me instead", "a@example.com")]
)
def test_how_the_practice_answers_is_said(visitor, wish, answer):
    assert "by phone or e-mail, not by text" in words(visitor(wish))
    visitor(answer)
    contact = calls()[0].contact
    assert bool(contact.phone) != bool(contact.email)


def test_the_word_cell_is_no_name(visitor):
    visitor("call me on my cell")
    visitor("my cell is 301 555 0188")
    assert [(call.contact.name, call.contact.phone) for call in calls()] == [("", "+13015550188")]


def test_a_message_is_taken_and_may_go_without_an_answer(visitor):
    assert "What should I pass on?" in words(visitor("I want to leave a message"))
    assert "nothing is published" in words(visitor("my orthotics squeak when I walk"))
    assert "?" not in words(visitor("no"))
    assert [(one.kind, one.words) for one in messages()] == [(MessageKind.MESSAGE, "my orthotics squeak when I walk")]


def test_a_message_that_is_told_at_once_is_not_asked_for(visitor):
    asked = words(visitor("can you pass on that I will bring my old shoes"))
    assert "passed that on" in asked and "number or an e-mail" in asked
    assert "ann@example.com" in words(visitor("Ann Lee ann@example.com"))
    assert [one.contact.name for one in messages()] == ["Ann Lee"]


def test_a_message_is_stored_when_the_visitor_goes_on_with_something_else(visitor):
    visitor("tell the doctor thank you")
    assert len(bubbles(visitor("what are your hours?"))) == 1
    assert [one.words for one in messages()] == ["tell the doctor thank you"]


def test_a_comment_is_stored_for_staff_and_not_published(visitor):
    assert "nothing is published" in words(visitor("I want to comment on your article"))
    assert "If you would like an answer" in words(visitor("it helped me a lot with my flat feet"))
    assert [one.kind for one in messages()] == [MessageKind.COMMENT]


def test_a_message_beside_symptoms_is_stored_and_the_symptoms_are_asked_about(visitor):
    answer = visitor("my heel hurts in the morning and tell the doctor thank you")
    assert "passed your message on" in words(answer)
    assert "Not sure" in answer["replies"][-1]["choices"]
    assert [one.words for one in messages()] == ["tell the doctor thank you"]


def test_a_warning_sign_in_a_message_comes_first(visitor):
    visitor("I want to leave a message")
    answer = visitor("tell him my chest hurts and I can't breathe since this morning")
    assert answer["urgency"] == "emergency" and "911" in bubbles(answer)[0]


def test_an_emergency_is_not_delayed_by_a_call_that_waits(visitor):
    visitor("can I talk to somebody")
    answer = visitor("my calf is swollen and I can't breathe")
    assert len(bubbles(answer)) == 1 and "911" in words(answer)
    assert "911" in words(visitor("Tom Reed 301-555-0122"))
    assert calls() == ()


def test_another_language_reaches_staff_and_is_answered_in_it(visitor):
    first = words(visitor("me duele mucho el pie derecho y soy diabético, tengo una herida"))
    assert "911" in first and "Escriba" in first.title() and PRACTICE in first
    assert [(one.kind, "diabético" in one.words) for one in messages()] == [(MessageKind.OTHER_LANGUAGE, True)]
    assert "le llamará al (301) 555-0188" in words(visitor("María López 301 555 0188"))
    assert "herida" in calls()[0].reason
    again = words(visitor("gracias, muchas gracias por la ayuda"))
    assert again != first and len(messages()) == 1


def test_a_question_in_english_about_languages_makes_no_entry(visitor):
    assert "only understand English" in words(visitor("do you speak spanish?"))
    assert messages() == ()
