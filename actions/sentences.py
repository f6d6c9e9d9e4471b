"""Puts phrases of the knowledge base into sentences."""

from __future__ import annotations


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop; empty for an empty text."""
    stripped = text.strip().rstrip(".;,")
    if not stripped:
        return ""
    return f"{stripped[0].upper()}{stripped[1:]}" + ("" if stripped[-1] in "!?" else ".")


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]
