"""Thresholds: from which probability on something counts, measured on writers that the network has not learnt from.

A threshold of a finding is drawn towards the common one as its own rows are few. What may be wrong how often is decided
here: a finding read where it is not misleads, so it may be wrong in few texts; asking once too often costs a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.reading.learned.corpus import Mark, Said
from bot.reading.learned.reader import DENIED, NAMED, THERE, LearnedReader, Numbers
from bot.reading.learned.thresholds import Alarm, Thresholds
from bot.reading.learning.lesson import Lesson

FALSE_PER_TEXT = {THERE: 0.3, DENIED: 0.1, NAMED: 0.12}
"""Findings read in a text, on average, that nobody marked there; of 45 looked at, half were really said."""
ALARM = Alarm(
    raise_own=0.3, raise_whole=0.3, alone=0.97, ask_own=0.05, ask_whole=0.03, believe_own=0.0, believe_whole=0.0
)
"""Chosen on the messages of one writer kept apart; `benchmarks/figures/learned_reading.md` has what else was tried."""
ASKED_CALM = 0.15
"""Share of calm messages and near misses for which some closed question is asked because of the whole message."""
PRIOR_ROWS = 12
_WRONG_WEIGHS = 1
Ways = tuple[frozenset[int], frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Probabilities of a text's findings (findings, ways of saying), and numbers of those that are said in each way.

    `open` are those of which nothing is known; `flags` the probabilities of red flags, `flagged` whether one is told.
    """

    shares: Numbers
    said: Ways
    open: frozenset[int]
    flags: Numbers
    flagged: bool
    is_message: bool


def calibrate(reader: LearnedReader, lesson: Lesson, writers: frozenset[str]) -> Thresholds:
    """Return the thresholds for a network that has learnt the lesson without these writers."""
    outcomes = _outcomes(reader, lesson, writers)
    messages = [each for each in outcomes if each.is_message]
    names = lesson.findings

    def by_name(values: Numbers) -> dict[str, float]:
        return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}

    there, denied, named = (
        _by_finding(outcomes, column, _common(outcomes, column), len(names)) for column in (THERE, DENIED, NAMED)
    )
    return Thresholds(
        there=by_name(there),
        denied=by_name(denied),
        named=by_name(named),
        contradict=0.15,
        believe=0.02,
        alarm=ALARM,
        flags=dict.fromkeys(lesson.flags, _flag_threshold(messages)),
        scope=0.7,
        answer=0.5,
    )


def _outcomes(reader: LearnedReader, lesson: Lesson, writers: frozenset[str]) -> list[Outcome]:
    maker = lesson.maker()
    places = {name: place for place, name in enumerate(lesson.findings)}
    outcomes = []
    rows = [row for row in lesson.corpus.statements if row.writer in writers]
    texts = [row for row in lesson.corpus.messages if row.writer in writers]
    for example in [*map(maker.statement, rows), *map(maker.message, texts)]:
        read = reader.read(example.text)
        statements = read.statements
        said = _said(example.marks, places, lesson)
        outcomes.append(
            Outcome(
                read.findings[statements].max(axis=0),
                said,
                frozenset(places[name] for name in example.open if name in places),
                read.flags,
                bool(example.flags),
                example.flags is not None,
            )
        )
    return outcomes


def _said(marks: Sequence[Mark], places: dict[str, int], lesson: Lesson) -> Ways:
    said: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for mark in marks:
        if mark.finding not in places or mark.said is Said.UNLIKE:
            continue
        column = {Said.THERE: THERE, Said.DENIED: DENIED}.get(mark.said, NAMED)
        said[column].add(places[mark.finding])
        if column == THERE:
            said[THERE].update(places[name] for name in lesson.implied.get(mark.finding, ()) if name in places)
    return frozenset(said[THERE]), frozenset(said[DENIED]), frozenset(said[NAMED])


def _common(outcomes: Sequence[Outcome], column: int) -> float:
    """Return the least threshold at which few enough findings a text are wrongly read in that way."""
    wrong = np.sort(np.concatenate([_wrong(each, column) for each in outcomes]))
    most = max(1, int(FALSE_PER_TEXT[column] * len(outcomes)))
    return float(np.clip(wrong[-most], 0.2, 0.8)) if len(wrong) >= most else 0.5


def _by_finding(outcomes: Sequence[Outcome], column: int, common: float, findings: int) -> Numbers:
    """Return a threshold for each finding: the one that parts its own rows best, drawn towards the common one."""
    thresholds = np.full(findings, common, np.float32)
    for finding in range(findings):
        right = np.array([each.shares[finding, column] for each in outcomes if finding in each.said[column]])
        wrong = np.array(
            [
                each.shares[finding, column]
                for each in outcomes
                if finding not in each.said[column] and finding not in each.open
            ]
        )
        if len(right):
            weight = len(right) / (len(right) + PRIOR_ROWS)
            thresholds[finding] = weight * _best_cut(right, np.sort(wrong)[-200:], common) + (1 - weight) * common
    return thresholds


def _best_cut(right: Numbers, wrong: Numbers, common: float) -> float:
    """Return the threshold nearest to the common one with the most right ones kept and wrong ones left out."""
    cuts = np.linspace(0.2, 0.85, 27)
    gains = np.array([(right >= cut).sum() - _WRONG_WEIGHS * (wrong >= cut).sum() for cut in cuts])
    best = cuts[gains == gains.max()]
    return float(best[np.abs(best - common).argmin()])


def _flag_threshold(messages: Sequence[Outcome]) -> float:
    """Return the probability of a red flag that few enough calm messages reach."""
    calm = np.sort([each.flags.max() for each in messages if not each.flagged])
    return round(float(np.clip(calm[int((1 - ASKED_CALM) * len(calm))], 0.05, 0.9)), 3) if len(calm) else 0.5


def _wrong(outcome: Outcome, column: int) -> Numbers:
    left_out = [*outcome.said[column], *outcome.open]
    return np.sort(np.delete(outcome.shares[:, column], left_out))[-5:]
