"""Time of reading: `python -m benchmarks.reading` from the project's root.

Times are taken on the messages of `../shared/evaluation`; without that folder on one message alone. How well texts are
read is measured by `instep evaluate`; here only how many other wordings of findings are found.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any

import yaml

from bot.case import Status, Tense
from bot.knowledge import load_knowledge
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader

ROOT = Path(__file__).resolve().parents[1]
EVALUATION = ROOT.parent / "shared" / "evaluation"
HUNDRED_WORDS = (
    "For about three weeks the bottom of my left heel has been really painful, mostly with the first steps in the "
    "morning and again after I have been sitting at my desk. There is no swelling and no numbness, but sometimes it "
    "burns in the arch. I am 54 and on my feet all day in a shop. I tried new insoles and they dont help much. My "
    "lower back is stiff too, and once in a while I get a shooting pain down the leg. It was not caused by a fall. "
    "Could it be plantar fasciitis, and should I see somebody?"
)


def main() -> None:
    knowledge = load_knowledge(ROOT / "data" / "knowledge")
    start, start_cpu = time.perf_counter(), time.process_time()
    reader = SymptomReader(knowledge)
    cpu = time.process_time() - start_cpu
    print(f"construction: {time.perf_counter() - start:.3f} s, {cpu:.3f} s of processor time")
    print(f"{len(HUNDRED_WORDS.split())}-word message: {_times(reader, [HUNDRED_WORDS] * 200)}")
    _print_paraphrases(reader, knowledge)
    _print_sentences(reader, knowledge)
    if not EVALUATION.is_dir():
        print(f"no evaluation texts at {EVALUATION}: nothing else measured")
        return
    print(f"patient_foot messages: {_times(reader, [row['text'] for row in _rows('patient_foot')])}")


def _print_paraphrases(reader: SymptomReader, knowledge: Knowledge) -> None:
    """Print how many other wordings of findings are found, of those looked at (open) and those put aside (closed)."""
    sets = yaml.safe_load((ROOT / "tests" / "reading" / "paraphrases.yml").read_text(encoding="utf-8"))
    for name, wordings in sets.items():
        found = [
            identifier in _present(reader, knowledge, text) for identifier, texts in wordings.items() for text in texts
        ]
        print(f"{name} wordings found: {sum(found)} of {len(found)}")


def _print_sentences(reader: SymptomReader, knowledge: Knowledge) -> None:
    """Print how many sentences are read right, and in how many messages something is read that nobody reports."""
    sets = yaml.safe_load((ROOT / "tests" / "reading" / "sentences.yml").read_text(encoding="utf-8"))
    for name in ("first", "second"):
        for status in Status:
            rows = [row for row in sets[name] if status in row]
            right = sum(_is_read(reader, knowledge, row["text"], row[status], status) for row in rows)
            print(f"{name} sentences, {status}: {right} of {len(rows)}")
        unsaid = sets[f"{name}_unsaid"]
        read = sum(bool(_present(reader, knowledge, text)) for text in unsaid)
        print(f"{name} messages that report nothing, something read: {read} of {len(unsaid)}")
        ours = {site.finding for site in knowledge.sites.values() if site.podiatric and site.finding}
        elsewhere = sets[f"{name}_elsewhere"]
        read = sum(bool(_present(reader, knowledge, text) & ours) for text in elsewhere)
        print(f"{name} messages about other parts of the body, a place of ours read: {read} of {len(elsewhere)}")


def _is_read(reader: SymptomReader, knowledge: Knowledge, text: str, finding: str, status: Status) -> bool:
    if status is Status.PRESENT:
        return finding in _present(reader, knowledge, text)
    found = [item for item in reader.read(text).findings if item.tense is Tense.NOW and item.id == finding]
    return any(item.status is status for item in found) and finding not in _present(reader, knowledge, text)


def _present(reader: SymptomReader, knowledge: Knowledge, text: str) -> set[str]:
    now = [finding for finding in reader.read(text).findings if finding.tense is Tense.NOW]
    present = {finding.id for finding in now if finding.status is Status.PRESENT}
    todo = list(present)
    while todo:
        new = set(knowledge.findings[todo.pop()].implies) - present
        present |= new
        todo += new
    return present


def _rows(name: str) -> list[dict[str, Any]]:
    with (EVALUATION / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _times(reader: SymptomReader, texts: list[str]) -> str:
    spent, start_cpu = [], time.process_time()
    for text in texts:
        start = time.perf_counter()
        reader.read(text)
        spent.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - start_cpu) * 1000 / len(texts)
    p95 = statistics.quantiles(spent, n=20)[-1]
    return f"median {statistics.median(spent):.2f} ms, p95 {p95:.2f} ms, mean {cpu:.2f} ms of processor time"


if __name__ == "__main__":
    main()
