"""Two readings of one text into one: what rules read and what was learnt.

Rules read words that they know, the learned reader statements that resemble those of its corpus. What is learnt
decides; a rule adds what was not learnt to be wrong, and no learnt doubt silences an alarm: it makes it a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.case import Finding, Scope, Side, Status, Tense
from bot.knowledge.checks import leaves
from bot.knowledge.model import FindingKind, Knowledge
from bot.reading.learned.answer_weighing import AnswerWeigher
from bot.reading.learned.reader import DENIED, NAMED, SCOPES, THERE, LearnedReader, LearnedText, Numbers, learned_reader
from bot.reading.learned.thresholds import Thresholds

_FEWEST_WORDS = 4
"""Words of a text in which anything but a sure finding is read: "the first one" and "none of these" say nothing."""
_SURE = 0.6
_WORDS_OF_A_MESSAGE = 8
_SURE_WHOLE = 0.3
"""Probability from which a text of fewer words makes one think of a red flag: first messages are longer."""
_UNWITNESSED = 0.1
"""Above its threshold, which weighs a miss and an invention alike: a finding that was never said costs more trust."""
_FAR_FROM_OWN, _FAR_FROM_WHOLE = 0.002, 0.005
"""An alarm that a rule alone reads, this far from what was learnt of its words and of the message, is none: of 111 with
less than 0.005 and 0.02, by a writer kept apart, none was right."""
_DELICATE = 0.3
"""Probability from which a delicate question is asked, as whether somebody thinks of ending their life."""
_NEAR_A_SIGN = 0.03
"""Probability of a finding in its own words from which the whole message may bring a red flag's question. Of the alarms
of a writer kept apart it loses 1.2 %, and every seventh question to calm ones."""
_DOUBTS, _PAST = 1, 2
"""Kinds of a unit, see `LearnedText.kinds`."""

SideAt = Callable[[int, int], Side | None]


class Weigher:
    """Reads with what was learnt, and weighs it against what rules read."""

    def __init__(self, reader: LearnedReader, thresholds: Thresholds, knowledge: Knowledge) -> None:
        """Prepare the weighing.

        Args:
            reader: what was learnt.
            thresholds: from which probability on something counts.
            knowledge: whose findings and red flags they are.
        """
        self._reader, self._thresholds = reader, thresholds
        self.answers = AnswerWeigher(reader, thresholds)
        self._findings, self._flags = reader.findings, reader.flags
        self._places = {name: place for place, name in enumerate(self._findings)}
        self._there, self._denied, self._named = thresholds.of(self._findings)
        self._worth_asking = np.array([thresholds.flags[name] for name in self._flags], np.float32)
        self._lasting = frozenset(record.id for record in knowledge.findings.values() if record.lasting)
        # Rules know the names of places better than what was learnt from a few hundred sentences about each.
        self._locations = frozenset(
            record.id for record in knowledge.findings.values() if record.kind is FindingKind.LOCATION
        )
        self._belongs = self._belonging(knowledge)
        delicate = np.array([knowledge.red_flags[name].delicate for name in self._flags], bool)
        self._worth_asking = np.where(delicate, np.maximum(self._worth_asking, _DELICATE), self._worth_asking)
        self._delicate = self._belongs[:, delicate].any(axis=1)
        self._alarms = self._belongs.any(axis=1)

    @classmethod
    def open(cls, folder: Path, knowledge: Knowledge, heads: Path | None = None) -> Weigher:
        """Return the weigher with the weights of `data/reading` and the heads of a file. Raises EncoderError."""
        reader = learned_reader(folder, heads)
        reader.check(knowledge.findings, knowledge.red_flags)
        return cls(reader, Thresholds.read(folder), knowledge)

    def _belonging(self, knowledge: Knowledge) -> npt.NDArray[np.bool_]:
        """Return which alarm finding belongs to which red flag: it raises it, or its question asks for it."""
        belongs = np.zeros((len(self._findings), len(self._flags)), bool)
        for number, flag in enumerate(self._flags):
            record = knowledge.red_flags[flag]
            for name in {*leaves(record.criteria), *record.raises}:
                if knowledge.findings[name].kind is FindingKind.ALARM and name in self._places:
                    belongs[self._places[name], number] = True
        return belongs

    def read(self, text: str) -> LearnedText:
        """Return what was learnt of a text."""
        return self._reader.read(text)

    def weigh(self, told: Iterable[Finding], text: LearnedText, side_at: SideAt) -> list[Finding]:
        """Return the findings of a text in its order.

        Args:
            told: what rules read.
            text: what was learnt of it.
            side_at: returns the side named at a part of the text.
        """
        statements = text.statements
        shares = text.findings[statements]
        chosen = np.array(statements)[shares.argmax(axis=0)]
        best = shares.max(axis=0)
        if text.words < _FEWEST_WORDS:
            best = np.where(best >= _SURE, best, 0)
        whole = np.where(self._belongs, _flags(text), 0).max(axis=1)
        learnt = {item.id: item for item in self._learnt(text, best, whole, chosen, side_at)}
        kept = []
        for item in told:
            weighed = self._weighed(item, best, whole, text.words)
            if weighed is None or (
                item.tense is Tense.NOW and item.id in learnt and not _outranks(weighed, learnt[item.id])
            ):
                continue
            kept.append(weighed)
            if item.tense is Tense.NOW:
                learnt.pop(item.id, None)
        return sorted([*kept, *learnt.values()], key=lambda item: (item.start, item.end))

    def suspected(self, text: LearnedText) -> tuple[str, ...]:
        """Return the red flags that a nurse might think of.

        The whole message alone is no witness: some words have to come near a finding that belongs to the flag, or every
        short answer ("nah, none of that") would bring a question.
        """
        if text.words < _FEWEST_WORDS:
            return ()
        there = text.findings[text.statements, :, THERE].max(axis=0)
        near = np.where(self._belongs, there[:, None], 0).max(axis=0) >= _NEAR_A_SIGN
        return tuple(self._flags[place] for place in np.flatnonzero(near & (_flags(text) >= self._worth_asking)))

    def scope(self, text: LearnedText) -> Scope | None:
        """Return what the text is about, where that is sure."""
        place = int(text.scopes.argmax())
        return Scope(SCOPES[place]) if text.scopes[place] >= self._thresholds.scope else None

    def _weighed(self, item: Finding, best: Numbers, whole: Numbers, words: int) -> Finding | None:
        place = self._places.get(item.id)
        if place is None or item.tense is not Tense.NOW:
            return item
        there, denied, named = (float(value) for value in best[place])
        contradicted = max(denied, named) >= max(self._thresholds.contradict, 2 * there)
        if item.status is not Status.PRESENT:
            return item
        if self._alarms[place]:
            alarm = self._thresholds.alarm
            believed = there >= alarm.believe_own or whole[place] >= alarm.believe_whole
            # Of a few words the encoder makes too little to say so.
            if there < _FAR_FROM_OWN and whole[place] < _FAR_FROM_WHOLE and words >= _FEWEST_WORDS:
                return None
            return item if believed and not contradicted else replace(item, status=Status.UNSURE)
        believed = item.id in self._locations or there >= self._thresholds.believe
        return item if believed and not contradicted else None

    def _learnt(
        self,
        text: LearnedText,
        best: Numbers,
        whole: Numbers,
        chosen: npt.NDArray[np.intp],
        side_at: SideAt,
    ) -> Iterator[Finding]:
        there, denied, named = best[:, THERE], best[:, DENIED], best[:, NAMED]
        alarm = self._thresholds.alarm
        asked = self._alarms & (there >= alarm.ask_own)
        worth = asked | (there >= self._there) | (denied >= self._denied) | (named >= self._named)
        for place in np.flatnonzero(worth):
            found = self._status(int(place), best[place], float(whole[place]), text.kinds[chosen[place, NAMED]])
            if found is not None:
                status, tense, column = found
                unit = text.units[chosen[place, column]]
                yield Finding(self._findings[place], status, side_at(unit.start, unit.end), unit.start, unit.end, tense)

    def _status(self, place: int, shares: Numbers, whole: float, kinds: Numbers) -> tuple[Status, Tense, int] | None:
        there, denied, named = (float(value) for value in shares)
        if self._is_there(place, there, whole) and there >= max(denied, named):
            return Status.PRESENT, Tense.NOW, THERE
        if denied >= self._denied[place] and denied > max(there, named):
            return Status.ABSENT, Tense.NOW, DENIED
        if named >= self._named[place] and named > there:
            return self._named_as(place, int(kinds.argmax()))
        alarm = self._thresholds.alarm
        ask_own = _DELICATE if self._delicate[place] else alarm.ask_own
        if self._alarms[place] and there >= ask_own and whole >= alarm.ask_whole and there > denied:
            return Status.UNSURE, Tense.NOW, THERE
        return None

    def _is_there(self, place: int, there: float, whole: float) -> bool:
        if not self._alarms[place]:
            return bool(there >= self._there[place] + _UNWITNESSED)
        alarm = self._thresholds.alarm
        return there >= alarm.alone or (there >= alarm.raise_own and whole >= alarm.raise_whole)

    def _named_as(self, place: int, kind: int) -> tuple[Status, Tense, int]:
        if kind == _DOUBTS:
            return Status.UNSURE, Tense.NOW, NAMED
        if kind == _PAST:
            lasting = self._findings[place] in self._lasting
            return Status.PRESENT, Tense.NOW if lasting else Tense.PAST, NAMED
        return Status.PRESENT, Tense.HYPOTHETICAL, NAMED


_STRENGTH = {Status.PRESENT: 2, Status.UNSURE: 1, Status.ABSENT: 0}


def _outranks(ruled: Finding, learnt: Finding) -> bool:
    """Tell whether a rule's finding stands beside what was learnt: the stronger does, and a rule's where both agree."""
    if learnt.tense is not Tense.NOW:
        return ruled.status is Status.PRESENT
    return _STRENGTH[ruled.status] >= _STRENGTH[learnt.status]


def _flags(text: LearnedText) -> Numbers:
    """Return the probabilities of the red flags; in a short text only those that are sure."""
    flags: Numbers = (
        text.flags if text.words >= _WORDS_OF_A_MESSAGE else np.where(text.flags >= _SURE_WHOLE, text.flags, 0)
    )
    return flags
