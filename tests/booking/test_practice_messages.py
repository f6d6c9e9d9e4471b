"""Messages to the practice and call-back requests are kept, completed and closed; nothing of them is lost."""

import datetime as dt

import pytest
from django.db import connection

from bot.booking.appointments import forget_appointments, request_call_back
from bot.booking.call_backs import call_backs_of
from bot.booking.practice_messages import close_message, closed_messages, leave_message, messages_of, open_messages
from bot.booking.requests import CallBackState, CallTime, MessageKind, MessageState
from bot.booking.staff_queue import close_call_back, staff_queue
from bot.booking.storage.retention import clear_old_contacts
from bot.booking.visits import Contact, When, Wish
from bot.errors import AlreadyHandledError, AppointmentNotFoundError

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
TOM = Contact("Tom Quillfeather", "+13015550187")
NOBODY = Contact()


def leave(words="the insoles fit", contact=NOBODY, kind=MessageKind.MESSAGE, **more):
    return leave_message("conversation", kind, words, contact, **more)


def test_a_message_gets_the_contact_that_is_told_later():
    assert leave() == leave(contact=TOM)
    assert [(one.words, one.contact) for one in open_messages()] == [("the insoles fit", TOM)]


def test_words_under_one_key_make_one_message():
    leave("hola", kind=MessageKind.OTHER_LANGUAGE, key="language")
    leave("me duele", kind=MessageKind.OTHER_LANGUAGE, key="language")
    assert [one.words for one in open_messages()] == ["hola\nme duele"]


def test_another_language_comes_before_older_messages():
    leave()
    leave("hola", kind=MessageKind.OTHER_LANGUAGE)
    assert [one.kind for one in staff_queue().messages] == [MessageKind.OTHER_LANGUAGE, MessageKind.MESSAGE]


def test_a_closed_message_leaves_the_queue_and_comes_back_when_more_is_said():
    reference = leave()
    close_message(reference, MessageState.DONE, staff="ann@example.org", now=NOW, note="told Dr. Lee")
    assert open_messages() == () and [one.note for one in closed_messages()] == ["told Dr. Lee"]
    leave(contact=TOM)
    assert [one.reference for one in open_messages()] == [reference]


def test_one_of_two_who_close_a_message_wins():
    reference = leave()
    close_message(reference, MessageState.DONE, staff="ann@example.org", now=NOW)
    with pytest.raises(AlreadyHandledError):
        close_message(reference, MessageState.DONE, staff="ben@example.org", now=NOW)
    with pytest.raises(AppointmentNotFoundError):
        close_message("MS-777777", MessageState.DONE, staff="ann@example.org", now=NOW)


def test_a_message_goes_with_its_conversation_and_a_closed_one_after_retention():
    leave()
    assert forget_appointments("conversation") == 1
    close_message(leave("another"), MessageState.DONE, staff="ann@example.org", now=NOW)
    clear_old_contacts(NOW + dt.timedelta(days=40), 30)
    assert messages_of("conversation") == ()


def test_the_database_holds_no_words_of_a_message_in_the_clear():
    leave(contact=TOM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM booking_practicemessagerow")
        stored = str(cursor.fetchall())
    assert not any(secret in stored for secret in ("insoles", "Quillfeather", "3015550187"))


def test_a_call_keeps_when_it_is_wished_for_in_words_and_as_read():
    time = CallTime(Wish(When(time=dt.time(17), bound="after")), "after 5")
    request_call_back("conversation", TOM, "about the bill", "key", time=time)
    assert [(one.reason, one.time) for one in call_backs_of("conversation")] == [("about the bill", time)]


def test_what_is_told_anew_about_a_call_replaces_what_was_stored():
    request_call_back("conversation", TOM, "about the bill", "key", time=CallTime(words="mornings"))
    request_call_back("conversation", TOM, "", "key", time=CallTime(words="after 5"))
    assert [(one.reason, one.time.words) for one in call_backs_of("conversation")] == [("about the bill", "after 5")]


def test_who_asks_again_after_a_call_was_closed_is_in_the_queue_again():
    reference = request_call_back("conversation", TOM, "", "key")
    close_call_back(reference, CallBackState.NOT_REACHED, staff="ann@example.org", now=NOW)
    request_call_back("conversation", TOM, "", "key")
    assert [(one.reference, one.handled_by) for one in staff_queue().call_backs] == [(reference, "")]
