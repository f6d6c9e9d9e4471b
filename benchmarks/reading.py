"""Time and first figures of reading: `python -m benchmarks.reading` from the project's root.

The messages of `../shared/evaluation` are measured on only; without that folder just the times are printed.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from bot.case import Choice, Question, Status
from bot.knowledge import load_knowledge
from bot.knowledge.model import FindingKind, Knowledge
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
LABELS = {"affirmed": Status.PRESENT, "negated": Status.ABSENT, "unsure": Status.UNSURE}


def main() -> None:
    knowledge = load_knowledge(ROOT / "data" / "knowledge")
    start, start_cpu = time.perf_counter(), time.process_time()
    reader = SymptomReader(knowledge)
    cpu = time.process_time() - start_cpu
    print(f"construction: {time.perf_counter() - start:.3f} s, {cpu:.3f} s of processor time")
    print(f"{len(HUNDRED_WORDS.split())}-word message: {_times(reader, [HUNDRED_WORDS] * 200)}")
    if not EVALUATION.is_dir():
        print(f"no evaluation texts at {EVALUATION}: nothing else measured")
        return
    feet, others = _rows("patient_foot"), _rows("patient_other")
    print(f"patient_foot messages: {_times(reader, [row['text'] for row in feet])}")
    print(f"answers read right: {_share(_answered(reader, knowledge, row) for row in _rows('negation_dialogue'))}")
    print(f"foot messages with a podiatric site or finding: {_share(_podiatric(reader, knowledge, r) for r in feet)}")
    print(f"other messages with a podiatric location: {_share(_located(reader, knowledge, row) for row in others)}")
    flagged = [row for row in feet if row["red_flag"]]
    print(f"red-flag messages with an alarm finding: {_share(_alarmed(reader, knowledge, row) for row in flagged)}")
    print("negation in patients' words:")
    for row in _rows("negation_patient"):
        _print_negation(reader, row)


def _rows(name):
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


def _share(outcomes) -> str:
    outcomes = list(outcomes)
    return f"{sum(outcomes)}/{len(outcomes)}"


def _answered(reader: SymptomReader, knowledge: Knowledge, row) -> bool:
    asked = next(record.id for record in knowledge.findings.values() if record.kind is FindingKind.CHARACTER)
    choices = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unsure", "Not sure"))
    question = Question(row["id"], row["question"], choices, (asked,))
    read = {finding.id: finding.status for finding in reader.read(row["text"], question).findings}
    return read.get(asked) is LABELS[row["label"]]


def _present(reader: SymptomReader, knowledge: Knowledge, text: str) -> list[FindingKind]:
    findings = reader.read(text).findings
    return [knowledge.findings[finding.id].kind for finding in findings if finding.status is Status.PRESENT]


def _podiatric(reader: SymptomReader, knowledge: Knowledge, row) -> bool:
    if any(knowledge.sites[site].podiatric for site in reader.sites(row["text"])):
        return True
    return any(kind is not FindingKind.CONTEXT for kind in _present(reader, knowledge, row["text"]))


def _located(reader: SymptomReader, knowledge: Knowledge, row) -> bool:
    ours = {site.finding for site in knowledge.sites.values() if site.podiatric and site.finding}
    findings = reader.read(row["text"]).findings
    return any(finding.id in ours and finding.status is Status.PRESENT for finding in findings)


def _alarmed(reader: SymptomReader, knowledge: Knowledge, row) -> bool:
    return FindingKind.ALARM in _present(reader, knowledge, row["text"])


def _print_negation(reader: SymptomReader, row) -> None:
    findings = reader.read(row["text"]).findings
    read = ", ".join(f"{finding.id} {finding.status}" for finding in findings)
    print(f"  {row['id']}: affirmed {row['affirmed']}, negated {row['negated']}; read: {read}")


if __name__ == "__main__":
    main()
