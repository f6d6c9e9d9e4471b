"""Find phrases in words: inflected, with small words missing or inserted, and, where it is safe, turned round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.reading.words.english import (
    BRIDGES,
    CONJUNCTIONS,
    DETERMINERS,
    DROPPABLE,
    FUNCTION_WORDS,
    NEGATORS,
    ORDERED,
    OTHER_TIMES,
    SENTENCE_ENDS,
    UNTELLING,
)
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word, WordSplitter, may_stand_for

_WIDEST_GAP = 5
_STRANGERS_IN_A_GAP = 1
# What begins another statement: "back pain, no leg pain, just the foot".
_STOPS = frozenset({"no"})
_NO_STRANGERS = DROPPABLE | BRIDGES


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for.

    Attributes:
        key: what it stands for.
        forms: its words without the droppable ones.
        stems: the same without inflection.
        joined: True when it lists things itself ("red and hot"), so that its gaps may hold commas and conjunctions.
        turnable: True when its words may come in any order.
        narrow: True for one telling word after a preposition: no strange word may stand between ("to my ankle").
    """

    key: str
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    joined: bool
    turnable: bool
    narrow: bool = False


_Anchored = dict[str, dict[str, list[tuple[frozenset[str], Phrase]]]]


class PhraseBook:
    """Phrases by key, ready to be found in a text."""

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        splitter: WordSplitter,
        exact: Collection[str] = (),
        states: Collection[str] = (),
        verbs: Collection[str] = (),
        fixed: Collection[str] = (),
        tell_apart: Callable[[Sequence[Word]], Sequence[Word]] = tuple,
    ) -> None:
        """Prepare the phrases.

        Args:
            phrases: by key.
            splitter: splits them into words.
            exact: forms that only match themselves ("legs" is not said of one leg).
            states: words that may stand in a list between the words of a phrase ("my toe is red, sore and hot").
            verbs: keys whose single words are verbs, found without their s too ("hurt" for "hurts").
            fixed: keys whose words keep their order ("leg day" is not "days my legs").
            tell_apart: gives words in another sense a stem of their own, as the caller does with the text.
        """
        self._verbs = frozenset(verbs)
        self._exact = frozenset(exact)
        self._states = frozenset(states)
        spoken = [
            (key, tell_apart(splitter.split(text, keep=True))) for key, texts in phrases.items() for text in texts
        ]
        made = {
            replace(phrase, turnable=phrase.turnable and key not in fixed)
            for key, words in spoken
            for phrase in _variants(key, words, self._exact)
        }
        self.vocabulary = frozenset(word.form for _, words in spoken for word in words)
        self._by_anchors = _anchored(made)
        self._single_forms: dict[str, set[str]] = defaultdict(set)
        for phrase in made:
            if len(phrase.forms) == 1:
                self._single_forms[phrase.forms[0]].add(phrase.key)

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Return every match of every phrase, in the order of the text; overlaps are left to the caller."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            places[word.stem].append(index)
            if word.form in self._exact and not word.in_another_sense:
                places[_exactly(word.form)].append(index)
        stems = places.keys()
        found = {
            Match(phrase.key, indexes, not NEGATORS.isdisjoint(phrase.forms))
            for stem in stems & self._by_anchors.keys()
            for second in stems & self._by_anchors[stem].keys()
            for needed, phrase in self._by_anchors[stem][second]
            if needed <= stems
            for indexes in self._alignments(phrase, words, places)
        }
        return sorted(found, key=lambda match: (match.words, match.key))

    def _alignments(
        self, phrase: Phrase, words: Sequence[Word], places: Mapping[str, list[int]]
    ) -> Iterator[tuple[int, ...]]:
        if len(phrase.stems) == 1:
            for index in places[phrase.stems[0]]:
                # A form that one record names exactly is not another record's inflection ("sores" is not "sore").
                named = self._single_forms.get(words[index].form)
                stands = may_stand_for(words[index].form, phrase.forms[0], verb=phrase.key in self._verbs)
                if phrase.key in named if named else stands:
                    yield (index,)
            return
        for start in places[phrase.stems[0]]:
            indexes = self._in_order(phrase, start, words, places)
            if indexes is None and phrase.turnable:
                indexes = self._turned(phrase, start, words, places)
            if indexes is not None:
                yield indexes

    def _in_order(
        self, phrase: Phrase, start: int, words: Sequence[Word], places: Mapping[str, list[int]]
    ) -> tuple[int, ...] | None:
        indexes = [start]
        for stem in phrase.stems[1:]:
            following = next((index for index in places[stem] if index > indexes[-1]), None)
            if following is None or not self._bridged(words, indexes[-1], following, phrase):
                return None
            indexes.append(following)
        return tuple(indexes) if indexes[-1] - start <= len(indexes) + _WIDEST_GAP else None

    def _bridged(
        self, words: Sequence[Word], left: int, right: int, phrase: Phrase, *, strangers: int = _STRANGERS_IN_A_GAP
    ) -> bool:
        """Tell whether the gap between two words of a phrase is small, with at most so many strange words in it."""
        between = words[left + 1 : right]
        if right - left > _WIDEST_GAP:
            return False
        if phrase.narrow:
            strangers = 0
        if any(word.form in _STOPS for word in between) or (between and between[-1].form in OTHER_TIMES):
            return False
        # "A fracture, still swollen": a list of states goes on from a state, or takes a noun up ("foot, it's black").
        takes_up = len(between) > 1 and between[1].form in ("it", "its", "they")
        listing = not (between and between[0].is_mark) or takes_up or words[left].form in self._states
        for word in between:
            if word.is_mark or word.form in CONJUNCTIONS:
                states = listing and self._lists_states(between)
                listed = SENTENCE_ENDS.isdisjoint(word.form) and (phrase.joined or states)
                if word.form == "-" or listed:
                    continue
                return False
            strangers -= not (word.form in _NO_STRANGERS or word.form in self._states)
        return strangers >= 0

    def _turned(
        self, phrase: Phrase, start: int, words: Sequence[Word], places: Mapping[str, list[int]]
    ) -> tuple[int, ...] | None:
        """Return the phrase's words in any order around its first one, with nothing strange in between."""
        nearest = [min(places[stem], key=lambda index: abs(index - start)) for stem in phrase.stems]
        indexes = tuple(sorted(nearest))
        if indexes[-1] - indexes[0] > len(indexes) + _WIDEST_GAP:
            return None
        if any(word.form in ("just", "only") for word in words[indexes[0] + 1 : indexes[-1]]):
            return None
        bridged = all(self._bridged(words, left, right, phrase, strangers=0) for left, right in pairwise(indexes))
        return indexes if bridged else None

    def _lists_states(self, between: Sequence[Word]) -> bool:
        """Tell whether the words list states of one thing ("red, sore and")."""
        said = [word.form for word in between if not word.is_mark and word.form != "and"]
        states = [form for form in said if form in self._states]
        return bool(states) and all(form in self._states or form in DROPPABLE or form in BRIDGES for form in said)


