import pytest
from booking_samples import CONTACT

from bot.booking import encryption
from bot.booking.call_backs import request_call_back
from bot.booking.models import KeyCheck
from bot.booking.storage.key_check import check_key
from bot.errors import SettingsError
from bot.settings import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def another_key(monkeypatch):
    """Change the secret key from now on, as after a restart."""

    def change():
        changed = type("Changed", (), {"secret_key": settings().secret_key + "x"})
        monkeypatch.setattr(encryption, "settings", lambda: changed)
        forget()

    def forget():
        for function in (encryption._cipher, encryption._key):
            function.cache_clear()

    yield change
    monkeypatch.undo()
    forget()


def test_the_same_key_is_accepted_again_and_again():
    check_key()
    check_key()
    assert KeyCheck.objects.count() == 1


def test_another_key_is_refused_once_a_key_was_kept(another_key):
    check_key()
    another_key()
    with pytest.raises(SettingsError, match="INSTEP_SECRET_KEY"):
        check_key()


def test_another_key_is_refused_for_rows_from_before_the_check(another_key):
    request_call_back("conversation", CONTACT, "", "key")
    another_key()
    with pytest.raises(SettingsError, match="INSTEP_SECRET_KEY"):
        check_key()
    assert KeyCheck.objects.count() == 0
