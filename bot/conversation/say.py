"""What a turn says: names of responses of `domain.yml` with their values. Words stand there, none here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Say:
    """One bubble.

    Attributes:
        response: its name in `domain.yml`.
        values: what fills its placeholders.
        buttons: choices as Rasa writes them; None leaves those of the response.
        kind: how the widget marks it ("emergency", "same_day"); empty for none.
    """

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    buttons: Sequence[Mapping[str, Any]] | None = None
    kind: str = ""


class Phrase(Protocol):
    """Returns the text of a response with its placeholders filled, as a part of a longer bubble."""

    def __call__(self, response: str, /, **values: str) -> str:
        """Return the text."""
