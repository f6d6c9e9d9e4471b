"""Clauses of a text: where one statement ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.reading.english import BE, CLAUSE_OPENERS, CONJUNCTIONS, PERCEIVING, TAKING_UP
from bot.reading.phrases import Match
from bot.reading.sides import SIDES
from bot.reading.tokens import Word


def clauses(words: Sequence[Word], cues: Sequence[Match]) -> list[int]:
    """Return the clause number of each word: sentences, cut at terminators and before new subjects."""
    # A terminator right after a cue belongs to what is denied ("not when I stand").
    held = {cue.last + 1 for cue in cues if cue.key in ("negation", "unsure", "hypothetical")}
    cuts = {cue.first for cue in cues if cue.key == "terminator"} - held
    clause, numbers = 0, []
    for index, word in enumerate(words):
        before = words[index - 1] if index else word
        opens = before.form == "," or before.form in CONJUNCTIONS
        if index and (word.sentence != before.sentence or index in cuts or (opens and _is_new_subject(words, index))):
            clause += 1
        numbers.append(clause)
    return numbers


def _is_new_subject(words: Sequence[Word], index: int) -> bool:
    """Tell whether a clause begins at a word: "it burns", "left is fine"."""
    if words[index].form in CLAUSE_OPENERS or (words[index].form == "the" and words[index - 1].form == ","):
        return True
    if words[index].form in BE and words[index - 1].form == ",":
        return True
    following = [word.form for word in words[index + 1 : index + 2]]
    return words[index].form in (*SIDES, "other") and not BE.isdisjoint(following)


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


def is_asked_back(between: Sequence[Word]) -> bool:
    """Tell whether the visitor asks and answers ("swelling? no")."""
    return len(between) == 1 and between[0].form == "?"
