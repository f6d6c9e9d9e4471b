"""Check names, phone numbers and e-mail addresses (being written)."""

from __future__ import annotations


def check_name(text: str) -> str:
    """Return the name, tidied. Raises ContactError with what is expected."""
    raise NotImplementedError


def check_phone(text: str, region: str) -> str:
    """Return the number in E.164; `region` is the two-letter country for numbers without one. Raises ContactError."""
    raise NotImplementedError


def check_email(text: str) -> str:
    """Return the normalised address. Raises ContactError."""
    raise NotImplementedError
