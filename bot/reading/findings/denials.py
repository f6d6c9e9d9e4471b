"""Findings that are denied without a "no": "I can walk fine", "the feeling is normal", "resting does nothing"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.case import Finding, Status
from bot.reading.findings.statements import Context
from bot.reading.findings.symptoms import Mention, Topic, span
from bot.reading.words.english import NEGATORS
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word

Denied = Collection[tuple[str, int]]
"""The id of a finding and the number of the clause that denies it."""


def owning_negations(mentions: Sequence[Mention], words: Sequence[Word]) -> list[Match]:
    """Return the matches whose negation denies nothing else ("walking is no problem").

    A denial that begins with it leaves it to what follows ("no redness, swelling or bruising").
    """
    return [
        mention.match
        for mention in mentions
        if mention.topic is not Topic.DENIAL or words[mention.match.first].form not in NEGATORS
    ]


def denied_in_clauses(mentions: Sequence[Mention], context: Context) -> Denied:
    """Return which findings a clause denies: whatever else it says of them counts for nothing."""
    return {(mention.id, context.clauses[mention.match.first]) for mention in _denials(mentions, context)}


def denials_told(mentions: Sequence[Mention], words: Sequence[Word], context: Context) -> Iterator[Finding]:
    """Yield the denied findings; what is denied, doubted, past or supposed of a denial denies nothing for sure."""
    for mention in _denials(mentions, context):
        statement = context.statement(mention.match)
        status = Status.UNSURE if statement.status is Status.UNSURE else Status.ABSENT
        start, end = span(mention, words)
        yield Finding(mention.id, status, statement.side, start, end, statement.tense)


def _denials(mentions: Sequence[Mention], context: Context) -> Iterator[Mention]:
    for mention in mentions:
        if mention.topic is Topic.DENIAL and context.statement(mention.match).status is not Status.ABSENT:
            yield mention
