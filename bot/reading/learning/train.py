"""Train the network, step by step."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bot.reading.learned.reader import Numbers
from bot.reading.learning.batches import Batcher, Prepared, Targets
from bot.reading.learning.examples import Example, ExampleMaker
from bot.reading.learning.network import Network, Read

_MEANING = 6.0
"""Weight of keeping the meaning that the published weights give, from which intents are learnt."""
_POSITIVE = 2.0
"""Weight of what is there, beside the many findings that are not."""
_ENCODER_RATE, _HEAD_RATE = 2e-4, 4e-3
_CLIP = 5.0
_WARM = 0.06
_PIECES = 1300
_TOLD_EVERY = 50
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Course:
    """How long is learnt: `rounds` over all examples."""

    rounds: float
    seed: int = 1


def train(
    network: Network,
    maker: ExampleMaker,
    more: Sequence[Example],
    batcher: Batcher,
    meanings: Mapping[str, Numbers],
    course: Course,
) -> None:
    """Train a network in place, in about six minutes a round on two processor cores.

    Args:
        network: changed.
        maker: gives other examples each round.
        more: examples whose meaning is learnt besides.
        batcher: makes numbers of them.
        meanings: vectors of whole texts by the published weights, which the head `meaning` is to give.
        course: how long.
    """
    torch.manual_seed(course.seed)
    network.train()
    stepper, began = _Stepper(network), time.monotonic()
    for number in range(math.ceil(course.rounds)):
        seed = course.seed * 100 + number
        batches = list(batcher.batches([*maker.examples(seed), *more], _PIECES, random.Random(seed)))
        stepper.total = stepper.total or int(len(batches) * course.rounds)
        for group in batches[: stepper.total - stepper.done]:
            losses = loss_of(network(batcher.batch(group)), batcher.targets(group), group, meanings)
            loss = stepper.step(torch.stack(losses).sum())
            if stepper.done % _TOLD_EVERY == 0:
                seconds = time.monotonic() - began
                _log.info("step %s of %s, loss %.2f, %.0f s", stepper.done, stepper.total, loss, seconds)


class _Stepper:
    """Changes the weights step by step; the rate rises at first, then falls to nothing."""

    def __init__(self, network: Network) -> None:
        encoder = [p for name, p in network.named_parameters() if name.startswith("layers") and p.requires_grad]
        heads = [p for name, p in network.named_parameters() if not name.startswith(("layers", "words", "norm"))]
        self._parameters = [*encoder, *heads]
        self._rates = (_ENCODER_RATE, _HEAD_RATE)
        self._optimiser = torch.optim.AdamW(
            [{"params": encoder, "weight_decay": 0.01}, {"params": heads, "weight_decay": 0.0}]
        )
        self.done = self.total = 0

    def step(self, loss: Tensor) -> float:
        """Make the loss a little smaller; return what it was."""
        share = min((self.done + 1) / (_WARM * self.total), (self.total - self.done) / ((1 - _WARM) * self.total))
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._parameters, _CLIP)
        self._optimiser.step()
        self.done += 1
        return float(loss.detach())


def loss_of(read: Read, targets: Targets, group: Sequence[Prepared], meanings: Mapping[str, Numbers]) -> list[Tensor]:
    """Return what is wrong, one number for findings, which finding, kinds, flags, scopes, answers and meaning."""
    entropy = functional.binary_cross_entropy_with_logits
    weights = targets.weights * (1 + (_POSITIVE - 1) * targets.findings)
    findings = entropy(read.findings, targets.findings, weight=weights, reduction="sum")
    findings = findings / max(1, int((targets.weights.sum((1, 2)) > 0).sum()))
    flags = (
        functional.binary_cross_entropy_with_logits(read.flags, targets.flags, reduction="none") * targets.flags_known
    )
    flags = (flags * (1 + (_POSITIVE - 1) * targets.flags)).sum() / targets.flags_known.sum().clamp(min=1)
    return [
        findings,
        # Which of all findings it is: for what is rare among many, far more telling than yes or no for each.
        _classes(read.findings.flatten(1), targets.single),
        0.5 * _classes(read.kinds, targets.kinds),
        flags,
        0.5 * _classes(read.scopes, targets.scopes),
        _classes(read.answers, targets.answers),
        _MEANING * _meaning(read.meaning, group, meanings),
    ]


def _classes(logits: Tensor, wanted: Tensor) -> Tensor:
    if not bool((wanted >= 0).any()):
        return logits.sum() * 0
    return functional.cross_entropy(logits, wanted, ignore_index=-1)


def _meaning(vectors: Tensor, group: Iterable[Prepared], meanings: Mapping[str, Numbers]) -> Tensor:
    places, wanted, first = [], [], 0
    for each in group:
        first += len(each.units)
        if not each.example.question and each.example.text in meanings:
            places.append(first - 1)
            wanted.append(meanings[each.example.text])
    if not places:
        return vectors.sum() * 0
    return (1 - (vectors[places] * torch.from_numpy(np.array(wanted))).sum(1)).mean()
