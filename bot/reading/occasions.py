"""Occasions: when a complaint comes and what brings it on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Status
from bot.knowledge.model import FindingKind
from bot.reading.english import CHANGES, CONJUNCTIONS, FUNCTION_WORDS
from bot.reading.statements import Context
from bot.reading.symptoms import Mention, Topic, is_occasion
from bot.reading.tokens import Word


def only_tells_a_time(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Tell whether a text names times and no complaint ("can I come in the evening?")."""
    if not mentions or any(
        mention.kind is not FindingKind.TIMING or mention.topic is Topic.DENIAL for mention in mentions
    ):
        return False
    return CHANGES.isdisjoint(word.form for word in words)


def denied_occasion(mention: Mention, mentions: Sequence[Mention], words: Sequence[Word], context: Context) -> bool:
    """Tell whether the mention is the occasion of a pain that is denied ("it doesn't hurt when I walk")."""
    pains = [each for each in mentions if each.topic is Topic.PAIN and each.match.last < mention.match.first]
    if not pains or not is_occasion(mention):
        return False
    between = words[pains[-1].match.last + 1 : mention.match.first]
    linked = all(word.form in FUNCTION_WORDS and word.form not in CONJUNCTIONS for word in between)
    return linked and context.statement(pains[-1].match).status is Status.ABSENT
