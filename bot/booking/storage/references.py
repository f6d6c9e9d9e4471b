"""References that people read out on the phone, and digests of idempotency keys."""

from __future__ import annotations

import hashlib
import re
import secrets

# No letter or digit that is easily taken for another one: 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
_ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
_LENGTH = 6
_TYPED = re.compile(r"\bFT[-\s]?[A-Z0-9]{6}\b", re.IGNORECASE)
APPOINTMENT, CALL_BACK, MESSAGE, WAITING = "FT", "CB", "MS", "WL"


def new_reference(prefix: str) -> str:
    """Return a random reference such as `FT-7K3M9Q` (190 million are possible for each prefix)."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))}"


def tidy_reference(text: str) -> str:
    """Return a reference as somebody typed it in its stored form: capitals, one hyphen, no other marks."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:-_LENGTH]}-{letters[-_LENGTH:]}"


def reference_in(text: str) -> str | None:
    """Return the reference of a visit that the text names, as typed; None without one."""
    found = _TYPED.search(text)
    return found[0] if found else None


def key_digest(conversation_id: str, key: str) -> str:
    """Return the SHA-256 that stands for an idempotency key within its conversation, 64 hexadecimal digits."""
    return hashlib.sha256(f"{conversation_id}\0{key}".encode()).hexdigest()
