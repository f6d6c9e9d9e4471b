"""Two readings of one text into one: what rules read and what was learnt.

Rules read words that they know, the learned reader statements that resemble those of its corpus. What is learnt decides;
a rule adds what was not learnt to be wrong, and no learnt doubt silences an alarm: it only makes it a question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.case import Finding, Question, Scope, Side, Status, Tense
from bot.errors import EncoderError
from bot.knowledge.model import FindingKind, Knowledge
from bot.reading.learned import DENIED, NAMED, SCOPES, THERE, LearnedReader, LearnedText

THRESHOLDS = "thresholds.json"
_CLOSED = frozenset({"yes", "no", "unsure"})
_WORDS_OF_A_BARE_ANSWER = 3
_DOUBTS, _PAST = 1, 2
"""Kinds of a unit, see `LearnedText.kinds`."""

SideAt = Callable[[int, int], Side | None]
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which what was learnt counts, 0 to 1; all but the last three by finding.

    Attributes:
        there: to report a finding.
        ask: to ask for an alarm finding that is not sure enough to be reported.
        denied: to deny it.
        named: to take it for named without being reported.
        veto: below which a rule's report of it is not believed.
        flags: by red flag: to ask its closed question.
        scope: to be sure of what a message is about.
        answer: to be sure of an answer to a closed question.
    """

    there: Mapping[str, float]
    ask: Mapping[str, float]
    denied: Mapping[str, float]
    named: Mapping[str, float]
    veto: Mapping[str, float]
    flags: Mapping[str, float]
    scope: float
    answer: float

    @classmethod
    def read(cls, folder: Path) -> Thresholds:
        """Return the thresholds that were calibrated with the encoder. Raises EncoderError."""
        try:
            return cls(**json.loads((folder / THRESHOLDS).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise EncoderError(
                f"{folder / THRESHOLDS} is missing or not as it has to be: take it from the repository again, or run `make encoder`."
            ) from None


class Weigher:
    """Reads with what was learnt, and weighs it against what rules read."""

    def __init__(
        self, reader: LearnedReader, thresholds: Thresholds, alarms: frozenset[str], lasting: frozenset[str]
    ) -> None:
        """Prepare the weighing.

        Args:
            reader: what was learnt.
            thresholds: from which probability on something counts.
            alarms: findings that no learnt doubt silences.
            lasting: findings that count however long ago they were.
        """
        self._reader = reader
        self._findings, self._flags = reader.findings, reader.flags
        self._places = {name: place for place, name in enumerate(self._findings)}
        self._there, self._ask, self._denied, self._named, self._veto = (
            np.array([values[name] for name in self._findings], np.float32)
            for values in (thresholds.there, thresholds.ask, thresholds.denied, thresholds.named, thresholds.veto)
        )
        self._worth_asking = np.array([thresholds.flags[name] for name in self._flags], np.float32)
        self._thresholds, self._alarms, self._lasting = thresholds, alarms, lasting

    @classmethod
    def open(cls, folder: Path, knowledge: Knowledge) -> Weigher:
        """Return the weigher with the weights of `data/reading`. Raises EncoderError."""
        records = knowledge.findings.values()
        reader = LearnedReader(folder, frozenset(knowledge.findings), frozenset(knowledge.red_flags))
        alarms = frozenset(record.id for record in records if record.kind is FindingKind.ALARM)
        return cls(
            reader, Thresholds.read(folder), alarms, frozenset(record.id for record in records if record.lasting)
        )

    def read(self, text: str) -> LearnedText:
        """Return what was learnt of a text."""
        return self._reader.read(text)

    def answered(self, text: str, question: Question, ruled: Sequence[Finding], side: Side | None) -> list[Finding]:
        """Return what a text answers to the question just put.

        Args:
            text: as typed.
            question: a closed one, or a list.
            ruled: what rules take for its answer.
            side: the only one that the text names.
        """
        learned = self._reader.read(text, question.text)
        short = len(text.split()) <= _WORDS_OF_A_BARE_ANSWER
        if _CLOSED.issuperset(choice.id for choice in question.choices):
            status = self._answer(learned)
            if status is None:
                return list(ruled) if short else []
            if question.screening and any(item.status is Status.PRESENT for item in ruled):
                # Who may have a warning sign is taken to have it.
                return list(ruled)
            return [Finding(name, status, side, 0, len(text)) for name in question.findings]
        picked = self._picked(learned, question.findings)
        # A bare "no" to a list is for rules; within a longer answer it denies no more than was learnt.
        kept = [
            item for item in ruled if item.status is not Status.ABSENT or short or picked.get(item.id) is item.status
        ]
        named = {item.id for item in kept}
        more = [Finding(name, status, side, 0, len(text)) for name, status in picked.items() if name not in named]
        return [*kept, *more]

    def weigh(self, told: Iterable[Finding], text: LearnedText, side_at: SideAt) -> list[Finding]:
        """Return the findings of a text in its order.

        Args:
            told: what rules read.
            text: what was learnt of it.
            side_at: returns the side named at a part of the text.
        """
        statements = _statements(text)
        shares = text.findings[statements]
        best, chosen = shares.max(axis=0), shares.argmax(axis=0)
        kept = [each for item in told if (each := self._weighed(item, best))]
        now = {item.id for item in kept if item.status is Status.PRESENT and item.tense is Tense.NOW}
        learnt = [
            item for item in self._learnt(text, best, np.array(statements)[chosen], side_at) if item.id not in now
        ]
        replaced = {(item.id, item.tense) for item in learnt}
        rest = [item for item in kept if (item.id, item.tense) not in replaced]
        return sorted([*rest, *learnt], key=lambda item: (item.start, item.end))

    def suspected(self, text: LearnedText) -> tuple[str, ...]:
        """Return the red flags that a nurse might think of."""
        return tuple(self._flags[place] for place in np.flatnonzero(text.flags >= self._worth_asking))

    def scope(self, text: LearnedText) -> Scope | None:
        """Return what the text is about, where that is sure."""
        place = int(text.scopes.argmax())
        return Scope(SCOPES[place]) if text.scopes[place] >= self._thresholds.scope else None

    def _answer(self, text: LearnedText) -> Status | None:
        """Return what a text answers to a closed question: there, not there, not sure; None where it is no answer."""
        shares = text.answers[:3]
        if shares.sum() < self._thresholds.answer:
            return None
        return (Status.PRESENT, Status.ABSENT, Status.UNSURE)[int(shares.argmax())]

    def _picked(self, text: LearnedText, findings: Sequence[str]) -> dict[str, Status]:
        """Return which of the findings of a list a text ticks or denies in answer to it."""
        best = text.findings[_statements(text)].max(axis=0)
        picked = {}
        for name in findings:
            if (place := self._places.get(name)) is None:
                continue
            there, denied, named = best[place]
            if there >= max(self._there[place], denied):
                picked[name] = Status.PRESENT
            elif denied >= max(self._denied[place], named):
                picked[name] = Status.ABSENT
        return picked

    def _weighed(self, item: Finding, best: Numbers) -> Finding | None:
        place = self._places.get(item.id)
        if place is None or item.tense is not Tense.NOW:
            return item
        there, denied, named = best[place]
        if item.status is Status.ABSENT:
            return None if there >= self._there[place] else item
        believed = there >= min(self._there[place], max(denied, named, self._veto[place]))
        if item.status is not Status.PRESENT or believed:
            return item
        return replace(item, status=Status.UNSURE) if item.id in self._alarms else None

    def _learnt(
        self, text: LearnedText, best: Numbers, chosen: npt.NDArray[np.intp], side_at: SideAt
    ) -> Iterator[Finding]:
        there, denied, named = best[:, THERE], best[:, DENIED], best[:, NAMED]
        worth = (there >= self._ask) | (denied >= self._denied) | (named >= self._named)
        for place in np.flatnonzero(worth):
            found = self._status(int(place), best[place], text.kinds[chosen[place, NAMED]])
            if found is not None:
                status, tense, column = found
                unit = text.units[chosen[place, column]]
                yield Finding(self._findings[place], status, side_at(unit.start, unit.end), unit.start, unit.end, tense)

    def _status(self, place: int, shares: Numbers, kinds: Numbers) -> tuple[Status, Tense, int] | None:
        there, denied, named = shares
        finding = self._findings[place]
        if there >= self._there[place] and there >= denied:
            return Status.PRESENT, Tense.NOW, THERE
        if denied >= self._denied[place] and denied > max(there, named):
            return Status.ABSENT, Tense.NOW, DENIED
        if named >= self._named[place] and named > there:
            kind = int(kinds.argmax())
            if kind == _DOUBTS:
                return Status.UNSURE, Tense.NOW, NAMED
            if kind == _PAST:
                return Status.PRESENT, Tense.NOW if finding in self._lasting else Tense.PAST, NAMED
            return Status.PRESENT, Tense.HYPOTHETICAL, NAMED
        if there >= self._ask[place] and finding in self._alarms and there > denied:
            return Status.UNSURE, Tense.NOW, THERE
        return None


def _statements(text: LearnedText) -> list[int]:
    """Return the numbers of the units that findings are read in."""
    return [number for number, unit in enumerate(text.units) if unit.is_statement] or [len(text.units) - 1]
