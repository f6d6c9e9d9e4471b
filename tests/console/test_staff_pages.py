"""Who gets into the console, what it shows, and that every look leaves a row."""

import base64
import datetime as dt
import hashlib
import hmac
import html
import re
import struct
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bot.console.accounts import StaffAdapter, create_invitation, has_staff
from bot.console.models import AuditRow, InvitationLink
from bot.console.pages import practice
from bot.inbox.delivery import claim_turn, complete_turn, receive_text, start_conversation
from bot.inbox.messages import Bubble, TurnOutcome, Understanding
from bot.inbox.models import Conversation
from bot.inbox.transcripts import read_transcript

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "front.desk@example.org"
PASSWORD = "seven quiet herons at dawn"


def totp(secret: str, at: float | None = None) -> str:
    """The code of RFC 6238 that an authenticator app shows."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def invited(email: str = EMAIL) -> None:
    secret = create_invitation()
    form = {"email": email, "password": PASSWORD, "repeated": PASSWORD}
    answer = Client().post(f"/staff/invitation/{secret}/", form)
    assert answer.status_code == 302, answer.content


def signed_in_without_second_factor() -> Client:
    invited()
    client = Client()
    answer = client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def signed_in() -> Client:
    client = signed_in_without_second_factor()
    page = client.get("/staff/account/second-factor/totp/activate/")
    secret = re.search(rb'value="([A-Z2-7]{16,})"', page.content)
    assert secret
    answer = client.post("/staff/account/second-factor/totp/activate/", {"code": totp(secret[1].decode())})
    assert answer.status_code == 302, answer.content
    return client


def secret_of(email: str) -> str:
    """The secret of that account's authenticator app."""
    kept = Authenticator.objects.get(user__email=email, type=Authenticator.Type.TOTP).data["secret"]
    return str(get_adapter().decrypt(kept))


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def conversation(text: str = "my heel is sore") -> str:
    conversation_id, _ = start_conversation()
    receive_text(conversation_id, "key-00000001", text)
    while turn := claim_turn("test"):
        understanding = Understanding(intent="describe_symptoms", confidence=0.9, urgency="routine")
        complete_turn(turn, TurnOutcome([Bubble("Where is it?")], [], understanding))
    return conversation_id


def test_there_is_no_account_before_somebody_is_invited():
    assert not has_staff()


