import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client


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
