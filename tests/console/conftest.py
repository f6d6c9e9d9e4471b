import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _no_limit_is_used_up(db):
    # allauth lets one address sign in 30 times a minute, and these tests are faster than that.
    cache.clear()


@pytest.fixture
def staff():
    """Return a function that signs a member of staff in, with a second factor, and returns the browser."""

    def sign_in(email="ann@example.org", *, manages=False):
        user = get_user_model().objects.create(username=email, email=email, is_staff=True, is_superuser=manages)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
