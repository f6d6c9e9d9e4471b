"""Who gets into the console, and for how long."""

import datetime as dt
import re
import time

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bot.console.accounts import StaffAdapter, create_invitation, has_staff
from bot.console.models import InvitationLink
from tests.console.signing_in import (
    EMAIL,
    PASSWORD,
    invited,
    secret_of,
    signed_in,
    signed_in_without_second_factor,
    totp,
    without_token,
)

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_setting_up_the_second_factor_shows_the_recovery_codes_at_once():
    assert signed_in().get("/staff/account/second-factor/recovery-codes/").status_code == 200


def test_changing_the_second_factor_later_asks_for_the_password_again():
    client = signed_in()
    session = client.session
    session["signed_in_at"] = int(time.time()) - 600
    session.save()
    answer = client.get("/staff/account/second-factor/totp/deactivate/")
    assert "reauthenticate" in answer["Location"]


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
