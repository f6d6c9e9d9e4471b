"""Texts with the intents that they get, and tables of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.figures import Table

DECLINED = frozenset({"out_of_scope", "ask_other_body_part", "ask_language", "nlu_fallback"})
"""Intents that no journey serves; any of them is right for what is out of scope."""

_MOST_SHOWN = 5
_KEPT_SHARES = (0.90, 0.95, 0.97, 0.99)
_TRADE_OFF = "What another limit of the declined intents' probability would give"


@dataclass(frozen=True, slots=True)
class Named:
    """A text with the intent that it should get (empty where none is known) and the one that it gets.

    Attributes:
        outside: how sure the model is that no journey serves it, 0 to 1, over the intents that it ranks.
    """

    key: str
    id: str
    text: str
    group: str
    expected: str
    intent: str
    confidence: float
    outside: float

    @property
    def declined(self) -> bool:
        """Whether no journey serves the intent."""
        return self.intent in DECLINED

    @property
    def right(self) -> bool:
        """Whether the intent is the expected one."""
        return self.declined if self.expected in DECLINED else self.intent == self.expected


def groups(rows: Sequence[Named]) -> Table:
    """Return how much of each group is declined, and its most frequent intents."""
    counts: Mapping[str, Counter[str]] = defaultdict(Counter)
    declined: Counter[str] = Counter()
    for row in rows:
        counts[row.group][row.intent] += 1
        declined[row.group] += row.declined
    lines = (
        (
            group,
            str(counts[group].total()),
            f"{declined[group] / counts[group].total():.1%}",
            ", ".join(f"{intent} {number}" for intent, number in counts[group].most_common(_MOST_SHOWN)),
        )
        for group in sorted(counts)
    )
    return Table("Intents by group of messages", ("group", "n", "declined", "most frequent intents"), tuple(lines))


def trade_off(inside: Sequence[Named], outside: Sequence[Named]) -> Table:
    """Return how much is declined when the limit is moved until a share of what is in scope is kept."""
    if not inside or not outside:
        return Table(_TRADE_OFF, (), ())
    scores = sorted(row.outside for row in inside)
    lines = []
    for share_kept in _KEPT_SHARES:
        limit = scores[min(len(scores) - 1, math.ceil(share_kept * len(scores)))]
        kept = sum(score < limit for score in scores) / len(scores)
        declined = sum(row.outside >= limit for row in outside) / len(outside)
        lines.append((f"{limit:.3f}", f"{kept:.1%}", f"{declined:.1%}"))
    return Table(_TRADE_OFF, ("declined from", "in-scope recall", "out-of-scope recall"), tuple(lines))


def confusion(rows: Sequence[Named]) -> Table:
    """Return how often each expected intent was read as each intent."""
    counts = Counter((row.expected, row.intent) for row in rows if row.expected)
    expected = sorted({pair[0] for pair in counts})
    columns = sorted({intent for _, intent in counts} | set(expected))
    lines = tuple((row, *(str(counts[row, column] or "") for column in columns)) for row in expected)
    right = frozenset((line, columns.index(row) + 1) for line, row in enumerate(expected))
    return Table("Confusion of intents: expected down, read across", ("", *columns), lines, right, in_terminal=False)
