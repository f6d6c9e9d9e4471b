"""The weights of the sentence encoder, as they lie in the file.

The file is mapped, not read, so that all processes of a machine share one copy. The table of 30,522 word pieces
(47 MB) is not even mapped: its rows are read where they are asked for.

Format: https://huggingface.co/docs/safetensors/index#format
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
_KIND = np.dtype("<f4")


class WeightsFile:
    """A safetensors file of float32 arrays."""

    def __init__(self, path: Path) -> None:
        """Read the names; no array comes into memory."""
        self._file = path.open("rb")
        self._mapped = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        self._start = 8 + int.from_bytes(self._mapped[:8], "little")
        self._header = json.loads(self._mapped[8 : self._start])

    def array(self, name: str) -> Array:
        """Return an array, read-only. Raises KeyError."""
        entry = self._header[name]
        first, end = entry["data_offsets"]
        return np.frombuffer(self._mapped, _KIND, (end - first) // _KIND.itemsize, self._start + first).reshape(
            entry["shape"]
        )

    def rows(self, name: str, numbers: Iterable[int]) -> Array:
        """Return rows of an array of two dimensions: shape (count of numbers, width). Raises KeyError."""
        entry = self._header[name]
        width = entry["shape"][1] * _KIND.itemsize
        first = self._start + entry["data_offsets"][0]
        handle = self._file.fileno()
        read = b"".join(os.pread(handle, width, first + number * width) for number in numbers)
        return np.frombuffer(read, _KIND).reshape(-1, entry["shape"][1])
