"""Encryption at rest of what identifies a visitor, and blind indexes to find it again."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SettingsError
from bot.settings import settings


def encrypt(text: str) -> str:
    """Return the text as a Fernet token (AES-128-CBC, then HMAC-SHA-256), different each time."""
    return _cipher().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return the text of a token that `encrypt` made.

    Raises:
        SettingsError: the secret key is not the one that the text was stored under.
    """
    try:
        return _cipher().decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        raise SettingsError(
            "Stored contact data cannot be read: set INSTEP_SECRET_KEY to the key that it was stored under."
        ) from None


def blind_index(kind: str, value: str) -> str:
    """Return 64 hexadecimal digits that stand for a phone number or address; the same value gives the same ones.

    Args:
        kind: `phone` or `email`, so that equal texts of different kinds differ.
        value: normalised; an empty one gives an empty index.
    """
    # Callers of one extension are found by the main number too; no provider tells addresses apart by case.
    value = value.partition(";")[0] if kind == "phone" else value.casefold()
    if not value:
        return ""
    return keyed_digest(b"instep booking look-up 1", f"{kind}:{value}").hex()


def keyed_digest(purpose: bytes, text: str) -> bytes:
    """Return the HMAC-SHA-256 of the text under the key of that purpose, 32 bytes."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).digest()


def key_check_value() -> str:
    """Return 64 hexadecimal digits that stand for the secret key and tell nothing about it."""
    return _key(b"instep booking key check 1").hex()


@cache
def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(b"instep booking contact 1")))


@cache
def _key(purpose: bytes) -> bytes:
    # HKDF (RFC 5869) gives each purpose its own key: knowing one tells nothing about another.
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(settings().secret_key.encode())
