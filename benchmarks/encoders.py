"""What the sentence encoder costs, computed in three ways: `python -m benchmarks.encoders`.

Each way runs in a process of its own: plain numpy, ONNX Runtime with the weights as published, ONNX Runtime with
weights of 8 bits (what the bot uses). Prints memory added (MB), processor seconds to load, processor milliseconds a
text (median of short and long ones), and how near the vectors are to the exact ones (mean and least cosine, share of
texts with the same nearest neighbour). Texts: the examples of data/nlu.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks.nlu_examples import training_examples

WAYS = ("numpy", "onnx 32 bits", "onnx 8 bits")
SHORT, LONG = (
    "my heel hurts when I get up",
    "my heel hurts when I get up in the morning and it has done so for weeks. " * 10,
)
ROUNDS = 40
SAMPLE = 4


def resident() -> float:
    """Return the megabytes that this process holds in memory."""
    with Path("/proc/self/status").open(encoding="utf-8") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def milliseconds(encode, text: str) -> float:
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        encode(text)
        spent.append(time.process_time() - before)
    return float(np.median(spent)) * 1000


def load(way: str):
    """Return a function from a text to its vector."""
    from bot.reading.learned import encoder
    from bot.reading.learned.encoder_graph import encoder_graph

    if way == WAYS[1]:
        encoder.encoder_graph = partial(encoder_graph, eight_bits=False)
    made = encoder.SentenceEncoder(encoder.model_folder())
    if way == WAYS[0]:
        from benchmarks.encoder_numpy import Transformer

        transformer, made._session = Transformer(made._weights), None
        return lambda text: transformer.run([made._tokenizer.encode(text).ids])[0]
    return made._vector


def measure(way: str) -> dict:
    # Every way has the same modules; what it adds itself is counted below.
    for module in ("onnxruntime", "tokenizers", "bot.reading"):
        import_module(module)
    texts = [text for text, _ in training_examples()][::SAMPLE]
    before, started = resident(), time.process_time()
    encode = load(way)
    loaded = time.process_time() - started
    vectors = [encode(text).tolist() for text in texts]
    return {
        "memory": resident() - before,
        "load": loaded,
        "short": milliseconds(encode, SHORT),
        "long": milliseconds(encode, LONG),
        "vectors": vectors,
    }


def nearest(vectors: np.ndarray) -> np.ndarray:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    return likeness.argmax(axis=1)


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return
    exact = None
    for way in WAYS:
        command = [sys.executable, "-m", "benchmarks.encoders", way]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        vectors = np.array(found["vectors"])
        exact = vectors if exact is None else exact
        cosines = (vectors * exact).sum(axis=1)
        same = (nearest(vectors) == nearest(exact)).mean()
        print(
            f"{way:<13} +{found['memory']:.0f} MB, load {found['load']:.2f} s, short {found['short']:.1f} ms, "
            f"long {found['long']:.1f} ms, cosine {cosines.mean():.4f} (least {cosines.min():.4f}), "
            f"same neighbour {same:.1%}"
        )


if __name__ == "__main__":
    main()
