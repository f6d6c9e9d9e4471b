"""What is shown where something went wrong, instead of a bare page."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client

from bot.api.wording import practice
from bot.web import pages

pytestmark = pytest.mark.django_db


def test_a_page_that_does_not_exist_names_the_practice_and_its_phone(client):
    response = client.get("/no-such-page")
    page = response.content.decode()
    assert response.status_code == 404
    assert "This page does not exist" in page
    assert practice().name in page
    assert f"tel:{practice().phone_e164}" in page
    assert "no-such-page" not in page


def test_staff_are_told_what_is_known_and_led_back(client):
    user = get_user_model().objects.create(username="ann@example.org", is_staff=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/staff/conversations/00000000-0000-4000-8000-000000000000/").content.decode()
    assert "it may have been deleted" in page
    assert 'href="/staff/"' in page


def test_a_fault_of_ours_is_admitted(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("bot.web.pages.render", _failing_once(pages.render))
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "my left heel" not in response.content.decode()


def _failing_once(render):
    tries = []

    def render_or_fail(*arguments, **options):
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("my left heel")
        return render(*arguments, **options)

    return render_or_fail


def test_a_form_that_was_open_for_too_long_says_so():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/staff/account/login/", {"login": "ann@example.org", "password": "secret"})
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()
