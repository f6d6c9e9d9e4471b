"""What reading has learnt to read: each unit of a text, in one pass of the tuned encoder.

The twin of `bot/reading/learning/network.py`, computed with ONNX Runtime and arrays.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from bot.errors import EncoderError
from bot.reading.learned.added_heads import AddedHeads
from bot.reading.learned.encoder import (
    MOST_PIECES,
    PIECES_FILE,
    SHA256,
    model_folder,
    open_session,
    piece_places,
    published_weights,
)
from bot.reading.learned.encoder_graph import reader_graph
from bot.reading.learned.tuned_weights import TunedWeights
from bot.reading.words.units import Unit, units_of

STRETCH = np.float32(8.0)
SAID = 3
THERE, DENIED, NAMED = range(SAID)
"""Ways in which a unit speaks of a finding: it is there, it is not, it is named without being reported."""
SCOPES = ("ours", "knee_hip", "other", "none")
# Several parts of the bot read the same text of one message.
_KEPT = 64
_WORDS = "embeddings.word_embeddings.weight"

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LearnedText:
    """What was made of a text.

    Attributes:
        units: its units, the whole at the end.
        findings: probability of each (unit, finding, way of saying).
        kinds: for each unit the shares of reporting, doubting, remembering, speaking of others, and fearing or asking.
        flags: probability that a nurse would raise each red flag.
        scopes: shares of `SCOPES`.
        answers: shares of yes, no, not sure and no answer, to the question given.
        vector: of the whole, length 1, before any head: shape (384,).
        meaning: vectors of length 1 that point alike where units mean much the same: shape (units, 384).
        words: number of words of the text.
    """

    units: tuple[Unit, ...]
    findings: Numbers
    kinds: Numbers
    flags: Numbers
    scopes: Numbers
    answers: Numbers
    vector: Numbers
    meaning: Numbers
    words: int

    @property
    def statements(self) -> list[int]:
        """Numbers of the units that findings are read in."""
        return [number for number, unit in enumerate(self.units) if unit.is_statement] or [len(self.units) - 1]


class LearnedReader:
    """Reads with the weights of a folder. One is enough for a process and for its threads."""

    def __init__(self, folder: Path, heads: Path | None = None) -> None:
        """Load the weights.

        Args:
            folder: `data/reading`.
            heads: file with the heads of findings that were added since; may be missing.

        Raises:
            EncoderError: a file is missing or altered.
        """
        self._weights = weights = TunedWeights(folder, published_weights(), SHA256)
        self._added = AddedHeads.load(heads)
        self.tuned, self.flags = weights.findings, weights.flags
        self.findings = (*weights.findings, *self._added.findings)
        array = weights.array
        spikes = np.concatenate([array("spikes"), array("flag_spikes")])
        self._session = open_session(reader_graph(weights, spikes * STRETCH))
        self._prototypes = array("prototypes")
        self._prototypes /= np.linalg.norm(self._prototypes, axis=1, keepdims=True)
        self._sharpness, self._biases = float(array("sharpness")[0]), array("biases")
        names = ("status", "kinds", "flags", "scopes", "answers", "meaning")
        self._heads = {name: (array(f"{name}.weight").T, array(f"{name}.bias")) for name in names}
        self._places = piece_places(weights)
        self._tokenizer = Tokenizer.from_file(str(model_folder() / PIECES_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_PIECES)
        self._kept: OrderedDict[bytes, LearnedText] = OrderedDict()
        self._lock = Lock()

    def check(self, findings: Container[str], flags: Container[str]) -> None:
        """Check that everything learnt is in the knowledge. Raises EncoderError."""
        unknown = [name for name in self.findings if name not in findings]
        unknown += [name for name in self.flags if name not in flags]
        if unknown:
            raise EncoderError(
                f"The encoder was tuned for what data/knowledge no longer has ({unknown[0]}, ...): run `make encoder`."
            )

    def read(self, text: str, question: str = "") -> LearnedText:
        """Return what a text says, as an answer to a question where one is given. Any text is allowed."""
        key = hashlib.blake2b(f"{question}\0{text}".encode(errors="replace"), digest_size=16).digest()
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        learned = self._compute(text, question)
        with self._lock:
            self._kept[key] = learned
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return learned

    def meanings(self, texts: Sequence[str]) -> Numbers:
        """Return one vector of length 1 for each text: shape (number of texts, 384); see `LearnedText.meaning`."""
        return np.array([self.read(text).meaning[-1] for text in texts], np.float32).reshape(len(texts), -1)

    def vectors(self, texts: Sequence[str]) -> Numbers:
        """Return the unit vector of each whole text before any head: shape (number of texts, 384)."""
        return np.array([self.read(text).vector for text in texts], np.float32).reshape(len(texts), -1)

    def _compute(self, text: str, question: str) -> LearnedText:
        text = text.encode(errors="replace").decode()
        units = units_of(text)
        encoded = self._tokenizer.encode(question, text) if question else self._tokenizer.encode(text)
        tokens, clause_of, clauses = place_tokens(encoded, units, 1 if question else 0)
        rows = self._weights.rows(_WORDS, encoded.ids) + self._places[: len(encoded.ids)]
        states, spikes = self._session.run(None, {"pieces": rows})
        return self._read(units, states[tokens], spikes[tokens], clause_of, clauses, len(text.split()))

    def _read(
        self, units: list[Unit], states: Numbers, spikes: Numbers, clause_of: list[int], clauses: int, words: int
    ) -> LearnedText:
        member = np.zeros((clauses, len(states)), np.float32)
        member[clause_of, range(len(states))] = 1
        inside = np.zeros((len(units), clauses), np.float32)
        for number, unit in enumerate(units):
            inside[number, unit.clauses[0] : unit.clauses[1]] = 1
        member = inside @ member
        vectors = member @ states
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        peak = spikes.max(axis=0)
        single = np.log((member @ np.exp(spikes - peak)) / member.sum(axis=1, keepdims=True) + 1e-30) + peak
        outputs = len(self._prototypes)
        logits = self._sharpness * (vectors @ self._prototypes.T) + self._biases + single[:, :outputs]
        logits += np.tile(self._head("status", vectors), outputs // SAID)
        added = vectors @ self._added.weights.T + self._added.biases
        whole = vectors[-1:]
        meaning = self._head("meaning", vectors / STRETCH)
        return LearnedText(
            tuple(units),
            _logistic(np.concatenate([logits, added], axis=1)).reshape(len(units), -1, SAID),
            _shares(self._head("kinds", vectors)),
            _logistic(self._head("flags", whole)[0] + single[-1, outputs:]),
            _shares(self._head("scopes", whole))[0],
            _shares(self._head("answers", whole))[0],
            vectors[-1],
            meaning / np.linalg.norm(meaning, axis=1, keepdims=True),
            words,
        )

    def _head(self, name: str, vectors: Numbers) -> Numbers:
        weight, bias = self._heads[name]
        value: Numbers = (vectors * STRETCH) @ weight + bias
        return value


@cache
def learned_reader(folder: Path, heads: Path | None = None) -> LearnedReader:
    """Return the reader of this process for a folder, loaded at the first call. Raises EncoderError."""
    return LearnedReader(folder, heads)


def place_tokens(encoded: Encoding, units: list[Unit], own: int) -> tuple[list[int], list[int], int]:
    """Return the places of the pieces that belong to a clause, the number of the clause of each, and their count.

    A clause behind the last piece that is read, or without a piece, holds the first piece of all.

    Args:
        encoded: the pieces.
        units: of the text.
        own: number of the text among the encoded ones.
    """
    count = max(unit.clauses[1] for unit in units)
    tokens, clause_of, number = list[int](), list[int](), 0
    for place, (sequence, (start, end)) in enumerate(zip(encoded.sequence_ids, encoded.offsets, strict=True)):
        if sequence != own or end <= start:
            continue
        while number < count and units[number].end <= start:
            number += 1
        if number < count and units[number].start < end:
            tokens.append(place)
            clause_of.append(number)
    missing = sorted(set(range(count)) - set(clause_of))
    return tokens + [0] * len(missing), clause_of + missing, count


def _logistic(values: Numbers) -> Numbers:
    result: Numbers = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return result


def _shares(values: Numbers) -> Numbers:
    likelihoods = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Numbers = likelihoods / likelihoods.sum(axis=1, keepdims=True)
    return shares
