"""Learn reading anew: `make encoder`.

First a network learns without some writers, on whose rows the thresholds are calibrated; then one learns from all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path

from bot.knowledge import load_knowledge
from bot.reading.learned.corpus import read_corpus
from bot.reading.learned.encoder import SHA256
from bot.reading.learned.reader import LearnedReader
from bot.reading.learned.thresholds import THRESHOLDS
from bot.reading.learned.tuned_weights import write_tuned
from bot.reading.learning.calibration import calibrate
from bot.reading.learning.export import arrays_of
from bot.reading.learning.lesson import Lesson
from bot.reading.learning.network import Network
from bot.reading.learning.train import Course
from bot.settings import settings

CALIBRATING = "w02,w13,m06,t02"
"""Writers that the first network does not learn from."""


def main() -> None:
    """Learn, calibrate and write `encoder.npz`, `encoder.json` and `thresholds.json`."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    data = settings().data
    folder = data / "reading"
    lesson = Lesson.prepare(load_knowledge(data / "knowledge"), read_corpus(folder), data / "nlu")
    writers = frozenset(options.left_out.split(","))
    if not options.keep_thresholds:
        first = lesson.without(writers).teach(Course(options.rounds))
        trial = Path(options.trial)
        _write(trial, first, lesson, folder)
        thresholds = calibrate(LearnedReader(trial), lesson, writers)
        (folder / THRESHOLDS).write_text(json.dumps(asdict(thresholds), indent=1) + "\n", encoding="utf-8")
    _write(folder, lesson.teach(Course(options.rounds)), lesson, folder)


def corpus_fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the corpus of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*.txt")):
        digest.update(f"\0{path.parent.name}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _write(target: Path, network: Network, lesson: Lesson, corpus: Path) -> None:
    record = {
        "published": SHA256,
        "corpus": corpus_fingerprint(corpus),
        "command": "make encoder",
        "findings": lesson.findings,
        "flags": lesson.flags,
    }
    write_tuned(target, arrays_of(network), record)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make encoder", description=__doc__)
    parser.add_argument("--rounds", type=float, default=4.0, help="times that all examples are learnt")
    parser.add_argument("--left-out", default=CALIBRATING, help="writers to calibrate on, separated by commas")
    parser.add_argument("--keep-thresholds", action="store_true", help="learn once, with the thresholds as they are")
    parser.add_argument("--trial", default="var/encoder_trial", help="folder of the first network")
    return parser.parse_args()


if __name__ == "__main__":
    main()
