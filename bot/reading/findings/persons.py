"""Whose body a message is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from bot.case import Who
from bot.knowledge.model import Cues, FindingKind
from bot.reading.findings.statements import Context
from bot.reading.findings.symptoms import Mention
from bot.reading.words.cue_book import CueBook
from bot.reading.words.english import ATTENDING, BEHOLDING, FIRST_PERSON, NEGATORS, ONGOING, OVER, THIRD_PERSON
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word, WordSplitter

_OTHERS = frozenset({Who.OTHER, Who.CHILD})
_WORDS_UP_TO_A_VERB = 3
# Kinds that tell of circumstances and earlier illness, not of the complaint itself.
_HISTORY = (FindingKind.CONTEXT, FindingKind.BACK)


class PersonReader:
    """Finds the persons that a text names."""

    def __init__(self, cues: Cues, splitter: WordSplitter) -> None:
        self._book = CueBook({Who.CHILD: cues.child, Who.OTHER: cues.other_person}, splitter)

    def read(
        self,
        words: Sequence[Word],
        context: Context,
        mentions: Sequence[Mention],
        history: Collection[str] = (),
        illnesses: Collection[int] = (),
    ) -> Persons:
        """Return the persons of a text.

        Args:
            words: of the text.
            context: its cues and clauses.
            mentions: what it names.
            history: ids of findings that are no complaint by themselves.
            illnesses: indexes of the words that name a cause.
        """
        return Persons(words, context, self._book.find(words), mentions, (history, illnesses))


class Persons:
    """The persons of one text, and whose each thing in it is."""

    def __init__(
        self,
        words: Sequence[Word],
        context: Context,
        named: Sequence[Match],
        mentions: Sequence[Mention],
        history: tuple[Collection[str], Collection[int]],
    ) -> None:
        self._words = words
        self._context = context
        self._named = named
        self._history, self._illnesses = history
        self._at = {index: Who(person.key) for person in named if not self._only_sees(person) for index in person.words}
        self._owning: dict[int, list[tuple[int, Who | None]]] = defaultdict(list)
        for index, word in enumerate(words):
            owner = self._at.get(index) or self._pronoun(index)
            if owner or word.form in THIRD_PERSON:
                self._owning[context.clauses[index]].append((index, owner))
        self._owners = {mention: owner for mention in mentions if (owner := self.owner(mention.match))}
        self._ill = [owner for mention, owner in self._owners.items() if not self._is_history(mention, owner)]

    @property
    def who(self) -> Who | None:
        """The person whose complaint the text tells; None when it does not say whose it is."""
        owners = self._ill or list(self._owners.values())
        if not self._ill and self._is_set_apart():
            return None
        if owners:
            return owners[0]
        return next((Who(person.key) for person in self._named if not self._only_sees(person)), None)

    def _is_set_apart(self) -> bool:
        """Tell whether the visitor says that something is another person's only ("my mother had it, not me")."""
        return any(
            word.form in FIRST_PERSON and self._words[index].form in NEGATORS
            for index, word in enumerate(self._words[1:])
        )

    def _only_sees(self, person: Match) -> bool:
        """Tell whether a person only sees, says or helps ("my daughter looked yesterday")."""
        following = [word.form for word in self._words[person.last + 1 : person.last + 2]]
        return not ATTENDING.isdisjoint(following)

    def histories_of_others(self) -> frozenset[Mention]:
        """Return what the text tells of another person's past or circumstances, which is none of the visitor's.

        "My dad had gout. My toe hurts", "a clot killed my mother": the gout and the clot are not the visitor's. Where
        the text tells only a complaint of the other person, it is about that person, and what it tells of them counts.
        """
        if self._ill and Who.SELF not in self._ill:
            return frozenset()
        others = [mention for mention, owner in self._owners.items() if owner in _OTHERS]
        past = [mention for mention in others if self._is_history(mention, Who.OTHER)]
        return frozenset(mention for mention in past if self._ill or self._is_over(mention.match))

    def owner(self, match: Match) -> Who | None:
        """Return whose something is: the last person named before it in its clause, else the first one after it."""
        owning = self._owning.get(self._context.clauses[match.first], ())
        for index, owner in reversed(owning):
            within = match.first < index <= match.last and index in self._at
            if index <= match.last and not within:
                return owner
        return next((owner for index, owner in owning if index > match.last and owner), None)

    def is_circumstance_of_another(self, finding_id: str, matches: Sequence[Match]) -> bool:
        """Tell whether words make a circumstance of another person's beside the visitor's own complaint."""
        return finding_id in self._history and Who.SELF in self._ill and any(map(self.are_other, matches))

    def are_other(self, match: Match) -> bool:
        """Tell whether something is another person's in a text that tells a complaint of the visitor's own."""
        return self.who is Who.SELF and self.owner(match) in _OTHERS

    def are_two(self, matches: Sequence[Match]) -> bool:
        """Tell whether some of the words are another person's and some the visitor's ("mom had a clot, my calf")."""
        if not self._named or len({self._context.clauses[match.first] for match in matches}) == 1:
            return False
        owners = {self.owner(match) for match in matches}
        return Who.SELF in owners and not owners.isdisjoint(_OTHERS)

    def without_others(self, text: str) -> str:
        """Return the text with the clauses that tell of somebody else blank, so that offsets stay.

        "My father is 83 and my heel hurts": 83 is not the visitor's age. A text about somebody else stays whole.
        """
        if self.who is not Who.SELF:
            return text
        clauses = self._context.clauses
        own = {clause for clause, owning in self._owning.items() if any(owner is Who.SELF for _, owner in owning)}
        others = {clauses[index] for index in self._at} - own
        for index, word in enumerate(self._words):
            if clauses[index] in others:
                text = text[: word.start] + " " * (word.end - word.start) + text[word.end :]
        return text

    def _pronoun(self, index: int) -> Who | None:
        form = self._words[index].form
        if form in THIRD_PERSON and self._named:
            return Who(self._named[-1].key)
        if form not in FIRST_PERSON:
            return None
        following = {word.form for word in self._words[index + 1 : index + 1 + _WORDS_UP_TO_A_VERB]}
        # "I noticed a red line": who sees it need not be the one who has it.
        return None if form == "i" and not following.isdisjoint(BEHOLDING) else Who.SELF

    def _is_history(self, mention: Mention, owner: Who | None) -> bool:
        """Tell whether a mention is a circumstance or an earlier illness, not the complaint itself."""
        if mention.kind in _HISTORY or mention.id in self._history:
            return True
        if owner not in _OTHERS:
            return False
        over = mention.kind is FindingKind.ALARM and self._is_over(mention.match)
        return over or any(index in self._illnesses for index in mention.match.words)

    def _is_over(self, match: Match) -> bool:
        clause = self._context.clauses[match.first]
        here = [word.form for word, number in zip(self._words, self._context.clauses, strict=True) if number == clause]
        return not OVER.isdisjoint(here) and ONGOING.isdisjoint(here)
