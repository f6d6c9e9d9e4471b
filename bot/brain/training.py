"""Train the model, and know whether the one on disk was trained from the files that are there now."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from bot.errors import ModelError
from bot.reading.learned.added_heads import FILE as HEADS
from bot.reading.learned.added_heads import fingerprint, learn_heads, rows_of_added
from bot.reading.learned.corpus import Statement, read_statements
from bot.reading.learned.reader import LearnedReader
from bot.reading.learned.tuned_weights import RECORD, tuned_findings
from bot.settings import ROOT, settings

MODEL_NAME = "instep.tar.gz"
RECORD_NAME = "instep.json"
# What a model would come out differently with.
LEARNING_PACKAGES = ("rasa", "scikit-learn", "onnxruntime", "tokenizers")
LEARNING_CODE = (
    "brain/intent_classifier.py",
    "brain/intent_model.py",
    "reading/learned/encoder.py",
    "reading/learned/encoder_graph.py",
    "reading/learned/encoder_weights.py",
)
Report = Callable[[str], None]


def model_is_current() -> bool:
    """Tell whether there is a model and it was trained from the files that are there now."""
    record = _record()
    path = settings().models / MODEL_NAME
    if not record or not path.is_file():
        return False
    return record.get("inputs") == inputs_fingerprint() and record.get("model") == _sha256(path)


def current_model() -> Path:
    """Return the path of the model.

    Raises:
        ModelError: there is none, or it was trained from other files.
    """
    path = settings().models / MODEL_NAME
    if not path.is_file():
        raise ModelError("There is no trained model: run `make train`.")
    if not model_is_current():
        raise ModelError(
            "The model was trained from other files than those here (configuration, domain, training data or the "
            "code that learns changed since): run `make train`."
        )
    return path


def train(report: Report | None = None) -> Path:
    """Train the model, keep it with the fingerprint of its inputs, and return its path.

    Training runs in a process of its own, so that the server never holds what only training needs.

    Args:
        report: is told each step as one line; None writes the lines to standard error.

    Raises:
        ModelError: the training data cannot be used; the text ends with what Rasa says about it.
    """
    tell = report or _tell_operator
    started = time.monotonic()
    inputs = inputs_fingerprint()
    models = settings().models
    models.mkdir(parents=True, exist_ok=True)
    tell("Training the language model; this takes about half a minute.")
    with tempfile.TemporaryDirectory(dir=models) as folder:
        trained = Path(folder) / MODEL_NAME
        run_training(ROOT, settings().data, trained, tell)
        record = {"inputs": inputs, "model": _sha256(trained), "rasa": version("rasa")}
        # The record names the model's hash: a crash between the two leaves a model that is refused, not a wrong one.
        trained.replace(models / MODEL_NAME)
    _train_heads(tell)
    (models / RECORD_NAME).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    tell(f"Trained in {time.monotonic() - started:.0f} s.")
    return models / MODEL_NAME


def inputs_fingerprint() -> str:
    """Return the SHA-256 of everything that a model comes from: files, code that learns, versions of the packages.

    Knowledge is not among it: nothing is trained on it, and every process reads it afresh when it starts.
    """
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LEARNING_PACKAGES).encode())
    for path in _inputs():
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    digest.update(fingerprint(_added_rows()[1]).encode())
    return digest.hexdigest()


def _train_heads(tell: Report) -> None:
    """Learn the heads of findings that the encoder was not tuned for; without any the file is removed."""
    statements, rows = _added_rows()
    if not rows:
        (settings().models / HEADS).unlink(missing_ok=True)
        return
    tell(f"  learning to read {', '.join(sorted(rows))}")
    reader = LearnedReader(settings().data / "reading")
    learn_heads(reader.vectors, rows, statements).save(settings().models / HEADS)


def _added_rows() -> tuple[tuple[Statement, ...], dict[str, list[Statement]]]:
    """Return all statements, and those of findings that were added since the encoder was tuned."""
    folder = settings().data / "reading"
    if not (folder / RECORD).is_file():
        return (), {}
    statements = read_statements(folder)
    return statements, rows_of_added(statements, tuned_findings(folder))


def learning_code_fingerprint() -> str:
    """Return the SHA-256 of the code that learns; Rasa's own cache of trained components does not see all of it."""
    code = b"\0".join((Path(__file__).parents[1] / name).read_bytes() for name in LEARNING_CODE)
    return hashlib.sha256(code).hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (ROOT / "config.yml", ROOT / "domain.yml")
    # Practice questions get their rules from it.
    yield from (path for path in [settings().data / "intents.yml"] if path.is_file())
    yield from (Path(__file__).parents[1] / name for name in LEARNING_CODE)
    for folder in ("nlu", "rules", "stories"):
        yield from sorted((settings().data / folder).rglob("*.yml"))


def _record() -> dict[str, str]:
    try:
        record: dict[str, str] = json.loads((settings().models / RECORD_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_training(project: Path, data: Path, model: Path, tell: Report) -> None:
    """Train a Rasa project into the file `model`, in a process of its own.

    Raises:
        ModelError: the training data cannot be used.
    """
    command = [sys.executable, "-m", "bot.brain.rasa_training", str(project), str(data), str(model)]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line.rstrip())
        if line.startswith("step: "):
            tell("  " + line.removeprefix("step: ").rstrip())
    if process.wait() != 0 or not model.is_file():
        raise ModelError("Training failed. Rasa says:\n" + "\n".join(said[-20:]))


def _tell_operator(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
