"""The network that learns: the sentence encoder with heads for findings, warning signs, scope and meaning.

Serving computes the same with ONNX Runtime (`bot/reading/learned/encoder_graph.py`): every step has its twin there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.reading.learned.encoder_weights import WeightsFile
from bot.reading.learned.reader import SAID

WIDTH, HEADS, LAYERS = 384, 12, 6
KINDS = 5
"""Ways in which a unit speaks: it reports, doubts, remembers, speaks of somebody else, or fears and asks."""
SCOPES = 4
ANSWERS = 4
"""What an answer to a closed question comes to: yes, no, not sure, or no answer."""
STRETCH = 8.0
"""Length that unit vectors are given before a linear head, so that its weights stay small."""


@dataclass(frozen=True)
class Batch:
    """Texts padded to one length, and their units.

    Attributes:
        pieces: word piece ids (texts, longest).
        mask: 1 where there is a piece, like `pieces`.
        tokens: places of the clauses' pieces in the flattened texts, and `clause_of` the number of the clause of each.
        clauses: number of clauses.
        edges: pairs (unit, clause): the clauses of every unit, as two rows.
        units: number of units; `whole` the number of the unit of each whole text.
    """

    pieces: Tensor
    mask: Tensor
    tokens: Tensor
    clause_of: Tensor
    clauses: int
    edges: Tensor
    units: int
    whole: Tensor


@dataclass(frozen=True)
class Read:
    """What the network makes of the units of a batch, as logits but for `meaning`."""

    findings: Tensor
    kinds: Tensor
    flags: Tensor
    scopes: Tensor
    answers: Tensor
    meaning: Tensor


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): attention, then two dense steps, each with a sum and a norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, value: Tensor, mask: Tensor) -> Tensor:
        """Return the next states (texts, pieces, width)."""
        count, length, _ = value.shape
        parts = [
            each(value).view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for each in (self.query, self.key, self.value)
        ]
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(count, length, WIDTH)
        value = self.first(value + self.drop(self.out(seen)))
        return self.second(value + self.drop(self.narrow(functional.gelu(self.wide(value)))))


LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "second": "output.LayerNorm",
}
"""Names of a layer's parts in the published weights."""


class Network(nn.Module):
    """The encoder, its last `tuned` layers free to change, and the heads."""

    def __init__(self, weights: WeightsFile, findings: int, flags: int, *, tuned: int) -> None:
        super().__init__()
        self.tuned = tuned
        table = _tensor(weights, "embeddings.word_embeddings.weight")
        self.words = nn.Embedding.from_pretrained(table, freeze=True)
        places = _tensor(weights, "embeddings.position_embeddings.weight")[:256]
        self.register_buffer("places", places + _tensor(weights, "embeddings.token_type_embeddings.weight")[0])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self._load(weights)
        outputs = findings * SAID
        self.prototypes = nn.Parameter(torch.randn(outputs, WIDTH) * 0.05)
        self.biases = nn.Parameter(torch.tensor([-10.0, -12.0, -12.0]).repeat(findings))
        self.sharpness = nn.Parameter(torch.tensor(18.0))
        self.status = nn.Linear(WIDTH, SAID)
        self.spikes = nn.Parameter(torch.zeros(outputs, WIDTH))
        self.kinds = nn.Linear(WIDTH, KINDS)
        self.flags = nn.Linear(WIDTH, flags)
        self.flag_spikes = nn.Parameter(torch.zeros(flags, WIDTH))
        self.scopes = nn.Linear(WIDTH, SCOPES)
        self.answers = nn.Linear(WIDTH, ANSWERS)
        self.meaning = nn.Linear(WIDTH, WIDTH)
        with torch.no_grad():
            self.meaning.weight.copy_(torch.eye(WIDTH))
            self.meaning.bias.zero_()
            self.flags.bias.fill_(-4.0)
            nn.init.zeros_(self.status.weight)
        self.drop = nn.Dropout(0.1)

    def _load(self, weights: WeightsFile) -> None:
        with torch.no_grad():
            for name, module in (("embeddings.LayerNorm", self.norm), *self._parts()):
                module.weight.copy_(_tensor(weights, f"{name}.weight"))
                module.bias.copy_(_tensor(weights, f"{name}.bias"))
        frozen = [self.norm, *self.layers[: LAYERS - self.tuned]]
        for module in frozen:
            for parameter in module.parameters():
                parameter.requires_grad_(False)

    def _parts(self) -> list[tuple[str, nn.Module]]:
        return [
            (f"encoder.layer.{number}.{name}", getattr(layer, part))
            for number, layer in enumerate(self.layers)
            for part, name in LAYER_NAMES.items()
        ]

    def states(self, batch: Batch) -> Tensor:
        """Return the states of the pieces after the last layer (texts, longest, width)."""
        length = batch.pieces.shape[1]
        value = self.norm(self.words(batch.pieces) + self.places[:length])
        mask = torch.where(batch.mask[:, None, None, :] > 0, 0.0, -1e4).to(value.dtype)
        for number, layer in enumerate(self.layers):
            if number < LAYERS - self.tuned:
                with torch.no_grad():
                    value = layer(value, mask)
            else:
                value = layer(value, mask)
        return value

    def forward(self, batch: Batch) -> Read:
        """Read the units of a batch."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.states(batch)
        states = states.float().reshape(-1, WIDTH)[batch.tokens]
        ones = torch.ones(len(states), 1)
        sums = torch.zeros(batch.clauses, WIDTH).index_add(0, batch.clause_of, states)
        counts = torch.zeros(batch.clauses, 1).index_add(0, batch.clause_of, ones)
        unit, clause = batch.edges
        unit_sums = torch.zeros(batch.units, WIDTH).index_add(0, unit, sums[clause])
        unit_counts = torch.zeros(batch.units, 1).index_add(0, unit, counts[clause])
        vectors = functional.normalize(unit_sums / unit_counts, dim=1)
        tokens = functional.normalize(states, dim=1) * STRETCH
        log_counts = torch.log(unit_counts)
        dropped = self.drop(vectors)
        spikes = _log_sum(_log_sum(tokens @ self.spikes.t(), batch.clause_of, batch.clauses)[clause], unit, batch.units)
        findings = self.sharpness * (dropped @ functional.normalize(self.prototypes, dim=1).t()) + self.biases
        findings = (
            findings + self.status(vectors * STRETCH).repeat(1, self.biases.shape[0] // SAID) + spikes - log_counts
        )
        flag_spikes = _log_sum(
            _log_sum(tokens @ self.flag_spikes.t(), batch.clause_of, batch.clauses)[clause], unit, batch.units
        )
        flags = self.flags(dropped * STRETCH) + flag_spikes - log_counts
        return Read(
            findings.view(batch.units, -1, SAID),
            self.kinds(dropped * STRETCH),
            flags[batch.whole],
            self.scopes(dropped[batch.whole] * STRETCH),
            self.answers(dropped[batch.whole] * STRETCH),
            functional.normalize(self.meaning(vectors), dim=1),
        )


def _log_sum(values: Tensor, groups: Tensor, count: int) -> Tensor:
    """Return the logarithm of the sum of exponentials of each group's rows."""
    index = groups[:, None].expand_as(values)
    peaks = torch.full((count, values.shape[1]), -math.inf).scatter_reduce(0, index, values.detach(), "amax")
    sums = torch.zeros(count, values.shape[1]).index_add(0, groups, torch.exp(values - peaks[groups]))
    return torch.log(sums) + peaks


def _tensor(weights: WeightsFile, name: str) -> Tensor:
    return torch.from_numpy(np.array(weights.array(name)))
