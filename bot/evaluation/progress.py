"""How a measurement tells how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Yields the items one by one and shows how many are done."""

    def __call__(self, items: Sequence[Item], label: str, /) -> Iterable[Item]:
        """Return the items, shown under the label while they are worked on."""
        ...


def silent(items: Sequence[Item], _label: str) -> Iterable[Item]:
    """Show nothing."""
    return items
