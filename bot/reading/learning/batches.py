"""Examples into batches of numbers: word pieces, units, and what is known of each unit."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from bot.reading.learned.corpus import Mark, Said
from bot.reading.learned.reader import DENIED, NAMED, SAID, THERE, Numbers, place_tokens
from bot.reading.learning.examples import SCOPES, Example
from bot.reading.learning.network import Batch
from bot.reading.words.units import Unit, units_of

_KIND = {Said.THERE: 0, Said.DENIED: 0, Said.DOUBTED: 1, Said.PAST: 2, Said.OTHERS: 3, Said.FEARED: 4}
_COLUMN = {Said.THERE: THERE, Said.DENIED: DENIED}
_ANSWER = {Said.THERE: 0, Said.DENIED: 1, Said.DOUBTED: 2, Said.UNLIKE: 3}
_WITHIN = 0.6
"""Share of a mark's characters that a unit must hold to say what the mark says."""
_UNKNOWN = -1


@dataclass(frozen=True)
class Targets:
    """What is known: 1 or 0 for each (unit, finding, way of saying) with weight 0 where nothing is; classes else.

    `single` is the number of the one output of units that say one thing, -1 for others.
    """

    findings: Tensor
    weights: Tensor
    kinds: Tensor
    flags: Tensor
    flags_known: Tensor
    scopes: Tensor
    answers: Tensor
    single: Tensor


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example cut and numbered."""

    example: Example
    pieces: list[int]
    tokens: list[int]
    clause_of: list[int]
    units: list[Unit]
    learnt: int


class Batcher:
    """Makes batches; `findings` and `flags` are ids in the order of the network's outputs."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        findings: Sequence[str],
        flags: Sequence[str],
        implied: Mapping[str, frozenset[str]],
    ) -> None:
        self._tokenizer = tokenizer
        self._findings = {name: place for place, name in enumerate(findings)}
        self._flags = {name: place for place, name in enumerate(flags)}
        self._implied = implied

    def prepare(self, example: Example) -> Prepared:
        """Return the example cut into units, with its word pieces."""
        encoded = (
            self._tokenizer.encode(example.question, example.text)
            if example.question
            else self._tokenizer.encode(example.text)
        )
        units = units_of(example.text)
        tokens, clause_of, clauses = place_tokens(encoded, units, 1 if example.question else 0)
        return Prepared(example, encoded.ids, tokens, clause_of, units, clauses)

    def batches(self, examples: Sequence[Example], most: int, chance: random.Random | None) -> Iterator[list[Prepared]]:
        """Yield groups of examples of like length with at most so many pieces, padding counted."""
        prepared = [self.prepare(example) for example in examples]
        order = sorted(prepared, key=lambda each: len(each.pieces) + (chance.random() * 4 if chance else 0))
        groups: list[list[Prepared]] = [[]]
        for each in order:
            if groups[-1] and (len(groups[-1]) + 1) * max(len(each.pieces), len(groups[-1][-1].pieces)) > most:
                groups.append([])
            groups[-1].append(each)
        if chance:
            chance.shuffle(groups)
        yield from groups

    def batch(self, group: Sequence[Prepared]) -> Batch:
        """Return the numbers of a group."""
        longest = max(len(each.pieces) for each in group)
        pieces = np.zeros((len(group), longest), np.int64)
        mask = np.zeros((len(group), longest), np.float32)
        tokens, clause_of, edges, whole = list[int](), list[int](), list[tuple[int, int]](), list[int]()
        clauses = units = 0
        for row, each in enumerate(group):
            pieces[row, : len(each.pieces)] = each.pieces
            mask[row, : len(each.pieces)] = 1
            tokens += [row * longest + token for token in each.tokens]
            clause_of += [clauses + number for number in each.clause_of]
            for unit in each.units:
                edges += [(units, clauses + number) for number in range(*unit.clauses)]
                units += 1
            whole.append(units - 1)
            clauses += each.learnt
        return Batch(
            torch.from_numpy(pieces),
            torch.from_numpy(mask),
            torch.tensor(tokens),
            torch.tensor(clause_of),
            clauses,
            torch.tensor(edges).t().contiguous(),
            units,
            torch.tensor(whole),
        )

    def targets(self, group: Sequence[Prepared]) -> Targets:
        """Return what is known of a group's units."""
        units = sum(len(each.units) for each in group)
        findings = np.zeros((units, len(self._findings), SAID), np.float32)
        weights = np.ones_like(findings)
        kinds = np.full(units, _UNKNOWN, np.int64)
        flags = np.zeros((len(group), len(self._flags)), np.float32)
        known = np.zeros((len(group), 1), np.float32)
        scopes = np.full(len(group), _UNKNOWN, np.int64)
        answers = np.full(len(group), _UNKNOWN, np.int64)
        single = np.full(units, _UNKNOWN, np.int64)
        first = 0
        for row, each in enumerate(group):
            example = each.example
            end = first + len(each.units)
            weights[first:end, [self._findings[name] for name in example.open if name in self._findings]] = 0
            for number, unit in enumerate(each.units, start=first):
                if not example.told or not (unit.is_statement or len(each.units) == 1):
                    weights[number] = 0
                for mark in example.marks:
                    self._tell(mark, unit, findings[number], weights[number])
                kinds[number] = _kind(example, unit)
                single[number] = self._single(example, unit)
            if example.flags is not None:
                known[row] = 1
                flags[row, [self._flags[name] for name in example.flags]] = 1
            if example.scope is not None:
                scopes[row] = SCOPES.index(example.scope)
            if example.answer is not None:
                answers[row] = _ANSWER[example.answer]
            first = end
        arrays = (findings, weights, kinds, flags, known, scopes, answers, single)
        return Targets(*(torch.from_numpy(array) for array in arrays))

    def _single(self, example: Example, unit: Unit) -> int:
        held = [mark for mark in example.marks if _holds(unit, mark)]
        if len(held) != 1 or held[0].said is Said.UNLIKE or held[0].finding not in self._findings or example.question:
            return _UNKNOWN
        return self._findings[held[0].finding] * SAID + _COLUMN.get(held[0].said, NAMED)

    def _tell(self, mark: Mark, unit: Unit, findings: Numbers, weights: Numbers) -> None:
        place = self._findings.get(mark.finding)
        shared = min(mark.end, unit.end) - max(mark.start, unit.start)
        if place is None or shared <= 0:
            return
        if not _holds(unit, mark):
            weights[place] = 0
            return
        implied = [self._findings[name] for name in self._implied.get(mark.finding, ()) if name in self._findings]
        weights[place] = np.maximum(weights[place], 1)
        if mark.said is Said.THERE:
            findings[[place, *implied], THERE] = 1
        elif mark.said is Said.DENIED:
            findings[place, DENIED] = 1
            weights[implied] = 0
        elif mark.said is not Said.UNLIKE:
            findings[place, NAMED] = 1
            # Who is over it or doubts it comes near to denying it, or to having it.
            weights[place, THERE if mark.said is Said.DOUBTED else DENIED] = 0
            weights[implied] = 0


def _kind(example: Example, unit: Unit) -> int:
    said = {_KIND[mark.said] for mark in example.marks if mark.said in _KIND and _holds(unit, mark)}
    return said.pop() if len(said) == 1 else _UNKNOWN


def _holds(unit: Unit, mark: Mark) -> bool:
    """Tell whether a unit holds enough of a mark to say what the mark says."""
    return min(mark.end, unit.end) - max(mark.start, unit.start) >= _WITHIN * (mark.end - mark.start)
