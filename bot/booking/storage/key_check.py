"""Recognise a wrong secret key at the start, not when the first contact detail cannot be read."""

from __future__ import annotations

from bot.booking.encryption import key_check_value
from bot.booking.models import AppointmentRow, CallBackRow, KeyCheck
from bot.errors import SettingsError


def check_key() -> None:
    """Keep a check value of the secret key in the database, or compare with the one that is there.

    Raises:
        SettingsError: contact data are stored under another key.
    """
    value = key_check_value()
    kept = KeyCheck.objects.filter(pk=1).first()
    if kept is None:
        # Rows from before the check: reading one fails with the same kind of error where the key is another.
        AppointmentRow.objects.first()
        CallBackRow.objects.first()
        kept, _ = KeyCheck.objects.get_or_create(pk=1, defaults={"value": value})
    if kept.value != value:
        raise SettingsError(
            "The secret key is not the one that this database was filled under, so stored contact data cannot be read: "
            "set INSTEP_SECRET_KEY to that key, or put its file secret.key back into the folder of INSTEP_VAR."
        )
