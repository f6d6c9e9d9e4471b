"""The layers of the sentence encoder as an ONNX model, made from the published weights.

Architecture: BERT (Devlin et al. 2019, https://arxiv.org/abs/1810.04805), six layers of width 384 with twelve heads.
The few parts of the ONNX format that are needed are written here byte by byte
(https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): the package `onnx` wants a newer protobuf than Rasa allows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.reading.learned.encoder_weights import Array, Weights

WIDTH = 384
_LAYERS, _HEADS = 6, 12
_ONNX_VERSION, _OPERATORS = 8, 17
_FLOAT = 1
_KINDS = {np.dtype("float32"): _FLOAT, np.dtype("int8"): 3, np.dtype("int64"): 7}
# Whole numbers of 7 bits and a sign: the sum of two products with 8 bits fits into 16, so that every processor
# computes the same, with the instructions for this (VNNI) and without.
_LARGEST = np.float32(63)


def encoder_graph(weights: Weights, *, eight_bits: bool = True) -> bytes:
    """Return an ONNX model from the vectors of a text's pieces to the vector of the text.

    Input `pieces`: shape (number of pieces, 384), each the sum of a word piece's and its place's vector. Output
    `vector`: shape (384,), their mean after the last layer.

    Args:
        weights: the published ones.
        eight_bits: matrices as whole numbers with a scale for each output; False: as they are.
    """
    graph = _Graph(weights, eight_bits=eight_bits)
    mean = graph.add("ReduceMean", graph.states(), axes=[0], keepdims=0)
    graph.nodes.append(_field(1, mean) + _field(2, "vector") + _field(4, "Identity"))
    return graph.model(_declared("vector", WIDTH))


def reader_graph(weights: Weights, spikes: Array, *, eight_bits: bool = True) -> bytes:
    """Return an ONNX model from the vectors of a text's pieces to their states and spikes.

    Input `pieces` as in `encoder_graph`. Outputs `states`: shape (number of pieces, 384), after the last layer;
    `spikes`: shape (number of pieces, outputs), what each piece by itself says for each output of the heads.

    Args:
        weights: the tuned ones.
        spikes: shape (outputs, 384), multiplied with the states' directions.
        eight_bits: as in `encoder_graph`.
    """
    graph = _Graph(weights, eight_bits=eight_bits)
    states = graph.states()
    single = graph.product(graph.add("LpNormalization", states, axis=-1, p=2), spikes.T)
    for value, name in ((states, "states"), (single, "spikes")):
        graph.nodes.append(_field(1, value) + _field(2, name) + _field(4, "Identity"))
    return graph.model(_declared("states", "count", WIDTH), _declared("spikes", "count", len(spikes)))


class _Graph:
    """Nodes and constants, written one after the other."""

    def __init__(self, weights: Weights, *, eight_bits: bool) -> None:
        self.weights, self.eight_bits = weights, eight_bits
        self.nodes: list[bytes] = []
        self.constants: list[bytes] = []

    def states(self) -> str:
        """Add the whole encoder and return the name of the states after its last layer."""
        value = self.norm("pieces", "embeddings.LayerNorm")
        for number in range(_LAYERS):
            value = self.layer(value, f"encoder.layer.{number}")
        return value

    def model(self, *outputs: bytes) -> bytes:
        """Return the model of all nodes, with the input `pieces` and these outputs."""
        built = b"".join(_field(1, node) for node in self.nodes) + _field(2, "encoder")
        built += b"".join(_field(5, constant) for constant in self.constants)
        built += _field(11, _declared("pieces", "count", WIDTH)) + b"".join(_field(12, each) for each in outputs)
        return _field(1, _ONNX_VERSION) + _field(7, built) + _field(8, _field(2, _OPERATORS))

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes: int | float | list[int]) -> str:
        """Add a node and return the name of its first output; further outputs are called `name_1`, `name_2`."""
        name = f"v{len(self.nodes)}"
        names = [name, *(f"{name}_{number}" for number in range(1, outputs))]
        node = b"".join(_field(1, each) for each in inputs) + b"".join(_field(2, each) for each in names)
        node += _field(4, kind) + b"".join(_field(5, _attribute(*pair)) for pair in attributes.items())
        self.nodes.append(node)
        return name

    def constant(self, value: npt.NDArray[np.generic] | np.generic) -> str:
        """Add a constant and return its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(_tensor(np.asarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Add an array of the weights as it is."""
        return self.constant(self.weights.array(name))

    def product(self, value: str, matrix: Array) -> str:
        """Multiply by a matrix of shape (inputs, outputs)."""
        if not self.eight_bits:
            return self.add("MatMul", value, self.constant(matrix))
        # A column of zeros, as a head has that has learnt nothing yet, keeps a scale.
        scales = np.maximum(np.abs(matrix).max(axis=0), np.float32(1e-12)) / _LARGEST
        reduced = self.constant(np.round(matrix / scales).astype(np.int8))
        quantized = self.add("DynamicQuantizeLinear", value, outputs=3)
        whole = self.add("MatMulInteger", quantized, reduced, f"{quantized}_2")
        scale = self.add("Mul", f"{quantized}_1", self.constant(scales))
        return self.add("Mul", self.add("Cast", whole, to=_FLOAT), scale)

    def dense(self, value: str, name: str) -> str:
        """Multiply by a matrix of the weights and add its bias."""
        product = self.product(value, self.weights.array(f"{name}.weight").T)
        return self.add("Add", product, self.weight(f"{name}.bias"))

    def norm(self, value: str, name: str) -> str:
        """Bring each row to mean 0 and variance 1, then scale and shift it."""
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", value, scale, shift, axis=-1, epsilon=1e-12)

    def heads(self, value: str, order: list[int]) -> str:
        """Part the columns into heads and put (row, head, column) into another order."""
        shape = self.constant(np.array([-1, _HEADS, WIDTH // _HEADS], np.int64))
        return self.add("Transpose", self.add("Reshape", value, shape), perm=order)

    def gelu(self, value: str) -> str:
        """Apply x / 2 * (1 + erf(x / sqrt 2))."""
        inner = self.add("Erf", self.add("Div", value, self.constant(np.float32(np.sqrt(2)))))
        onward = self.add("Mul", value, self.add("Add", inner, self.constant(np.float32(1))))
        return self.add("Mul", onward, self.constant(np.float32(0.5)))

    def layer(self, value: str, name: str) -> str:
        """Add one layer: attention, then two dense steps, each followed by the sum with its input and a norm."""
        query, key, values = (self.dense(value, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        scores = self.add("MatMul", self.heads(query, [1, 0, 2]), self.heads(key, [1, 2, 0]))
        scaled = self.add("Div", scores, self.constant(np.float32(np.sqrt(WIDTH // _HEADS))))
        context = self.add("MatMul", self.add("Softmax", scaled, axis=-1), self.heads(values, [1, 0, 2]))
        flat = self.constant(np.array([-1, WIDTH], np.int64))
        joined = self.add("Reshape", self.add("Transpose", context, perm=[1, 0, 2]), flat)
        attended = self.add("Add", self.dense(joined, f"{name}.attention.output.dense"), value)
        value = self.norm(attended, f"{name}.attention.output.LayerNorm")
        narrow = self.dense(self.gelu(self.dense(value, f"{name}.intermediate.dense")), f"{name}.output.dense")
        return self.norm(self.add("Add", narrow, value), f"{name}.output.LayerNorm")


def _varint(number: int) -> bytes:
    rest, parts = number & (1 << 64) - 1, bytearray()
    while rest > 0x7F:
        parts.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([*parts, rest])


def _field(number: int, value: int | str | bytes) -> bytes:
    """Return one field of a protobuf message: a whole number, or text, or a message in it."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _tensor(array: npt.NDArray[np.generic], name: str) -> bytes:
    sizes = b"".join(_field(1, size) for size in array.shape)
    return sizes + _field(2, _KINDS[array.dtype]) + _field(8, name) + _field(9, np.ascontiguousarray(array).tobytes())


def _attribute(name: str, value: int | float | list[int]) -> bytes:
    if isinstance(value, list):
        return _field(1, name) + b"".join(_field(8, number) for number in value) + _field(20, 7)
    if isinstance(value, float):
        return _field(1, name) + _varint(2 << 3 | 5) + np.float32(value).tobytes() + _field(20, 1)
    return _field(1, name) + _field(3, value) + _field(20, 2)


def _declared(name: str, *sizes: int | str) -> bytes:
    """Declare an input or output; a size that is a word may vary."""
    parts = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _field(1, _FLOAT) + _field(2, parts)))
