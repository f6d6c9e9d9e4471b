"""Whether a text is English: in another language no finding is read, because look-alike words would invent some."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.reading.words.english import FIRST_PERSON, FUNCTION_WORDS, NEGATORS, NUMBERS, SUBJECTS, THIRD_PERSON
from bot.reading.words.spelling import common_words
from bot.reading.words.tokens import Word

_SHORT = FUNCTION_WORDS | SUBJECTS | FIRST_PERSON | THIRD_PERSON | NEGATORS | NUMBERS.keys()
_FEWEST_WORDS = 4
_LEAST_SHARE = 0.4
# Correcting the spelling makes English words of foreign ones too, so that more of them are asked for.
_LEAST_CORRECTED = 0.6


def is_english(words: Sequence[Word], corrected: Sequence[Word], vocabulary: Collection[str]) -> bool:
    """Tell whether enough of the words are English; a text of very few words passes.

    Args:
        words: of the text, as written.
        corrected: the same with spelling corrected.
        vocabulary: further words that count as English.
    """
    if sum(word.form.isalpha() for word in words) < _FEWEST_WORDS:
        return True
    return _share(words, vocabulary) >= _LEAST_SHARE or _share(corrected, vocabulary) >= _LEAST_CORRECTED


def _share(words: Sequence[Word], vocabulary: Collection[str]) -> float:
    said = [word.form for word in words if word.form.isalpha()]
    return sum(form in _SHORT or form in vocabulary or form in common_words() for form in said) / len(said)
