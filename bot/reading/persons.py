"""Whose body a message is about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Who
from bot.knowledge.model import Cues, FindingKind
from bot.reading.cue_book import CueBook
from bot.reading.english import FIRST_PERSON, THIRD_PERSON
from bot.reading.phrases import Match
from bot.reading.statements import Context
from bot.reading.symptoms import Mention
from bot.reading.tokens import Word, WordSplitter

# Kinds that tell of circumstances and earlier illness, not of the complaint itself.
_HISTORY = (FindingKind.CONTEXT, FindingKind.BACK)


class PersonReader:
    """Finds the persons that a text names."""

    def __init__(self, cues: Cues, splitter: WordSplitter) -> None:
        self._book = CueBook({Who.CHILD: cues.child, Who.OTHER: cues.other_person}, splitter)

    def who(self, words: Sequence[Word], mentions: Sequence[Mention], context: Context) -> Who | None:
        """Return the person whose complaint the text tells; None when it does not say whose it is."""
        persons = self._book.find(words)
        bodies = [body for mention in mentions if (body := _body(mention, words, persons, context))]
        complaints = [
            body
            for mention in mentions
            if mention.kind not in _HISTORY and (body := _body(mention, words, persons, context))
        ]
        if bodies:
            return (complaints or bodies)[0]
        if persons:
            return Who(persons[0].key)
        return Who.SELF if any(word.form in FIRST_PERSON for word in words) else None

    def histories_of_others(
        self, words: Sequence[Word], mentions: Sequence[Mention], context: Context
    ) -> frozenset[Mention]:
        """Return the circumstances of another person's that a text names beside a complaint of the visitor's own.

        "My dad had gout. My toe hurts": the gout is not the visitor's. Without a complaint of the own the text is
        about the other person, and what it tells of that person counts.
        """
        persons = self._book.find(words)
        if not persons:
            return frozenset()
        bodies = {mention: _body(mention, words, persons, context) for mention in mentions}
        if not any(body is Who.SELF and mention.kind not in _HISTORY for mention, body in bodies.items()):
            return frozenset()
        others = (Who.OTHER, Who.CHILD)
        return frozenset(each for each, body in bodies.items() if each.kind in _HISTORY and body in others)


def _body(mention: Mention, words: Sequence[Word], persons: Sequence[Match], context: Context) -> Who | None:
    """Return whose complaint one mention is: the last person named before it in its clause."""
    clause = context.clauses[mention.match.first]
    taken = {index: Who(person.key) for person in persons for index in person.words}
    for index in range(mention.match.first, -1, -1):
        if context.clauses[index] != clause:
            return None
        if index in taken:
            return taken[index]
        if words[index].form in THIRD_PERSON and persons:
            return Who(persons[-1].key)
        if words[index].form in FIRST_PERSON:
            return Who.SELF
    return None
