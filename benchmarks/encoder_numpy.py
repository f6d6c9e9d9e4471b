"""A BERT transformer in plain numpy: forward pass, mean over the pieces, length 1.

The texts of one call are laid end to end, so that each matrix of weights is read from memory once for all of them;
only attention is computed text by text.

Architecture: Devlin et al. 2019, "BERT" (https://arxiv.org/abs/1810.04805).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from bot.reading.learned.encoder_weights import Array, WeightsFile

_WORDS = "embeddings.word_embeddings.weight"
_KINDS = "embeddings.token_type_embeddings.weight"
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
_TANH_SCALE = np.float32(np.sqrt(2 / np.pi))
_CUBIC = np.float32(0.044715)


class _Dense(NamedTuple):
    """Weights of shape (outputs, inputs) and a bias of shape (outputs,)."""

    weights: Array
    bias: Array

    def __call__(self, values: Array) -> Array:
        product: Array = values @ self.weights.T
        product += self.bias
        return product


class _Norm(NamedTuple):
    """Scale and shift after each row has been brought to mean 0 and variance 1."""

    scale: Array
    shift: Array

    def __call__(self, values: Array) -> Array:
        centred = values - values.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / values.shape[1]
        centred *= self.scale / np.sqrt(variance + _EPSILON)
        shifted: Array = centred + self.shift
        return shifted


class _Layer(NamedTuple):
    query: _Dense
    key: _Dense
    value: _Dense
    attended: _Dense
    attended_norm: _Norm
    wide: _Dense
    narrow: _Dense
    norm: _Norm

    def __call__(self, values: Array, bounds: Sequence[tuple[int, int]]) -> Array:
        query, key, value = self.query(values), self.key(values), self.value(values)
        context = np.empty_like(values)
        for start, end in bounds:
            context[start:end] = _attend(query[start:end], key[start:end], value[start:end])
        values = self.attended_norm(self.attended(context) + values)
        return self.norm(self.narrow(_gelu(self.wide(values))) + values)


class Transformer:
    """The layers of one model."""

    def __init__(self, weights: WeightsFile) -> None:
        """Take the weights under the names that BERT's authors gave them."""
        self._weights = weights
        # Every text is a first sentence: its row of the two segment vectors is added to each place once and for all.
        places, kinds = weights.array("embeddings.position_embeddings.weight"), weights.array(_KINDS)
        self._places = places + kinds[0]
        self._norm = _norm(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{number}") for number in range(_LAYERS)]

    def run(self, texts: Sequence[Sequence[int]]) -> Array:
        """Return the mean vector of each text's pieces, of length 1: shape (number of texts, width).

        Args:
            texts: numbers of word pieces, with the marks of start and end; at most 512 a text, at least one.
        """
        ends = np.cumsum([len(pieces) for pieces in texts])
        bounds = list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True))
        values = self._weights.rows(_WORDS, chain.from_iterable(texts))
        values = self._norm(values + np.concatenate([self._places[: len(pieces)] for pieces in texts]))
        for layer in self._layers:
            values = layer(values, bounds)
        means = np.stack([values[start:end].mean(axis=0) for start, end in bounds])
        unit: Array = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


def _attend(query: Array, key: Array, value: Array) -> Array:
    pieces, width = query.shape
    heads = (pieces, _HEADS, width // _HEADS)
    queries = query.reshape(heads).transpose(1, 0, 2)
    scores = queries @ key.reshape(heads).transpose(1, 2, 0)
    scores /= np.float32(np.sqrt(width // _HEADS))
    scores -= scores.max(axis=2, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=2, keepdims=True)
    found: Array = (scores @ value.reshape(heads).transpose(1, 0, 2)).transpose(1, 0, 2).reshape(pieces, width)
    return found


def _gelu(values: Array) -> Array:
    # By tanh instead of the error function: vectors change by less than 0.001, and scipy stays out of the process.
    inner = values * values
    inner *= _CUBIC
    inner += 1
    inner *= values
    inner *= _TANH_SCALE
    np.tanh(inner, out=inner)
    inner += 1
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _dense(weights: WeightsFile, name: str) -> _Dense:
    return _Dense(weights.array(f"{name}.weight"), weights.array(f"{name}.bias"))


def _norm(weights: WeightsFile, name: str) -> _Norm:
    return _Norm(weights.array(f"{name}.weight"), weights.array(f"{name}.bias"))


def _layer(weights: WeightsFile, name: str) -> _Layer:
    return _Layer(
        query=_dense(weights, f"{name}.attention.self.query"),
        key=_dense(weights, f"{name}.attention.self.key"),
        value=_dense(weights, f"{name}.attention.self.value"),
        attended=_dense(weights, f"{name}.attention.output.dense"),
        attended_norm=_norm(weights, f"{name}.attention.output.LayerNorm"),
        wide=_dense(weights, f"{name}.intermediate.dense"),
        narrow=_dense(weights, f"{name}.output.dense"),
        norm=_norm(weights, f"{name}.output.LayerNorm"),
    )
