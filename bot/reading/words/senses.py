"""Words that name a part of the body here and something else there: "my back" and "it is back", "corn starch".

A word in another sense gets a stem of its own, in texts and in phrases alike: "my toe bends back" still finds a phrase
that says so, and no phrase about the low back finds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.model import Cues
from bot.reading.words.cue_book import CueBook
from bot.reading.words.english import (
    AILING,
    BACK_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    PARTS,
    PREPOSITIONS,
    RETURNING,
    SPOTS,
)
from bot.reading.words.sides import SIDES
from bot.reading.words.tokens import Word, WordSplitter

_BEFORE_A_NOUN = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | AILING | SIDES.keys()


class SenseReader:
    """Tells which words of a text stand in another sense than the bodily one."""

    def __init__(self, cues: Cues, splitter: WordSplitter) -> None:
        self._book = CueBook({"other": cues.other_senses}, splitter)

    def told_apart(self, words: Sequence[Word]) -> list[Word]:
        """Return the words, those in another sense with a stem that no bodily word has; forms and offsets stay."""
        others = {index for cue in self._book.find(words) for index in cue.words}
        others.update(index for index, word in enumerate(words) if word.form == "back" and not _is_noun(words, index))
        return [word.of_another_sense() if index in others else word for index, word in enumerate(words)]


def _is_noun(words: Sequence[Word], index: int) -> bool:
    """Tell whether "back" names a part of the body ("my back", "back pain") and is no adverb ("it is back")."""
    before = [word.form for word in words[max(index - 2, 0) : index]]
    after = words[index + 1].form if index + 1 < len(words) else ""
    if before[-1:] == ["the"] and before[0] in SPOTS and after not in PARTS:
        # "It rubs at the back": a part of whatever was named before.
        return False
    if after in BACK_NOUNS:
        return True
    if not before or words[index - 1].is_mark:
        return after not in RETURNING
    if before[-1] in CONJUNCTIONS:
        return after != "again"
    return before[-1] in _BEFORE_A_NOUN
