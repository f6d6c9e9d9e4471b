"""Clauses of a text: where one statement ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.reading.words.english import (
    BE,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    EACH_TIME,
    FINITE,
    MODALS,
    NEGATORS,
    OCCASIONS,
    PERCEIVING,
    PREPOSITIONS,
    SELDOM,
    STILL,
    SUBJECTS,
    TAKING_UP,
)
from bot.reading.words.matches import Match
from bot.reading.words.sides import SIDES
from bot.reading.words.tokens import Word

_WORDS_UP_TO_A_VERB = 6
_WORDS_OF_A_NOUN = 3
_WORDS_UP_TO_WITHOUT = 7
_NO_STATEMENTS = CONJUNCTIONS | OCCASIONS | NEGATORS | PREPOSITIONS


def clauses(words: Sequence[Word], cues: Sequence[Match]) -> list[int]:
    """Return the clause number of each word: sentences, cut at terminators and before new subjects."""
    # A terminator right after a cue belongs to what is denied ("not when I stand").
    held = {cue.last + 1 for cue in cues if cue.key in ("negation", "unsure", "hypothetical")}
    cuts = {cue.first for cue in cues if cue.key == "terminator"} - held
    clause, start, numbers = 0, 0, []
    for index, word in enumerate(words):
        before = words[index - 1] if index else word
        opens = before.form == "," or before.form in CONJUNCTIONS
        new = (opens and _is_new_subject(words, index)) or _goes_on_with_a_verb(words, start, index)
        if index and (word.sentence != before.sentence or index in cuts or new):
            clause, start = clause + 1, index
        numbers.append(clause)
    return numbers


def _is_new_subject(words: Sequence[Word], index: int) -> bool:
    """Tell whether a clause begins at a word: "it burns", "left is fine"."""
    if words[index].form in CLAUSE_OPENERS or (words[index].form == "the" and words[index - 1].form == ","):
        return True
    if words[index - 1].form == "," and (words[index].form in BE or _is_statement(words, index)):
        return True
    following = [word.form for word in words[index + 1 : index + 2]]
    return words[index].form in (*SIDES, "other") and not BE.isdisjoint(following)


def _is_statement(words: Sequence[Word], index: int) -> bool:
    """Tell whether a statement with a verb of its own begins after a comma ("no fever, toe is black")."""
    if words[index].form in STILL:
        return True
    if words[index].form in _NO_STATEMENTS:
        return False
    for word in words[index : index + _WORDS_UP_TO_A_VERB]:
        if word.is_mark or word.form in CONJUNCTIONS or word.form in OCCASIONS:
            return False
        if word.form in FINITE and word is not words[index]:
            return True
    return False


def _goes_on_with_a_verb(words: Sequence[Word], start: int, index: int) -> bool:
    """Tell whether a denied noun is followed by something that cannot be done ("no fall won't bend my toe")."""
    verb = [word.form for word in words[index : index + 2]]
    if words[start].form != "no" or len(verb) < 2 or verb[1] != "not" or verb[0] not in MODALS:
        return False
    between = words[start + 1 : index]
    return 0 < len(between) <= _WORDS_OF_A_NOUN and not any(w.is_mark or w.form in SUBJECTS for w in between)


def without_taking_up(between: Sequence[Word]) -> Sequence[Word]:
    """Return the words without a conjunction whose pronoun takes up what was named ("but it has gone")."""
    for place, (one, other) in enumerate(pairwise(between)):
        if one.form in CONJUNCTIONS and other.form in TAKING_UP:
            return [*between[:place], *between[place + 2 :]]
    return between


def denies_an_ability(cue: Match, words: Sequence[Word]) -> bool:
    """Tell whether a "not" says only what cannot be done ("can't sleep, my foot is numb")."""
    if cue.key != "negation" or words[cue.last].form != "not" or not cue.first or cue.last + 1 >= len(words):
        return False
    return words[cue.last - 1].form in ("can", "could") and words[cue.last + 1].form not in PERCEIVING


def undone(words: Sequence[Word]) -> set[int]:
    """Return the indexes of negators that undo each other ("can't go a day without pain", "never not swollen")."""
    void: set[int] = set()
    for index, word in enumerate(words):
        if word.form == "not" and index and words[index - 1].form in SELDOM:
            void.update((index - 1, index))
        if word.form == "without":
            first = _negator_before(words, index)
            void.update((first, index) if first is not None else ())
    return void


def _negator_before(words: Sequence[Word], index: int) -> int | None:
    """Return the index of the negator that a "without" undoes; None where none stands in its statement."""
    for place in range(index - 1, max(index - _WORDS_UP_TO_WITHOUT, 0) - 1, -1):
        form, before = words[place].form, words[place - 1].form if place else ""
        if words[place].is_mark or form in CONJUNCTIONS:
            return None
        if form in SELDOM or (form == "not" and before not in BE):
            return place
        if form == "no" and words[place + 1].form in EACH_TIME:
            return place
    return None


def is_asked_back(between: Sequence[Word]) -> bool:
    """Tell whether the visitor asks and answers ("swelling? no")."""
    return len(between) == 1 and between[0].form == "?"
