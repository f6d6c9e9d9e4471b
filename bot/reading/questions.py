"""Questions about things in general ("can gout make your ankle swell?"), which report nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from bot.reading.words.english import (
    CAUSING,
    FIRST_PERSON,
    GENERAL_OPENERS,
    MODALS,
    NO_SUBJECTS,
    POINTERS,
    THIRD_PERSON,
)
from bot.reading.words.tokens import Word

_FEWEST_WORDS = 3
_PERSONS = FIRST_PERSON | THIRD_PERSON | POINTERS


def asks_in_general(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word at offset `start` stands in a question about things in general, not in a report.

    It opens with a modal verb, a verb of causing follows, and nothing of the visitor is named before the word; or the
    whole question names nobody ("are black toenails common in runners?", "do you treat bunions").
    """
    said = _sentence_at(words, start)
    if _names_nobody(said):
        return True
    before = [word.form for word in said if word.start < start and not word.is_mark]
    if not before or before[0] not in MODALS:
        return False
    return not CAUSING.isdisjoint(before) and FIRST_PERSON.isdisjoint(before) and POINTERS.isdisjoint(before[:2])


def asks_for_help(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word at offset `start` stands in a question whether something helps ("do insoles help?")."""
    said = _sentence_at(words, start)
    forms = [word.form for word in said if not word.is_mark]
    asks = said[-1].form.startswith("?") or forms[:1] == ["should"]
    return asks and (forms[0] in MODALS | {"should", "are"} or forms[:2] in (["how", "about"], ["what", "about"]))


def _sentence_at(words: Sequence[Word], start: int) -> Sequence[Word]:
    """Return the sentence of the word at an offset; words stand in the order of the text."""
    sentence = words[bisect_left(words, start, key=lambda word: word.start)].sentence
    first = bisect_left(words, sentence, key=lambda word: word.sentence)
    return words[first : bisect_right(words, sentence, key=lambda word: word.sentence)]


def _names_nobody(said: Sequence[Word]) -> bool:
    """Tell whether a sentence is a question with a subject of its own, and none of its words points at anybody."""
    forms = [word.form for word in said if not word.is_mark]
    if len(forms) < _FEWEST_WORDS or forms[0] not in GENERAL_OPENERS or forms[1] in NO_SUBJECTS:
        return False
    # A visitor who leaves the mark out begins a report with "can barely walk", but none with "does icing".
    asks = said[-1].form == "?" or forms[0] in ("do", "does") or forms[1] in ("you", "your")
    return asks and _PERSONS.isdisjoint(forms)
