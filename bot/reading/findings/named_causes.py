"""Which causes a visitor names as the own one: "my plantar fasciitis", "I was diagnosed with sciatica"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Status, Tense
from bot.knowledge.model import Knowledge
from bot.reading.findings.persons import Persons
from bot.reading.findings.statements import Context
from bot.reading.words.english import FUNCTION_WORDS, HAVING, QUESTION_OPENERS
from bot.reading.words.matches import Match, longest
from bot.reading.words.phrases import PhraseBook
from bot.reading.words.tokens import Word, WordSplitter

_SHORTEST = 4
_WORDS_OF_A_BARE_QUESTION = 6


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

    def named(self, words: Sequence[Word], context: Context, persons: Persons) -> tuple[str, ...]:
        """Return the ids of the causes named, in the order of the text.

        None that is denied, past, supposed, only asked about ("chilblains?") or somebody else's than the complaint.
        """
        named = []
        of_others = {index for mention in persons.histories_of_others() for index in mention.match.words}
        for match in longest(self._book.find(words)):
            statement = context.statement(match)
            said = statement.status is Status.PRESENT and statement.tense is Tense.NOW and not context.is_idiom(match)
            if (
                said
                and not _is_only_asked(words, match, context)
                and not persons.are_other(match)
                and of_others.isdisjoint(match.words)
            ):
                named.append(match.key)
        return tuple(dict.fromkeys(named))

    def indexes(self, words: Sequence[Word]) -> frozenset[int]:
        """Return the indexes of the words that name causes, whosever they are."""
        return frozenset(index for match in self._book.find(words) for index in match.words)

    def asked_about(self, words: Sequence[Word], context: Context) -> frozenset[int]:
        """Return the indexes of the words that name a cause and only ask about it."""
        asked = (match for match in self._book.find(words) if _is_only_asked(words, match, context))
        return frozenset(index for match in asked for index in match.words)

    def only_asks(self, words: Sequence[Word], context: Context) -> bool:
        """Tell whether a text is only names of causes with a question mark ("chilblains?", "gout or bunions?")."""
        asked = self.asked_about(words, context)
        rest = (word for index, word in enumerate(words) if index not in asked and not word.is_mark)
        return bool(asked) and all(word.form in FUNCTION_WORDS for word in rest)


def _is_only_asked(words: Sequence[Word], match: Match, context: Context) -> bool:
    """Tell whether a question names something without saying that anybody has it ("is it sciatica?", "gout?")."""
    sentence = [word for word in words if word.sentence == words[match.first].sentence]
    if not sentence[-1].form.startswith("?"):
        return False
    clause = context.clauses[match.first]
    here = [word for word, number in zip(words, context.clauses, strict=True) if number == clause]
    before = {word.form for word in here if word.start < words[match.first].start}
    asks = here[0].form in QUESTION_OPENERS or len(sentence) <= _WORDS_OF_A_BARE_QUESTION
    return asks and HAVING.isdisjoint(before)
