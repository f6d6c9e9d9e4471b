"""The weights of the sentence encoder, read from their file as they are asked for.

Most of the file is the table of 30,522 word pieces (47 MB), of which a message needs a few rows: they are read each
time, from the system's file cache, and the table never comes into the process.

Format: https://huggingface.co/docs/safetensors/index#format
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


class Weights(Protocol):
    """Arrays by name."""

    def array(self, name: str) -> Array:
        """Return an array. Raises KeyError."""

    def rows(self, name: str, numbers: Iterable[int]) -> Array:
        """Return rows of an array of two dimensions. Raises KeyError."""


_KIND = np.dtype("<f4")


class WeightsFile:
    """A safetensors file of float32 arrays, open as long as the object lives."""

    def __init__(self, path: Path) -> None:
        """Read the names of the arrays."""
        self._file = path.open("rb")
        length = int.from_bytes(self._file.read(8), "little")
        self._header = json.loads(self._file.read(length))
        self._start = 8 + length

    def array(self, name: str) -> Array:
        """Return an array, read-only. Raises KeyError."""
        entry = self._header[name]
        first, end = entry["data_offsets"]
        return np.frombuffer(self._read(first, end - first), _KIND).reshape(entry["shape"])

    def rows(self, name: str, numbers: Iterable[int]) -> Array:
        """Return rows of an array of two dimensions: shape (count of numbers, width). Raises KeyError."""
        entry = self._header[name]
        first, columns = entry["data_offsets"][0], entry["shape"][1]
        width = columns * _KIND.itemsize
        read = b"".join(self._read(first + number * width, width) for number in numbers)
        return np.frombuffer(read, _KIND).reshape(-1, columns)

    def _read(self, first: int, length: int) -> bytes:
        return os.pread(self._file.fileno(), length, self._start + first)
