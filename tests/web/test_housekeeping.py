import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone

from bot.booking.appointments import appointments_of, book_visit, request_call_back
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import Contact, Visit, VisitRequest
from bot.inbox import delivery
from bot.inbox.models import Conversation
from bot.web import housekeeping
from bot.web.housekeeping import purge
from tests.inbox.conftest import in_threads

ANN = Contact("Ann", "+13015550187")


def conversation_of(days_ago):
    identifier, _ = delivery.start_conversation()
    Conversation.objects.filter(pk=identifier).update(last_at=timezone.now() - dt.timedelta(days=days_ago))
    return identifier


def book(conversation, days):
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    return book_visit(
        VisitRequest("key", conversation, Visit(start, start + dt.timedelta(minutes=30), "ann", "first"), ANN)
    )


def left():
    return {str(pk) for pk in Conversation.objects.values_list("pk", flat=True)}


def test_conversations_are_deleted_after_ninety_days_with_their_requests(transactional_db):
    old, young = conversation_of(91), conversation_of(89)
    request_call_back(old, ANN, "", "key")

    assert purge()
    assert left() == {young}
    assert staff_queue().call_backs == ()


def test_a_coming_visit_keeps_its_conversation_until_it_is_over(transactional_db, monkeypatch):
    old = conversation_of(91)
    book(old, days=5)
    assert purge()
    assert left() == {old}

    later = timezone.now() + dt.timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert purge()
    assert left() == set()
    assert appointments_of(old) == ()


def test_several_processes_that_purge_at_once_do_not_disturb_each_other(transactional_db):
    for _ in range(10):
        conversation_of(91)
    assert in_threads(4, lambda _: purge()) == [True] * 4
    assert left() == set()


def test_what_a_broken_row_prevents_is_told_without_its_words_and_tried_again(transactional_db, monkeypatch, caplog):
    def break_off(*_):
        raise ValueError("my heel hurts")

    monkeypatch.setattr(housekeeping, "clear_old_contacts", break_off)
    assert not purge()
    assert "ValueError at" in caplog.text
    assert "heel" not in caplog.text


def test_ended_sessions_of_staff_are_deleted(transactional_db):
    for name, hours in [("ended", -1), ("open", 1)]:
        end = timezone.now() + dt.timedelta(hours=hours)
        Session.objects.create(session_key=name, session_data="", expire_date=end)
    assert purge()
    assert [session.session_key for session in Session.objects.all()] == ["open"]
