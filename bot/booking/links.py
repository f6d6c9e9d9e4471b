"""The secret token of an appointment's private link."""

from __future__ import annotations

import base64
import hashlib

from bot.booking.encryption import keyed_digest
from bot.settings import settings


def link_token(uid: str) -> str:
    """Return the token of the appointment with that `Appointment.uid`: 43 letters, digits, `-` and `_`.

    It is computed from the secret key, so a mail can be written again at any time although only a hash is stored.
    """
    return base64.urlsafe_b64encode(keyed_digest(b"instep booking link 1", uid)).rstrip(b"=").decode("ascii")


def private_link(uid: str) -> str:
    """Return the address of the page on which a visitor sees, moves or cancels the appointment with that UID."""
    return f"{settings().public_url}/visit/{link_token(uid)}"


def link_hash(token: str) -> str:
    """Return the SHA-256 by which the database knows a token, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
