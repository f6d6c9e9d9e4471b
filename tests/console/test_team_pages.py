"""Who manages accounts, and how a forgotten password is replaced without giving the second factor up."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bot.cli import password
from bot.console.accounts import accept_invitation, create_invitation, create_password_link, has_staff
from bot.console.models import AuditRow, InvitationLink
from bot.errors import StaffNotFoundError

pytestmark = pytest.mark.django_db

BEN = "ben@example.org"
NEW = "nine slow tortoises at noon"


def set_password(secret, password=NEW, repeated=None):
    form = {"password": password, "repeated": repeated or password}
    return Client().post(f"/staff/password/{secret}/", form)


def user(email=BEN):
    return get_user_model().objects.get(username=email)


def test_the_first_account_manages_the_others():
    accept_invitation(create_invitation(), "first@example.org", NEW)
    accept_invitation(create_invitation(), "second@example.org", NEW)
    assert has_staff()
    assert [user(f"{name}@example.org").is_superuser for name in ("first", "second")] == [True, False]


@pytest.mark.parametrize("path", ["", "invite/", "password/", "switch/"])
def test_others_do_not_manage_accounts(staff, path):
    client = staff()
    answer = client.get("/staff/team/") if not path else client.post(f"/staff/team/{path}", {"email": BEN})
    assert answer.status_code == 403
    assert not InvitationLink.objects.exists()


def test_a_manager_hands_over_a_link_that_sets_a_new_password(staff):
    staff(BEN)
    page = staff(manages=True).post("/staff/team/password/", {"email": BEN}).content.decode()
    secret = re.search(r"/staff/password/([\w-]+)/", page)[1]
    assert BEN in Client().get(f"/staff/password/{secret}/").content.decode()
    assert set_password(secret)["Location"] == "/staff/account/login/"
    assert user().check_password(NEW)
    assert list(AuditRow.objects.order_by("pk").values_list("action", "user_email")) == [
        ("link_new_password", "ann@example.org"),
        ("set_password", BEN),
    ]


def test_the_second_factor_is_still_asked_for(staff):
    staff(BEN)
    set_password(create_password_link(BEN))
    answer = Client().post("/staff/account/login/", {"login": BEN, "password": NEW})
    assert answer["Location"].startswith("/staff/account/second-factor/authenticate/")


def test_sessions_from_before_end(staff):
    browser = staff(BEN)
    assert browser.get("/staff/").status_code == 200
    set_password(create_password_link(BEN))
    assert browser.get("/staff/").status_code == 302


def test_a_link_works_once_and_a_newer_one_replaces_it(staff):
    staff(BEN)
    older, newer = create_password_link(BEN), create_password_link(BEN)
    assert set_password(older).status_code == 410
    assert set_password(newer).status_code == 302
    assert set_password(newer).status_code == 410


def test_a_link_ends_after_a_day(staff):
    staff(BEN)
    secret = create_password_link(BEN)
    InvitationLink.objects.update(expires_at=timezone.now())
    assert Client().get(f"/staff/password/{secret}/").status_code == 410


def test_an_invitation_sets_no_password_and_a_password_link_invites_nobody(staff):
    staff(BEN)
    assert set_password(create_invitation()).status_code == 410
    assert not accept_invitation(create_password_link(BEN), "eve@example.org", NEW)


@pytest.mark.parametrize(("password", "repeated"), [("short", None), (NEW, NEW + "!"), (BEN, None)])
def test_a_weak_or_mistyped_password_is_refused(staff, password, repeated):
    staff(BEN)
    assert set_password(create_password_link(BEN), password, repeated).status_code == 200
    assert not user().check_password(password)


def test_a_disabled_account_gets_no_link_and_its_link_ends(staff):
    staff(BEN)
    secret = create_password_link(BEN)
    staff(manages=True).post("/staff/team/switch/", {"email": BEN, "enable": "no"})
    assert set_password(secret).status_code == 410
    with pytest.raises(StaffNotFoundError):
        create_password_link(BEN)


def test_a_disabled_account_is_signed_out_and_can_be_enabled(staff):
    browser, manager = staff(BEN), staff(manages=True)
    manager.post("/staff/team/switch/", {"email": BEN, "enable": "no"})
    assert browser.get("/staff/").status_code == 302
    manager.post("/staff/team/switch/", {"email": BEN, "enable": "yes"})
    assert user().is_active


def test_nobody_disables_the_own_account(staff):
    manager = staff(manages=True)
    manager.post("/staff/team/switch/", {"email": "ann@example.org", "enable": "no"})
    assert user("ann@example.org").is_active


def test_a_new_password_ends_the_lock_out(staff, settings):
    staff(BEN)
    for _ in range(5):
        Client().post("/staff/account/login/", {"login": BEN, "password": "wrong"})
    set_password(create_password_link(BEN))
    answer = Client().post("/staff/account/login/", {"login": BEN, "password": NEW})
    assert answer.status_code == 302


# The command ends its connection, as it does outside of tests.
@pytest.mark.django_db(transaction=True)
def test_the_command_prints_a_link(staff, capsys):
    staff(BEN)
    password(BEN)
    link = capsys.readouterr().out.strip()
    assert set_password(link.rstrip("/").rpartition("/")[2]).status_code == 302
