"""Examples that the network learns from: texts with what each part of them says.

Statements of the corpus are joined into texts of one to four, as people write them, so that a denial is learnt to end
where the next statement begins. Spelling slips and missing marks are added at random.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.reading.learned.corpus import CALM_HEADINGS, Corpus, Mark, MarkedText, Said, Statement

SCOPES = ("ours", "knee_hip", "other", "none")
"""What a whole message is about."""

_SIZES = ((1, 0.5), (2, 0.25), (3, 0.15), (4, 0.1))
_JOINTS = (". ", ". ", ". ", ", ", ", ", " and ", " but ", " ", "; ", ", also ", " - ", "\n")
_SLIP, _FLAT, _SHOUT = 0.2, 0.12, 0.02


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from.

    Attributes:
        question: what it answers; empty for none.
        marks: what its parts say.
        open: findings of which nothing is known: neither that they are there nor that they are not.
        flags: ids of the red flags that the whole text raises; None where that is not known.
        scope: what it is about; None where that is not known.
        told: False where only its meaning is learnt.
        answer: what it answers to a closed question; None where there is none.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    question: str = ""
    open: frozenset[str] = field(default_factory=frozenset)
    flags: tuple[str, ...] | None = None
    scope: str | None = None
    told: bool = True
    answer: Said | None = None


Implied = Callable[[str], frozenset[str]]
Hinted = Callable[[str], frozenset[str]]


class ExampleMaker:
    """Turns the corpus into examples; another `round` gives other joints and slips."""

    def __init__(
        self, corpus: Corpus, questions: dict[str, str], hinted: Hinted, near: dict[str, frozenset[str]]
    ) -> None:
        """Prepare the corpus.

        Args:
            corpus: what is learnt from.
            questions: the words of each question, by the id of its finding, red flag or list.
            hinted: returns the findings that may well be in a text although nobody marked them.
            near: findings that can hardly be told from another by words alone.
        """
        self._corpus, self._questions, self._hinted, self._near = corpus, questions, hinted, near

    def examples(self, seed: int) -> list[Example]:
        """Return all examples, in random order."""
        chance = random.Random(seed)
        made = self._joined(chance)
        made += [self.message(row) for row in self._corpus.messages]
        made += [self._answer(row) for row in self._corpus.answers]
        made += [self._list_answer(row) for row in self._corpus.list_answers]
        chance.shuffle(made)
        return [_roughened(example, chance) for example in made]

    def statement(self, row: Statement) -> Example:
        """Return a statement as a text of its own."""
        mark = Mark(0, len(row.text), row.finding, row.said)
        return Example(row.text, (mark,), open=self._open_of(row.text, [mark]))

    def _joined(self, chance: random.Random) -> list[Example]:
        rows = [self.statement(row) for row in self._corpus.statements]
        chance.shuffle(rows)
        made, place = [], 0
        while place < len(rows):
            size = chance.choices([size for size, _ in _SIZES], [share for _, share in _SIZES])[0]
            made.append(_join(rows[place : place + size], chance))
            place += size
        return made

    def message(self, row: MarkedText) -> Example:
        """Return a marked message."""
        flags = () if row.heading in CALM_HEADINGS else (row.heading,)
        scope: str | None = row.heading if row.heading in SCOPES else "ours"
        # A near miss without a mark may be about anything, and a turn goes on with what was told before.
        if row.heading == "turn" or (row.near and not row.marks):
            scope = None
        return Example(row.text, row.marks, open=self._open_of(row.text, row.marks), flags=flags, scope=scope)

    def _answer(self, row: Statement) -> Example:
        # The question of a red flag asks for several findings: which of them a yes means is not known.
        known = row.finding in self._near
        marks = (Mark(0, len(row.text), row.finding, row.said),) if known else ()
        hidden = self._open_of(row.text, marks)
        return Example(row.text, marks, self._questions[row.finding], hidden, told=known, answer=row.said)

    def _list_answer(self, row: MarkedText) -> Example:
        return Example(row.text, row.marks, self._questions[row.heading], self._open_of(row.text, row.marks))

    def _open_of(self, text: str, marks: Iterable[Mark]) -> frozenset[str]:
        named = {mark.finding for mark in marks}
        near = {other for name in named for other in self._near.get(name, ())}
        return frozenset((self._hinted(text) | near) - named)


def _join(rows: Sequence[Example], chance: random.Random) -> Example:
    text, marks, hidden = "", list[Mark](), set[str]()
    for row in rows:
        if text:
            joint = chance.choice(_JOINTS)
            text = (text.rstrip(".,;") if joint.strip() else text) + joint
        words = row.text if not text or chance.random() < 0.5 else row.text[:1].lower() + row.text[1:]
        marks += [replace(mark, start=len(text), end=len(text) + len(words)) for mark in row.marks]
        text += words
        hidden |= row.open
    return Example(text, tuple(marks), open=frozenset(hidden))


def _roughened(example: Example, chance: random.Random) -> Example:
    """Return the example with a slip of spelling, without marks, or in capitals; no character is added or lost."""
    text, dice = example.text, chance.random()
    if dice < _SLIP and len(text) > 12:
        place = chance.randrange(1, len(text) - 2)
        if text[place].isalpha() and text[place + 1].isalpha():
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    elif dice < _SLIP + _FLAT:
        text = re.sub(r"[.,;'!?-]", " ", text).lower()
    elif dice < _SLIP + _FLAT + _SHOUT:
        text = text.upper()
    return replace(example, text=text)
