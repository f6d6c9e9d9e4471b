"""Train the encoder: `python -m bot.reading.learning.train`."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from bot.reading.learned import Numbers
from bot.reading.learning.batches import Batcher, Prepared, Targets
from bot.reading.learning.examples import Example, ExampleMaker
from bot.reading.learning.network import Network, Read

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
    keep: Callable[[int], None] | None = None,
) -> None:
    """Train a network in place, on two processor cores in about a quarter of an hour.

    Args:
        network: changed.
        maker: gives other examples each round.
        more: examples whose meaning is learnt besides.
        batcher: makes numbers of them.
        meanings: vectors of whole texts by the published weights, which the head `meaning` is to give.
        course: how long.
        keep: called after each round, with its number.
    """
    torch.manual_seed(course.seed)
    encoder = [p for n, p in network.named_parameters() if n.startswith("layers") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith(("layers", "words", "norm"))]
    groups = [
        {"params": encoder, "lr": _ENCODER_RATE, "weight_decay": 0.01},
        {"params": heads, "lr": _HEAD_RATE, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    rates = [group["lr"] for group in optimiser.param_groups]
    parameters = [*encoder, *heads]
    total, step, began = 0, 0, time.monotonic()
    for number in range(int(np.ceil(course.rounds))):
        if number and keep:
            keep(number)
        chance = random.Random(course.seed * 100 + number)
        batches = list(batcher.batches([*maker.examples(course.seed * 100 + number), *more], _PIECES, chance))
        total = total or int(len(batches) * course.rounds)
        network.train()
        for group in batches:
            if step >= total:
                return
            share = min((step + 1) / (_WARM * total), (total - step) / ((1 - _WARM) * total))
            for each, rate in zip(optimiser.param_groups, rates, strict=True):
                each["lr"] = rate * share
            loss = torch.stack(loss_of(network(batcher.batch(group)), batcher.targets(group), group, meanings)).sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, _CLIP)
            optimiser.step()
            step += 1
            if step % _TOLD_EVERY == 0:
                _log.info(
                    "step %s of %s, loss %.2f, %.0f s", step, total, float(loss.detach()), time.monotonic() - began
                )


def loss_of(read: Read, targets: Targets, group: Sequence[Prepared], meanings: Mapping[str, Numbers]) -> list[Tensor]:
    """Return what is wrong, one number for findings, which finding, kinds, flags, scopes, answers and meaning."""
    weights = targets.weights * (1 + (_POSITIVE - 1) * targets.findings)
    findings = F.binary_cross_entropy_with_logits(read.findings, targets.findings, weight=weights, reduction="sum")
    findings = findings / max(1, int((targets.weights.sum((1, 2)) > 0).sum()))
    flags = F.binary_cross_entropy_with_logits(read.flags, targets.flags, reduction="none") * targets.flags_known
    flags = (flags * (1 + (_POSITIVE - 1) * targets.flags)).sum() / targets.flags_known.sum().clamp(min=1)
    return [
        findings,
        # Which of all findings it is: for what is rare among many, far more telling than yes or no for each.
        _classes(read.findings.flatten(1), targets.single),
        0.5 * _classes(read.kinds, targets.kinds),
        flags,
        0.5 * _classes(read.scopes, targets.scopes),
        _classes(read.answers, targets.answers),
        2.0 * _meaning(read.meaning, group, meanings),
    ]


def _classes(logits: Tensor, wanted: Tensor) -> Tensor:
    if not bool((wanted >= 0).any()):
        return logits.sum() * 0
    return F.cross_entropy(logits, wanted, ignore_index=-1)


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
