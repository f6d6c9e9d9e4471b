"""Places that a visitor takes back: "ankle, sorry, the heel", "it's my knee, I mean my ankle"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.findings.symptoms import Mention
from bot.reading.words.english import ADDING, FUNCTION_WORDS, NEGATORS
from bot.reading.words.phrases import Match
from bot.reading.words.tokens import Word

_WORDS_AFTER_THE_NEW_PLACE = 2
_FILLERS = FUNCTION_WORDS | NEGATORS


def without_taken_back(
    mentions: Sequence[Mention], corrections: Sequence[Match], words: Sequence[Word]
) -> list[Mention]:
    """Return the mentions without the places that a correction right after them replaces by the place that follows."""
    places = [mention for mention in mentions if mention.is_place]
    wrong = {old for cue in corrections for old in _replaced(cue, places, words)}
    return [mention for mention in mentions if mention not in wrong]


def _replaced(cue: Match, places: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    after = [place for place in places if place.match.first > cue.last]
    before = [place for place in places if place.match.last < cue.first]
    if not after or not before:
        return []
    new = min(after, key=lambda place: place.match.first).match
    old = max(before, key=lambda place: place.match.last).match
    following = [word.form for word in words[new.last + 1 : new.last + 1 + _WORDS_AFTER_THE_NEW_PLACE]]
    if not ADDING.isdisjoint(following) or not _only_fillers(words[cue.last + 1 : new.first]):
        return []
    if not all(word.is_mark for word in words[old.last + 1 : cue.first]):
        return []
    return [place for place in before if place.match.last == old.last and place.id not in _ids_at(new, after)]


def _only_fillers(between: Sequence[Word]) -> bool:
    return all(word.is_mark or word.form in _FILLERS for word in between)


def _ids_at(match: Match, places: Sequence[Mention]) -> set[str]:
    return {place.id for place in places if place.match.first == match.first}
