"""What is said about a match: denied or unsure, past or supposed, and on which side.

After NegEx and ConText (Chapman 2001, Harkema 2009): a cue reaches over its clause up to a terminator; cues are data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.case import Side, Status, Tense
from bot.knowledge.model import Cues
from bot.reading.words.clauses import clauses, denies_an_ability, is_asked_back, undone, without_taking_up
from bot.reading.words.cue_book import CueBook
from bot.reading.words.english import (
    AFTER_AN_OBJECT,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    DEGREES,
    DETERMINERS,
    DROPPABLE,
    FUNCTION_WORDS,
    SUBJECTS,
)
from bot.reading.words.matches import Match, gaps
from bot.reading.words.sides import SIDES, corrected_sides, side_of
from bot.reading.words.tokens import Word, WordSplitter

_REACH_FORWARD = 12
_REACH_BACK = 4
_REACH_OVER_NEGATION = 2
# Cues that a longer look-alike makes void ("not only", "don't know why", "has not helped").
_VOIDABLE = ("negation", "negation_after", "unsure")
_MARKS_OF_A_LIST = (":", "-", "?", "=")
_BEFORE_A_LATER_CUE = DROPPABLE | DEGREES | frozenset(_MARKS_OF_A_LIST)


@dataclass(frozen=True, slots=True)
class Statement:
    """How something is said."""

    status: Status
    tense: Tense
    side: Side | None


class StatementReader:
    """Finds the cues of a text once, then tells for each match how it is said."""

    def __init__(self, cues: Cues, splitter: WordSplitter) -> None:
        self._book = CueBook(
            {
                "negation": cues.negation,
                "negation_after": cues.negation_after,
                "pseudo_negation": cues.pseudo_negation,
                "unsure": cues.unsure,
                "past": cues.past,
                "hypothetical": cues.hypothetical,
                "idiom": cues.idioms,
                "terminator": cues.terminators,
                "ongoing": cues.ongoing,
                "somebody_else": cues.somebody_else,
                "correction": cues.correction,
                "other_side": cues.other_side,
                "left": cues.left,
                "right": cues.right,
                "both": cues.both,
                "not_a_side": cues.not_a_side,
            },
            splitter,
        )

    def read(self, words: Sequence[Word], matches: Sequence[Match] = (), parts: Sequence[Match] = ()) -> Context:
        """Return the cues and clauses of a text. `matches` are the findings in it, `parts` those of combinations.

        A negation that is part of a finding denies nothing else ("can't lift my foot and it is numb"), and what is part
        of a combination is neither a doubt nor a denial ("can't tell when I have to pee", "has stopped walking").
        """
        of_parts = {index for match in parts for index in match.words}
        taken = {
            "negation": {index for match in (*matches, *parts) if match.negated_itself for index in match.words},
            "negation_after": of_parts,
            "unsure": of_parts,
        }
        found = self._book.find(words)
        void = {index for cue in found if cue.key == "pseudo_negation" for index in cue.words} | undone(words)
        cues = [
            cue
            for cue in corrected_sides(found)
            if taken.get(cue.key, set()).isdisjoint(cue.words)
            and not (cue.key in _VOIDABLE and not void.isdisjoint(cue.words))
            and not denies_an_ability(cue, words)
        ]
        return Context(words, cues)


class Context:
    """The cues and clauses of one text."""

    def __init__(self, words: Sequence[Word], cues: Sequence[Match]) -> None:
        self._words = words
        # A place asks for the statements of all complaints around it: each is worked out once.
        self._statements: dict[Match, Statement] = {}
        self._cues: dict[str, list[Match]] = defaultdict(list)
        for cue in cues:
            self._cues[cue.key].append(cue)
        self.clauses = clauses(words, cues)
        self.corrections: Sequence[Match] = self._cues.get("correction", ())

    def is_idiom(self, match: Match) -> bool:
        """Tell whether the match lies within a figure of speech."""
        return any(set(match.words) <= set(cue.words) for cue in self._cues.get("idiom", ()))

    def statement(self, match: Match) -> Statement:
        """Return how the match is said."""
        if match not in self._statements:
            self._statements[match] = Statement(self._status(match), self._tense(match), self.side(match))
        return self._statements[match]

    def is_split(self, match: Match) -> bool:
        """Tell whether the match begins in a denied clause and goes on in another ("no numbness, foot is cold").

        Its words then say different things, and nothing together.
        """
        if self.clauses[match.first] == self.clauses[match.last]:
            return False
        end = Match(match.key, match.words[-1:])
        return any(self._reached_by(kind, match) and not self._reached_by(kind, end) for kind in ("negation", "unsure"))

    def is_called_well(self, match: Match) -> bool:
        """Tell whether what follows the match says that nothing is wrong with it ("my ankle is fine")."""
        return self._followed_by("negation_after", match)

    def side(self, match: Match) -> Side | None:
        """Return the side named nearest in the match's clause, else the only one named in its sentence."""
        return side_of(match, [cue for kind in SIDES for cue in self._cues.get(kind, ())], self._words, self.clauses)

    def only_side(self) -> Side | None:
        """Return the side that the text names, when it names one."""
        kinds = {cue.key for kind in SIDES for cue in self._cues.get(kind, ())}
        return SIDES[kinds.pop()] if len(kinds) == 1 else None

    def _status(self, match: Match) -> Status:
        if self._reached_by("unsure", match) or self._followed_by("unsure", match):
            return Status.UNSURE
        if self._negated(match):
            return Status.ABSENT
        return Status.PRESENT

    def _negated(self, match: Match) -> bool:
        inside = set(gaps(match.words))
        if not match.negated_itself and any(inside.intersection(cue.words) for cue in self._cues.get("negation", ())):
            return True
        if self._followed_by("negation_after", match):
            return True
        if match.negated_itself:
            # "can't feel my legs and can't pee": what holds its own negation is denied only by a cue right before it.
            return any(self._is_right_before(cue, match) for cue in self._cues.get("negation", ()))
        return self._reached_by("negation", match)

    def _is_right_before(self, cue: Match, match: Match) -> bool:
        between = self._words[cue.last + 1 : match.first]
        return (
            0 <= len(between) <= _REACH_OVER_NEGATION
            and self._reaches(cue, match)
            and not any(word.is_mark or word.form in CONJUNCTIONS for word in between)
        )

    def _tense(self, match: Match) -> Tense:
        if self._reached_by("hypothetical", match):
            return Tense.HYPOTHETICAL
        if self._in_clause("somebody_else", match):
            return Tense.HYPOTHETICAL
        if self._in_clause("past", match) and not self._in_clause("ongoing", match):
            return Tense.PAST
        return Tense.NOW

    def _in_clause(self, kind: str, match: Match) -> bool:
        clause = self.clauses[match.first]
        # A cue within a phrase is what the phrase means ("broke my leg years ago" is how things are now).
        own = {index for index in range(match.first, match.last) if self._words[index].form in DROPPABLE}
        own.update(match.words)
        return any(
            self.clauses[cue.first] == clause and not own.issuperset(cue.words) for cue in self._cues.get(kind, ())
        )

    def _reached_by(self, kind: str, match: Match) -> bool:
        return any(self._reaches(cue, match) for cue in self._cues.get(kind, ()))

    def _followed_by(self, kind: str, match: Match) -> bool:
        return any(self._follows_closely(cue, match) for cue in self._cues.get(kind, ()))

    def _reaches(self, cue: Match, match: Match) -> bool:
        """Tell whether a cue before the match reaches it: same clause, near, no new subject in between."""
        between = self._words[cue.last + 1 : match.first]
        if cue.last >= match.first or len(between) > _REACH_FORWARD or self._stands_alone(cue):
            return False
        if self.clauses[cue.last] != self.clauses[match.first]:
            return False
        said = False
        for place, word in enumerate(between, start=cue.last + 1):
            if word.form in SUBJECTS and said and self._is_subject(place):
                return False
            said = said or not (word.is_mark or word.form in FUNCTION_WORDS)
        return True

    def _is_subject(self, place: int) -> bool:
        """Tell whether a pronoun begins a clause ("it burns") or ends one ("twist it or fall")."""
        if self._words[place].form != "it" or place + 1 == len(self._words):
            return True
        after = self._words[place + 1]
        return not (after.is_mark or after.form in CONJUNCTIONS or after.form in AFTER_AN_OBJECT)

    def _stands_alone(self, cue: Match) -> bool:
        """Tell whether the cue is an answer of its own ("No, my heel hurts")."""
        opens = cue.first == 0 or self._words[cue.first - 1].is_mark
        after = self._words[cue.last + 1] if cue.last + 1 < len(self._words) else None
        if cue.key != "negation" or not opens or len(cue.words) > 1 or after is None:
            return False
        # "No the other foot": before a determiner a "no" is an answer, never a denial of what follows.
        answers = after.form in DETERMINERS and self._words[cue.last].form == "no"
        return answers or after.is_mark or after.form in CLAUSE_OPENERS or after.form in CONJUNCTIONS

    def _follows_closely(self, cue: Match, match: Match) -> bool:
        between = without_taking_up(self._words[match.last + 1 : cue.first])
        return (
            match.last < cue.first
            and len(between) <= _REACH_BACK
            and (self._words[cue.first].sentence == self._words[match.last].sentence or is_asked_back(between))
            and all(word.form in _BEFORE_A_LATER_CUE for word in between)
            and not self._begins_anew(cue)
        )

    def _begins_anew(self, cue: Match) -> bool:
        """Tell whether a cue after a match denies what comes next instead ("puffy, no pain")."""
        after = self._words[cue.last + 1 : cue.last + 2]
        also_before = cue.key == "unsure" or any(cue.words == other.words for other in self._cues.get("negation", ()))
        return also_before and bool(after) and not after[0].is_mark and after[0].form not in CONJUNCTIONS
