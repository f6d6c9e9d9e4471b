"""How well findings are read: status, places, and what is read that nobody said."""

from __future__ import annotations

from collections.abc import Iterable

from bot.case import Choice, Question, Reading, Status, Tense
from bot.evaluation.figures import Figure, Miss, Section, measured, share
from bot.evaluation.held_out import FindingRow, read_findings
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT, Message, row_key
from bot.evaluation.shared import other_parts, patients, shared_rows
from bot.knowledge.model import FindingKind, Knowledge

_LABELS = {"affirmed": Status.PRESENT, "negated": Status.ABSENT, "unsure": Status.UNSURE}


def measure_findings(judge: Judge, progress: Progress) -> Section:
    """Return the figures of reading. Raises InputError."""
    answers, wrong = _answers(judge, progress)
    denials, wrong_denials = _denials(judge)
    figures = [answers, denials, *_places(judge, progress), *_held_out(judge, progress)]
    return Section("findings", "Findings read", measured(figures), misses=(*wrong, *wrong_denials))


def status_in(reading: Reading, finding_id: str) -> Status | None:
    """Return the status of a finding that is reported now, None when it is not mentioned."""
    found = (item.status for item in reading.findings if item.id == finding_id and item.tense is Tense.NOW)
    return next(found, None)


def _answers(judge: Judge, progress: Progress) -> tuple[Figure, list[Miss]]:
    hits: dict[str, bool] = {}
    wrong: list[Miss] = []
    asked = next(record.id for record in judge.knowledge.findings.values() if record.kind is FindingKind.CHARACTER)
    choices = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unsure", "Not sure"))
    for key, row in progress(shared_rows("negation_dialogue"), "findings: answers"):
        question = Question(row["id"], row["question"], choices, (asked,))
        status = status_in(judge.reader.read(row["text"], question), asked)
        hits[key] = status is _LABELS[row["label"]]
        if not hits[key]:
            text = f"{row['question']} - {row['text']}"
            wrong.append(Miss("negation_dialogue", row["id"], text, row["label"], str(status)))
    return share(
        "findings.negation_dialogue.status", "answers to symptom questions: status right", hits, goal=0.95
    ), wrong


def _denials(judge: Judge) -> tuple[Figure, list[Miss]]:
    """Judge what patients affirm and deny; the reader itself says which findings a label's few words name."""
    hits: dict[str, bool] = {}
    wrong: list[Miss] = []
    for _, row in shared_rows("negation_patient"):
        present = _present(judge.read(row["text"]))
        for label in ("affirmed", "negated"):
            for words in row[label]:
                named = _present(judge.read(words))
                hit = bool(named & present) if label == "affirmed" else not named & present
                hits[row_key(row, label + words)] = hit
                if not hit:
                    read = ", ".join(sorted(present)) or "nothing"
                    wrong.append(Miss("negation_patient", row["id"], row["text"], f"{words} {label}", read))
    return share("findings.negation_patient.status", "patients' denials: status right", hits, goal=0.95), wrong


def _present(reading: Reading) -> set[str]:
    return {item.id for item in reading.findings if item.status is Status.PRESENT and item.tense is Tense.NOW}


def _places(judge: Judge, progress: Progress) -> list[Figure]:
    knowledge = judge.knowledge
    ours = {site.finding for site in knowledge.sites.values() if site.podiatric and site.finding}
    context = {record.id for record in knowledge.findings.values() if record.kind is FindingKind.CONTEXT}
    return [
        share(
            "findings.patient_foot.read",
            "patients' messages: a place or finding read",
            {
                message.key: bool(_present(judge.read(message.text)) - context) or _names_ours(judge, message)
                for message in progress(patients(knowledge).messages, "findings: patients")
            },
        ),
        share(
            "findings.patient_other.place",
            "other parts of the body: read as ours",
            {message.key: bool(_present(judge.read(message.text)) & ours) for message in other_parts().messages},
            lower_is_better=True,
        ),
    ]


def _names_ours(judge: Judge, message: Message) -> bool:
    return any(judge.knowledge.sites[site].podiatric for site in judge.reader.sites(message.text))


def _held_out(judge: Judge, progress: Progress) -> list[Figure]:
    rows = list(progress(list(read_findings(HELD_OUT, judge.knowledge)), "findings: held out"))
    statuses = _statuses(rows, judge)
    places = {key: hit for key, (finding, _, hit) in statuses.items() if _is_place(finding, judge.knowledge)}
    return [
        share("findings.held_out.status", "held-out findings: status right", _hits(statuses, Status), goal=0.95),
        *(
            share(f"findings.held_out.{status}", f"held-out findings: {status} ones right", _hits(statuses, [status]))
            for status in Status
        ),
        share("findings.held_out.place", "held-out findings: places right", places),
        share(
            "findings.held_out.false_match",
            "held-out findings: read though not said",
            {
                row_key({"row": row.key}, finding): status_in(judge.read(row.text), finding) is Status.PRESENT
                for row in rows
                for finding in row.not_present
            },
            lower_is_better=True,
        ),
    ]


def _statuses(rows: Iterable[FindingRow], judge: Judge) -> dict[str, tuple[str, Status, bool]]:
    return {
        row_key({"row": row.key}, finding): (finding, status, status_in(judge.read(row.text), finding) is status)
        for row in rows
        for finding, status in row.expected
    }


def _hits(statuses: dict[str, tuple[str, Status, bool]], wanted: Iterable[Status]) -> dict[str, bool]:
    among = set(wanted)
    return {key: hit for key, (_, status, hit) in statuses.items() if status in among}


def _is_place(finding_id: str, knowledge: Knowledge) -> bool:
    return knowledge.findings[finding_id].kind is FindingKind.LOCATION
