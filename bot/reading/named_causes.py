"""Which causes a visitor names as the own one: "my plantar fasciitis", "I was diagnosed with sciatica"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Status, Tense
from bot.knowledge.model import Knowledge
from bot.reading.phrases import PhraseBook, longest
from bot.reading.statements import Context
from bot.reading.tokens import Word, WordSplitter

_SHORTEST = 4


class CauseReader:
    """Finds the names of causes; abbreviations are left out, because most are words of something else too."""

    def __init__(self, knowledge: Knowledge, splitter: WordSplitter) -> None:
        """Prepare the names of all causes."""
        names = {
            cause.id: tuple(name for name in cause.phrases if len(name) >= _SHORTEST)
            for cause in knowledge.causes.values()
        }
        # A name is no other word's inflection: "severe" is nobody's disease.
        exact = {word.form for of_one in names.values() for name in of_one for word in splitter.split(name, keep=True)}
        self._book = PhraseBook(names, splitter, exact=exact)
        self.vocabulary = self._book.vocabulary

    def named(self, words: Sequence[Word], context: Context) -> tuple[str, ...]:
        """Return the ids of the causes named, in the order of the text; none that is denied, past or supposed."""
        named = []
        for match in longest(self._book.find(words)):
            statement = context.statement(match)
            if statement.status is Status.PRESENT and statement.tense is Tense.NOW and not context.is_idiom(match):
                named.append(match.key)
        return tuple(dict.fromkeys(named))
