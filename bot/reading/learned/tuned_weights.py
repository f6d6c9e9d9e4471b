"""The weights that reading learnt: the tuned layers of the sentence encoder and the heads that read its states.

They lie in `data/reading/encoder.npz`, made by `make encoder`; `encoder.json` beside it says from what. Whatever was
not tuned comes from the published weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.errors import EncoderError
from bot.reading.learned.encoder_weights import Array, WeightsFile

FILE, RECORD = "encoder.npz", "encoder.json"
LARGEST = np.float32(63)
"""Whole numbers of 7 bits and a sign; `encoder_graph.py` says why."""


class TunedWeights:
    """Arrays by their published names, tuned ones first, and the arrays of the heads."""

    def __init__(self, folder: Path, published: WeightsFile, published_sha256: str) -> None:
        """Read the file of a folder.

        Raises:
            EncoderError: a file is missing or altered, or was tuned from other published weights.
        """
        record = _record(folder)
        path = folder / FILE
        if not path.is_file() or _sha256(path) != record["sha256"]:
            raise EncoderError(
                f"{path} is missing or altered: take it from the repository again, or run `make encoder`."
            )
        if record["published"] != published_sha256:
            raise EncoderError(f"{path} was tuned from other published weights: run `make encoder`.")
        self._published = published
        with np.load(path) as arrays:
            self._arrays = {name: arrays[name] for name in arrays.files}
        self.findings: tuple[str, ...] = tuple(record["findings"])
        self.flags: tuple[str, ...] = tuple(record["flags"])
        self.sha256: str = record["sha256"]

    def array(self, name: str) -> Array:
        """Return an array, tuned or as published. Raises KeyError."""
        if name not in self._arrays:
            return self._published.array(name)
        value = self._arrays[name]
        if value.dtype == np.int8:
            scaled: Array = value.astype(np.float32) * self._arrays[f"{name}:scale"].astype(np.float32)[:, None]
            return scaled
        plain: Array = value.astype(np.float32)
        return plain

    def rows(self, name: str, numbers: Iterable[int]) -> Array:
        """Return rows of a published array of two dimensions."""
        return self._published.rows(name, numbers)


def tuned_findings(folder: Path) -> tuple[str, ...]:
    """Return the ids of the findings that the encoder of a folder was tuned for. Raises EncoderError."""
    return tuple(_record(folder)["findings"])


def write_tuned(
    folder: Path,
    arrays: dict[str, npt.NDArray[np.float32]],
    record: dict[str, str | Sequence[str]],
) -> None:
    """Write arrays (matrices as whole numbers with a scale for each row) and the record of what they come from."""
    packed: dict[str, npt.NDArray[np.generic]] = {}
    for name, value in arrays.items():
        if value.ndim == 2:
            scales = np.maximum(np.abs(value).max(axis=1), 1e-12).astype(np.float32) / LARGEST
            packed[name] = np.round(value / scales[:, None]).astype(np.int8)
            packed[f"{name}:scale"] = scales
        else:
            packed[name] = value.astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / FILE, **packed)
    whole = {**record, "sha256": _sha256(folder / FILE), "bytes": (folder / FILE).stat().st_size}
    (folder / RECORD).write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def _record(folder: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise EncoderError(
            f"{folder / RECORD} is missing or no JSON: take it from the repository again, or run `make encoder`."
        ) from None
    return record


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