def _anchored(phrases: Iterable[Phrase]) -> _Anchored:
    """Return the phrases, each with its stems, by its rarest stem and its second rarest."""
    made = sorted(phrases, key=lambda phrase: (phrase.key, phrase.forms))
    counts = Counter(stem for phrase in made for stem in set(phrase.stems))
    anchored: _Anchored = defaultdict(dict)
    for phrase in made:
        rarest = sorted(set(phrase.stems), key=lambda stem: (counts[stem], stem))
        anchored[rarest[0]].setdefault(rarest[:2][-1], []).append((frozenset(phrase.stems), phrase))
    return anchored


def _exactly(form: str) -> str:
    """Return the key under which a form is found that no other form may stand for."""
    return f"={form}"


def _variants(key: str, words: Sequence[Word], exact: Container[str] = ()) -> Iterator[Phrase]:
    """Yield the phrase, and "heel bottom" for "bottom of my heel"."""
    spoken = [word for word in words if not word.is_mark]
    content = [word for word in spoken if word.form not in DROPPABLE and word.form not in ("and", "or")]
    if len(content) < 2:
        dropped = UNTELLING if len(spoken) == 2 else DETERMINERS
        content = [word for word in spoken if word.form not in dropped or word is spoken[-1]]
    if not content:
        return
    forms = tuple(word.form for word in content)
    stems = tuple(_exactly(word.form) if word.form in exact else word.stem for word in content)
    joined = any(word.form in ("and", "or") for word in spoken)
    turnable = len(set(stems)) == len(stems) > 1 and ORDERED.isdisjoint(forms) and DROPPABLE.isdisjoint(forms)
    narrow = forms[0] in ORDERED and sum(form not in FUNCTION_WORDS for form in forms) < 2
    yield Phrase(key, forms, stems, joined, turnable, narrow)
    if len(content) == 3 and forms[1] == "of":
        yield Phrase(key, forms[::-2], stems[::-2], joined, False)
