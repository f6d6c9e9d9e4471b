"""Correct misspelt words to words that the knowledge names; a common English word is never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.reading.words.english import OWNERS
from bot.reading.words.tokens import Word, stem_of

_COMMON_WORDS = Path(__file__).with_name("common_words.txt")
_SHORTEST = 4
_TWO_MISTAKES_FROM = 10
_ENDINGS = ("s", "ing", "ness")


@cache
def common_words() -> frozenset[str]:
    """Return common English words of four letters and more."""
    lines = _COMMON_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


class Speller:
    """Corrects words to a vocabulary."""

    def __init__(self, vocabulary: Iterable[str], homophones: Iterable[str] = (), beside: Iterable[str] = ()) -> None:
        """Prepare the words.

        Args:
            vocabulary: words to correct to.
            homophones: a real word and the one that it is often written for ("heal heel").
            beside: words next to which it is that other one ("left heal", "heal pain").
        """
        self._homophones = dict(pair.split(maxsplit=1) for pair in homophones)
        self._beside = frozenset(beside) | OWNERS
        named = {word for word in vocabulary if word.isalpha()}
        self._named = frozenset(named)
        self._vocabulary = frozenset(named | {word + ending for word in named for ending in _ENDINGS})
        self._stems = frozenset(map(stem_of, self._vocabulary))
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary | common_words()):
            if len(word) >= _SHORTEST:
                self._by_shape[word[0], len(word)].append(word)

    def corrected(self, words: Sequence[Word]) -> list[Word]:
        """Return the words with misspelt ones respelled; offsets stay."""
        # A word that stands often is looked up once.
        unknown = {word.form for word in words if not self._is_known(word)}
        nearest = {form: self._nearest(form) for form in unknown}
        spelled = [word.respelled(nearest[word.form]) if word.form in nearest else word for word in words]
        return [self._meant(spelled, index) for index in range(len(spelled))]

    def _meant(self, words: Sequence[Word], index: int) -> Word:
        meant = self._homophones.get(words[index].form)
        if meant is None:
            return words[index]
        neighbours = [*words[max(index - 1, 0) : index], *words[index + 1 : index + 2]]
        return words[index].respelled(meant) if any(word.form in self._beside for word in neighbours) else words[index]

    def _is_known(self, word: Word) -> bool:
        return (
            len(word.form) < _SHORTEST
            or not word.form.isalpha()
            or word.form in self._vocabulary
            or word.form in common_words()
            or word.stem in self._stems
        )

    def _nearest(self, form: str) -> str:
        """Return the one nearest word when the vocabulary holds it, else the form itself."""
        mistakes = 2 if len(form) >= _TWO_MISTAKES_FROM else 1
        lengths = range(len(form) - mistakes, len(form) + mistakes + 1)
        shapes = [(letter, length) for letter in sorted({form[0], form[1]}) for length in lengths]
        candidates = [word for shape in shapes for word in self._by_shape.get(shape, ())]
        near = extract(form, candidates, scorer=OSA.distance, score_cutoff=mistakes, limit=None)
        ranked = [((*_unlikeliness(form, word, distance), word not in self._named), word) for word, distance, _ in near]
        likeliest = {word for rank, word in ranked if rank == min(ranked)[0]}
        known = sorted(likeliest & self._vocabulary)
        # Two words of different meaning that are equally near leave open which one was meant.
        return known[0] if len({stem_of(word) for word in known}) == 1 else form


def _unlikeliness(form: str, word: str, distance: float) -> tuple[float, bool, bool]:
    """Rank a correction: fewer mistakes first, then the commonest (a doubled or a swapped letter), then the ending."""
    slip = _undoubled(form) == _undoubled(word) or sorted(form) == sorted(word)
    return distance, not slip, form[-1] != word[-1]


def _undoubled(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if word[place - 1 : place] != letter)
