"""Find cues in words, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.reading.words.matches import Match, longest
from bot.reading.words.tokens import Word, WordSplitter


class CueBook:
    """Cues by kind; a cue is found word for word, and a longer cue takes its words from a shorter one."""

    def __init__(self, cues: Mapping[str, Sequence[str]], splitter: WordSplitter) -> None:
        self._kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        for kind, texts in cues.items():
            for text in texts:
                forms = tuple(word.form for word in splitter.split(text, keep=True) if not word.is_mark)
                if forms and kind not in self._kinds[forms]:
                    self._kinds[forms].append(kind)
                    self._longest[forms[0]] = max(self._longest[forms[0]], len(forms))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Return the cues of the text in its order, without those that a longer one covers."""
        indexes = [index for index, word in enumerate(words) if not word.is_mark]
        forms = [words[index].form for index in indexes]
        found = []
        for place, form in enumerate(forms):
            for length in range(1, self._longest.get(form, 0) + 1):
                taken = tuple(indexes[place : place + length])
                kinds = self._kinds.get(tuple(forms[place : place + length]), ())
                if kinds and words[taken[0]].sentence == words[taken[-1]].sentence:
                    found += [Match(kind, taken) for kind in kinds]
        return longest(found)
