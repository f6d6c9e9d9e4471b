"""Left, right or both: which side a text means by each thing it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.case import Side
from bot.reading.words.english import DETERMINERS, PREPOSITIONS
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word

SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH}
_OPPOSITE = {"left": "right", "right": "left"}
_WORDS_AFTER_A_CORRECTION = 6
# "left foot numb, right foot fine": what is said of the left stands nearer to "right".
_DISTANCE_OF_A_NEW_NOUN = 4


def side_of(match: Match, sides: Sequence[Match], words: Sequence[Word], clauses: Sequence[int]) -> Side | None:
    """Return the side named nearest in the match's clause, else the only one named in its sentence."""
    near = [
        (_distance(cue, match, words), cue) for cue in sides if words[cue.first].sentence == words[match.first].sentence
    ]
    in_clause = [(gap, cue) for gap, cue in near if clauses[cue.first] == clauses[match.first]]
    if in_clause:
        # Of two sides equally near the later one is the noun's own ("right side of my left foot").
        nearest = min(in_clause, key=lambda each: (each[0], -each[1].first))[1].key
        if {cue.key for _, cue in in_clause} >= _OPPOSITE.keys() and _listed([cue for _, cue in in_clause], words):
            return Side.BOTH
        return SIDES[nearest]
    kinds = {cue.key for _, cue in near}
    return SIDES[kinds.pop()] if len(kinds) == 1 else None


def corrected_sides(cues: Sequence[Match]) -> Iterator[Match]:
    """Yield the cues, each side that the visitor takes back replaced by the right one ("left, sorry, right")."""
    replaced: dict[Match, str] = {}
    sides = [cue for cue in cues if cue.key in SIDES]
    for correction in (cue for cue in cues if cue.key == "correction"):
        meant = _side_after(correction, cues, sides)
        before = [cue for cue in sides if cue.last < correction.first]
        if meant is not None and before and before[-1].key in _OPPOSITE:
            wrong = before[-1].key
            replaced[before[-1]] = _OPPOSITE[wrong] if meant == "other_side" else meant
    for cue in cues:
        yield Match(replaced[cue], cue.words) if cue in replaced else cue


def _side_after(correction: Match, cues: Sequence[Match], sides: Sequence[Match]) -> str | None:
    reach = range(correction.last + 1, correction.last + 1 + _WORDS_AFTER_A_CORRECTION)
    after = [cue for cue in cues if cue.first in reach and (cue in sides or cue.key == "other_side")]
    return after[0].key if after else None


def _distance(cue: Match, match: Match, words: Sequence[Word]) -> int:
    gap = min(abs(cue.first - index) for index in match.words)
    if cue.first < match.last or cue.key == "both":
        return gap
    before = [word for word in words[match.last + 1 : cue.first] if word.form not in DETERMINERS]
    return gap if before and before[-1].form in PREPOSITIONS else gap + _DISTANCE_OF_A_NEW_NOUN


def _listed(cues: Sequence[Match], words: Sequence[Word]) -> bool:
    """Tell whether two sides are joined ("left and right")."""
    indexes = sorted(index for cue in cues for index in cue.words)
    return all(word.form in ("and", "both", "my", "the") for word in words[indexes[0] + 1 : indexes[-1]])
