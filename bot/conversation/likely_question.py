"""Which question about the result a message most likely is that seems to be about something else."""

from __future__ import annotations

from collections.abc import Iterable

from bot.case import ActKind
from bot.knowledge.model import IntentMeaning, Meanings

LEAST_LIKELY = 0.12
"""Probability, 0 to 1, from which such a message counts as a question about the result, once one was told.

Of messages out of scope that are declined about one in thirty reaches it; of questions after a result that would be
declined, more than every second one (`instep evaluate --only after_result`).
"""

_ELSEWHERE = "other_body_part"


def likely_question(
    main: IntentMeaning, ranking: Iterable[tuple[str, float]], meanings: Meanings
) -> IntentMeaning | None:
    """Return the likeliest question about the result, None where the message is understood or none is likely.

    Args:
        main: what the message was read as.
        ranking: names of intents with their probability, 0 to 1.
        meanings: what they mean.
    """
    if main.act is not ActKind.OTHER and main.topic != _ELSEWHERE:
        return None
    likely = [(share, meanings.of(name)) for name, share in ranking if share >= LEAST_LIKELY]
    found = [(share, meaning) for share, meaning in likely if meaning.is_about_result]
    return max(found, key=lambda item: item[0])[1] if found else None
