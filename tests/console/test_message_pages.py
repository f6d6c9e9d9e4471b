"""Staff see what visitors wrote to the practice, and why, when and where somebody wants to be called."""

import datetime as dt

import pytest

from bot.booking.appointments import request_call_back
from bot.booking.practice_messages import leave_message, open_messages
from bot.booking.requests import CallTime, MessageKind
from bot.booking.visits import Contact, When, Wish
from bot.console.models import AuditRow
from bot.inbox.delivery import start_conversation

pytestmark = pytest.mark.django_db

TOM = Contact("Tom Reed", "+13015550187;ext=12")
AFTER_FIVE = CallTime(Wish(When(dt.date(2026, 12, 1), dt.time(17), bound="after")), "after 5 <tomorrow>")
QUEUE = "/staff/bookings/"


@pytest.fixture
def conversation():
    return start_conversation()[0]


def read(client, path=QUEUE):
    return client.get(path).content.decode()


def test_the_queue_and_the_transcript_show_reason_time_and_phone_of_a_call(staff, conversation):
    request_call_back(conversation, TOM, "about the bill", "key", time=AFTER_FIVE)
    client = staff()
    for page in (read(client), read(client, f"/staff/conversations/{conversation}/")):
        assert "about the bill" in page and "after 5 &lt;tomorrow&gt;" in page
        assert "Tue, Dec 1, after 5:00 PM" in page
        assert "(301) 555-0187 ext. 12" in page and "Tom Reed" in page


def test_who_wants_a_mail_is_shown_with_the_address(staff, conversation):
    request_call_back(conversation, Contact(email="tom@example.org"), "", "key")
    page = read(staff())
    assert "No name told" in page and "By e-mail:" in page and "mailto:tom@example.org" in page


def test_messages_are_shown_as_text_with_the_way_to_answer(staff, conversation):
    leave_message(conversation, MessageKind.COMMENT, "<b>great</b> article", Contact())
    leave_message(conversation, MessageKind.MESSAGE, "the insoles fit", TOM)
    client = staff()
    page, transcript = read(client), read(client, f"/staff/conversations/{conversation}/")
    assert "&lt;b&gt;great&lt;/b&gt; article" in page and "No answer asked for." in page
    assert "the insoles fit" in page and "(301) 555-0187 ext. 12" in page
    assert "the insoles fit" in transcript and "Comment (open)" in transcript


def test_a_message_in_another_language_says_that_nothing_was_asked(staff, conversation):
    leave_message(conversation, MessageKind.OTHER_LANGUAGE, "me duele el pie", Contact())
    page = read(staff())
    assert "Other language" in page and "signs of an emergency" in page


def test_a_message_is_closed_with_a_note_and_can_be_opened_again(staff, conversation):
    reference = leave_message(conversation, MessageKind.MESSAGE, "the insoles fit", Contact())
    client, address = staff(), f"/staff/bookings/messages/{reference}/"
    assert (
        "The message is closed."
        in client.post(address, {"state": "done", "note": "told"}, follow=True).content.decode()
    )
    assert open_messages() == () and "told" in read(client, "/staff/bookings/calls/")
    client.post(address, {"state": "open", "note": "told"})
    assert [one.reference for one in open_messages()] == [reference]
    assert AuditRow.objects.filter(subject=reference, action__startswith="message_").count() == 2


@pytest.mark.parametrize("form", [{}, {"state": "lost"}, {"state": "done", "note": "x" * 501}])
def test_a_message_is_not_closed_by_a_form_that_cannot_be_read(staff, conversation, form):
    reference = leave_message(conversation, MessageKind.MESSAGE, "the insoles fit", Contact())
    staff().post(f"/staff/bookings/messages/{reference}/", form)
    assert len(open_messages()) == 1
