"""Which classifier names intents best for its cost: `python -m benchmarks.classifiers [WORD ... | --diet EPOCHS]`.

With words, only the classifiers that have all of them in their names.

Learns from data/nlu; measures five-fold there, on tests/held_out/intents.jsonl and, where it is present, on
../shared/evaluation. Prints for each classifier: five-fold accuracy and macro-F1; out-of-scope recall and in-scope
recall (small talk and patients' messages) as it decides; out-of-scope recall at 95 % in-scope recall; other parts of
the body declined; held-out accuracy; milliseconds a message (processor time, median); seconds to train.

DIET, Rasa's own classifier on TensorFlow, takes many minutes: it is trained once, on four fifths of the examples, and
its five-fold figures are those of the fifth that it has not seen.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from benchmarks.classifier_kinds import KINDS, Diet
from benchmarks.nlu_examples import training_examples

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = ROOT.parent / "shared" / "evaluation"
DECLINED = ("out_of_scope", "ask_other_body_part", "ask_language")
SMALL_TALK = {"greet", "goodbye", "thank_you", "affirm", "deny", "bot_challenge", "help", "repeat", "cancel", "unsure"}
FOLDS = 5
TIMED = 60


def texts(path: Path, chosen: Callable[[dict], bool] = bool) -> list[str]:
    if not path.is_file():
        return []
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row["text"] for row in rows if chosen(row)]


def declined(classifier, found: list[str]) -> np.ndarray:
    """Return for each text the summed probability of the intents that no journey serves, and whether one leads."""
    if not found:
        return np.zeros((0, 2))
    shares = classifier.probabilities(found)
    names = list(classifier.intents)
    columns = [names.index(name) for name in DECLINED if name in names]
    return np.stack([shares[:, columns].sum(axis=1), np.isin(shares.argmax(axis=1), columns)], axis=1)


def five_fold(make) -> tuple[float, float]:
    said, intents = (np.array(column, dtype=object) for column in zip(*training_examples(), strict=True))
    right, scores = [], []
    for learn, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(said, intents.astype(str)):
        found = predicted(make().fit(list(said[learn]), list(intents[learn])), list(said[test]))
        right.append(np.mean(found == intents[test]))
        scores.append(f1_score(intents[test].astype(str), found.astype(str), average="macro"))
    return float(np.mean(right)), float(np.mean(scores))


def predicted(classifier, found: list[str]) -> np.ndarray:
    return np.array(classifier.intents, dtype=object)[classifier.probabilities(found).argmax(axis=1)]


def on_unseen(classifier) -> str:
    general = EVALUATION / "generic_and_out_of_scope.jsonl"
    out = declined(classifier, texts(general, lambda row: row["group"] == "out_of_scope"))
    talk = texts(general, lambda row: row["group"] in SMALL_TALK)
    inside = declined(classifier, talk + texts(EVALUATION / "patient_foot.jsonl"))
    other = declined(classifier, texts(EVALUATION / "patient_other.jsonl"))
    if not len(out):
        return "no evaluation texts"
    limit = np.quantile(inside[:, 0], 0.95)
    return (
        f"out of scope {out[:, 1].mean():.1%}, in scope {1 - inside[:, 1].mean():.1%}, "
        f"out of scope at 95 % {np.mean(out[:, 0] > limit):.1%}, other body parts {other[:, 1].mean():.1%}"
    )


def on_held_out(classifier) -> str:
    path = ROOT / "tests" / "held_out" / "intents.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = predicted(classifier, [row["text"] for row in rows])
    return f"held out {np.mean(found == np.array([row['intent'] for row in rows], dtype=object)):.1%}"


def milliseconds(classifier) -> float:
    # The encoder keeps what it read last: no text may come twice.
    start = time.monotonic_ns() % 1_000_000
    spent = []
    for number in range(start, start + TIMED):
        before = time.process_time()
        classifier.probabilities([f"my heel has hurt for {number} days when I get up"])
        spent.append(time.process_time() - before)
    return float(np.median(spent)) * 1000


def measure(name: str, make) -> None:
    accuracy, score = five_fold(make)
    started = time.process_time()
    classifier = make().fit(*map(list, zip(*training_examples(), strict=True)))
    trained = time.process_time() - started
    print(f"{name}: five-fold {accuracy:.1%} / {score:.3f}, {on_held_out(classifier)}, {on_unseen(classifier)}, "
          f"{milliseconds(classifier):.1f} ms, trained in {trained:.0f} s", flush=True)  # fmt: skip


def measure_diet(epochs: int) -> None:
    said, intents = (np.array(column, dtype=object) for column in zip(*training_examples(), strict=True))
    learn, test = next(StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(said, intents.astype(str)))
    started = time.process_time()
    classifier = Diet(epochs).fit(list(said[learn]), list(intents[learn]))
    trained = time.process_time() - started
    found = predicted(classifier, list(said[test]))
    score = f1_score(intents[test].astype(str), found.astype(str), average="macro")
    print(f"DIET, {epochs} epochs: one fold {np.mean(found == intents[test]):.1%} / {score:.3f}, "
          f"{on_held_out(classifier)}, {on_unseen(classifier)}, {milliseconds(classifier):.1f} ms, "
          f"trained in {trained:.0f} s of processor time", flush=True)  # fmt: skip


def main() -> None:
    if "--diet" in sys.argv:
        measure_diet(int(sys.argv[sys.argv.index("--diet") + 1]))
        return
    for name, make in KINDS.items():
        if all(word in name for word in sys.argv[1:]):
            measure(name, make)


if __name__ == "__main__":
    main()