@pytest.mark.parametrize("path", ["/staff/", "/staff/bookings/", "/staff/account/second-factor/"])
def test_a_stranger_is_sent_to_sign_in(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/account/login/")


def test_there_is_no_page_to_sign_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert not StaffAdapter().is_open_for_signup(RequestFactory().get("/"))


def test_an_invitation_works_once():
    secret = create_invitation()
    form = {"email": EMAIL, "password": PASSWORD, "repeated": PASSWORD}
    assert Client().post(f"/staff/invitation/{secret}/", form).status_code == 302
    second = Client().post(f"/staff/invitation/{secret}/", {**form, "email": "other@example.org"})
    assert second.status_code == 410


def test_an_invitation_ends_after_a_day():
    secret = create_invitation()
    InvitationLink.objects.update(expires_at=timezone.now())
    assert Client().get(f"/staff/invitation/{secret}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "repeated", "complaint"),
    [
        ("short", "short", "too short"),
        ("passwordpassword", "passwordpasswort", "differ"),
        (EMAIL, EMAIL, "too similar"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_with_a_reason(password, repeated, complaint):
    form = {"email": EMAIL, "password": password, "repeated": repeated}
    answer = Client().post(f"/staff/invitation/{create_invitation()}/", form)
    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert not has_staff()


def test_without_a_second_factor_no_staff_page_opens():
    client = signed_in_without_second_factor()
    for path in ("/staff/", "/staff/bookings/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "totp/activate" in answer["Location"]


def test_the_next_sign_in_asks_for_the_code():
    signed_in()
    client = Client()
    answer = client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer["Location"].startswith("/staff/account/second-factor/authenticate/")
    assert client.get("/staff/").status_code == 302


def test_the_fifth_wrong_password_locks_that_name_from_that_address_only():
    invited()
    for _ in range(5):
        answer = Client(REMOTE_ADDR="192.0.2.7").post("/staff/account/login/", {"login": EMAIL, "password": "wrong"})
    assert answer.status_code == 429
    right = {"login": EMAIL, "password": PASSWORD}
    assert Client(REMOTE_ADDR="192.0.2.7").post("/staff/account/login/", right).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.8").post("/staff/account/login/", right).status_code == 302
    invited("colleague@example.org")
    colleague = {"login": "colleague@example.org", "password": PASSWORD}
    assert Client(REMOTE_ADDR="192.0.2.7").post("/staff/account/login/", colleague).status_code == 302


def test_lock_out_ends_after_a_quarter_of_an_hour(monkeypatch):
    invited()
    for _ in range(5):
        Client().post("/staff/account/login/", {"login": EMAIL, "password": "wrong"})
    right = {"login": EMAIL, "password": PASSWORD}
    for minutes, status in ((14, 429), (16, 302)):
        AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=minutes))
        assert Client().post("/staff/account/login/", right).status_code == status


def test_a_sign_in_tells_nobody_which_addresses_have_an_account():
    invited()
    pages = [
        Client().post("/staff/account/login/", {"login": login, "password": "wrong"}).content.decode()
        for login in (EMAIL, "nobody@example.org")
    ]
    assert "Sign in" in pages[0]
    assert without_token(pages[0]).replace(EMAIL, "") == without_token(pages[1]).replace("nobody@example.org", "")


def test_a_code_of_the_second_factor_works_once():
    signed_in()
    for wanted in (302, 200):
        client = Client()
        client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
        code = totp(secret_of(EMAIL), time.time() + 30)
        assert client.post("/staff/account/second-factor/authenticate/", {"code": code}).status_code == wanted


def test_a_recovery_code_works_once():
    page = signed_in().get("/staff/account/second-factor/recovery-codes/").content.decode()
    code = re.search(r"\b\d{8}\b", page)
    for wanted in (302, 200):
        client = Client()
        client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
        assert client.post("/staff/account/second-factor/authenticate/", {"code": code[0]}).status_code == wanted


def test_a_session_ends_after_a_quarter_of_an_hour_without_a_request(monkeypatch):
    client, now = signed_in(), timezone.now()
    for minutes, status in ((14, 200), (28, 200), (44, 302)):
        monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(minutes=minutes))  # noqa: B023
        assert client.get("/staff/").status_code == status


def test_the_sixth_wrong_code_of_the_second_factor_is_refused_unread():
    signed_in()
    client = Client()
    client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
    pages = [client.post("/staff/account/second-factor/authenticate/", {"code": "000000"}) for _ in range(6)]
    assert b"Incorrect code" in pages[4].content
    assert b"Incorrect code" not in pages[5].content
    assert b"Too many" in pages[5].content


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


def test_setting_up_the_second_factor_shows_the_recovery_codes_at_once():
    assert signed_in().get("/staff/account/second-factor/recovery-codes/").status_code == 200


def test_changing_the_second_factor_later_asks_for_the_password_again():
    client = signed_in()
    session = client.session
    session["signed_in_at"] = int(time.time()) - 600
    session.save()
    answer = client.get("/staff/account/second-factor/totp/deactivate/")
    assert "reauthenticate" in answer["Location"]


def test_a_transcript_that_does_not_exist_is_not_found():
    answer = signed_in().get("/staff/conversations/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/staff/", "/staff/bookings/", "/staff/account/login/"])
def test_staff_pages_are_never_kept_in_a_cache(path):
    assert signed_in().get(path)["Cache-Control"] == "no-store"


def test_a_session_ends_after_twelve_hours_however_busy():
    client = signed_in()
    session = client.session
    session["signed_in_at"] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert client.get("/staff/")["Location"].startswith("/staff/account/login/")


def test_a_disabled_account_is_out_at_its_next_request(django_user_model):
    client = signed_in()
    django_user_model.objects.update(is_active=False)
    assert client.get("/staff/").status_code == 302


def test_signing_out_clears_the_browser():
    answer = signed_in().post("/staff/account/logout/")
    assert "cache" in answer["Clear-Site-Data"]
