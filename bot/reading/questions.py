"""Questions about things in general ("can gout make your ankle swell?"), which report nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.english import CAUSING, FIRST_PERSON, MODALS, POINTERS
from bot.reading.tokens import Word


def asks_in_general(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word at offset `start` stands in a question about what something can cause, not in a report.

    It opens with a modal verb, a verb of causing follows, and nothing of the visitor is named before the word.
    """
    sentence = next((word.sentence for word in words if word.start == start), None)
    before = [word.form for word in words if word.sentence == sentence and word.start < start and not word.is_mark]
    if not before or before[0] not in MODALS:
        return False
    return not CAUSING.isdisjoint(before) and FIRST_PERSON.isdisjoint(before) and POINTERS.isdisjoint(before[:2])
