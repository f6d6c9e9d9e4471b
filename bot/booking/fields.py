"""A text column that is encrypted in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from bot.booking.encryption import decrypt, encrypt

if TYPE_CHECKING:
    TextColumn = models.TextField[str, str]
else:
    TextColumn = models.TextField


class EncryptedTextField(TextColumn):
    """Text in Python, a Fernet token in the database. It cannot be searched: keep a blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        """Return the token to store."""
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Return the text of a stored token."""
        return None if value is None else decrypt(value)
