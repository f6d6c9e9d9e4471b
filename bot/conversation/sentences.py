"""Puts phrases of the knowledge base into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop; empty for an empty text."""
    stripped = text.strip().rstrip(".;,")
    if not stripped:
        return ""
    return f"{stripped[0].upper()}{stripped[1:]}" + ("" if stripped[-1] in "!?" else ".")


def first_clause(text: str) -> str:
    """Return what stands before the first colon or full stop, as a sentence: of an advice what to do."""
    return sentence(re.split(r":\s|\.\s|\.$", text.strip(), maxsplit=1)[0])


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def bullets(items: Iterable[str]) -> str:
    """Return the items as a list in Markdown, one a line."""
    return "\n".join(f"- {capital(item)}" for item in items)
