"""From which probability on counts what was learnt: `data/reading/thresholds.json`, calibrated with the encoder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import EncoderError
from bot.reading.learned.reader import Numbers

THRESHOLDS = "thresholds.json"
_ADDED = 0.5
"""Threshold of a finding that was added since thresholds were calibrated."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Probabilities from which a finding that belongs to a red flag counts, 0 to 1.

    An alarm has two witnesses: what was said of the finding in its own words (`own`), and how likely the whole message
    makes a nurse think of a red flag that the finding belongs to (`whole`).

    Attributes:
        raise_own: with `raise_whole`, to report the finding.
        raise_whole: see there.
        alone: of its own words, to report it whatever the message is about.
        ask_own: with `ask_whole`, to ask for it.
        ask_whole: see there.
        believe_own: of its own words, to believe a rule that reports it; else it is asked for.
        believe_whole: of the message, likewise.
    """

    raise_own: float
    raise_whole: float
    alone: float
    ask_own: float
    ask_whole: float
    believe_own: float
    believe_whole: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which what was learnt counts, 0 to 1.

    Attributes:
        there: by finding, to report it.
        denied: by finding, to deny it.
        named: by finding, to take it for named without being reported.
        contradict: of denied or named, to disbelieve a rule that reports a finding; and twice what is there.
        believe: to believe a rule that reports a finding that is neither an alarm nor a place.
        alarm: see `Alarm`.
        flags: by red flag: to ask its closed question because of the whole message.
        scope: to be sure of what a message is about.
        answer: to be sure of an answer to a closed question.
    """

    there: Mapping[str, float]
    denied: Mapping[str, float]
    named: Mapping[str, float]
    contradict: float
    believe: float
    alarm: Alarm
    flags: Mapping[str, float]
    scope: float
    answer: float

    @classmethod
    def read(cls, folder: Path) -> Thresholds:
        """Return the thresholds that were calibrated with the encoder. Raises EncoderError."""
        try:
            fields = json.loads((folder / THRESHOLDS).read_text(encoding="utf-8"))
            return cls(**{**fields, "alarm": Alarm(**fields["alarm"])})
        except (OSError, ValueError, TypeError, KeyError):
            raise EncoderError(
                f"{folder / THRESHOLDS} is missing or not as it has to be: take it from the repository again, or run "
                "`make encoder`."
            ) from None

    def of(self, findings: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
        """Return the thresholds of being there, denied and named, each in the order of the findings."""
        there, denied, named = (
            np.array([values.get(name, _ADDED) for name in findings], np.float32)
            for values in (self.there, self.denied, self.named)
        )
        return there, denied, named
