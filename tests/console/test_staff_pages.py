"""What the console shows of conversations, and that every look leaves a row."""

import html
import re

import pytest
from django.utils import timezone

from bot.console.models import AuditRow
from bot.console.pages import practice
from bot.inbox.delivery import start_conversation
from bot.inbox.models import Conversation
from bot.inbox.transcripts import read_transcript
from tests.console.signing_in import EMAIL, conversation, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_shows_conversations_newest_first():
    client = signed_in()
    conversation("older words")
    conversation("newer words")
    page = client.get("/staff/").content.decode()
    assert 0 < page.index("newer words") < page.index("older words")


def test_leafing_passes_over_no_conversation_of_the_same_moment():
    client = signed_in()
    started = {start_conversation()[0] for _ in range(60)}
    Conversation.objects.update(last_at=timezone.now())
    first = client.get("/staff/").content.decode()
    older = re.search(r'href="(/staff/\?[^"]*)">Older', first)
    second = client.get(html.unescape(older[1])).content.decode()
    assert set(re.findall(r"/staff/conversations/([0-9a-f-]{36})/", first + second)) == started


@pytest.mark.parametrize("query", ["before=yesterday", "before=2026-11-23T10:00:00&id=1"])
def test_a_page_that_cannot_be_meant_is_not_found(query):
    assert signed_in().get(f"/staff/?{query}").status_code == 404


def test_a_transcript_shows_both_sides_and_what_was_understood():
    client = signed_in()
    page = client.get(f"/staff/conversations/{conversation('my heel is sore')}/").content.decode()
    assert "my heel is sore" in page
    assert "Where is it?" in page
    assert "describe symptoms" in page


def test_what_a_visitor_wrote_is_shown_as_text_never_as_markup():
    client = signed_in()
    page = client.get(f"/staff/conversations/{conversation('<script>alert(1)</script>')}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_every_look_at_a_transcript_leaves_one_row():
    client = signed_in()
    wanted = conversation()
    client.get(f"/staff/conversations/{wanted}/")
    client.get(f"/staff/conversations/{wanted}/")
    rows = AuditRow.objects.filter(action="read_transcript", subject=wanted)
    assert [row.user_email for row in rows] == [EMAIL, EMAIL]


def test_times_are_shown_in_the_time_zone_of_the_practice():
    client = signed_in()
    wanted = conversation()
    at = read_transcript(wanted)[-1].event.created_at.astimezone(practice().time_zone)
    assert f"{at:%-I:%M:%S %p}" in client.get(f"/staff/conversations/{wanted}/").content.decode()


def test_a_transcript_that_does_not_exist_is_not_found():
    answer = signed_in().get("/staff/conversations/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/staff/", "/staff/bookings/", "/staff/account/login/"])
def test_staff_pages_are_never_kept_in_a_cache(path):
    assert signed_in().get(path)["Cache-Control"] == "no-store"
