"""Messages in many styles are read as their file says: finding, status, tense, side, numbers and person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.case import Finding, Reading, Status, Tense
from bot.knowledge import load_knowledge
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader

HERE = Path(__file__).parent
Row = Mapping[str, Any]
KINDS: dict[str, list[Row]] = yaml.safe_load((HERE / "exact.yml").read_text(encoding="utf-8"))
ROWS: list[Row] = [
    *yaml.safe_load((HERE / "messages.yml").read_text(encoding="utf-8")),
    *(row for rows in KINDS.values() for row in rows),
]
NUMBERS = {"age": "age_years", "days": "duration_days", "severity": "severity_0_10", "who": "who"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(HERE.parents[1] / "data" / "knowledge")


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> SymptomReader:
    return SymptomReader(knowledge)


def _statuses(reading: Reading, knowledge: Knowledge) -> dict[str, Status]:
    """Return the status of every finding reported now, and of what those present imply."""
    now = {finding.id: finding.status for finding in reading.findings if finding.tense is Tense.NOW}
    todo = [identifier for identifier, status in now.items() if status is Status.PRESENT]
    while todo:
        for implied in knowledge.findings[todo.pop()].implies:
            if implied not in now:
                now[implied] = Status.PRESENT
                todo.append(implied)
    return now


def _of(findings: tuple[Finding, ...], identifier: str) -> list[Finding]:
    return [finding for finding in findings if finding.id == identifier]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_message_is_read(row: Row, reader: SymptomReader, knowledge: Knowledge) -> None:
    reading = reader.read(row["text"])
    read = _statuses(reading, knowledge)
    for status in Status:
        assert {identifier: read.get(identifier) for identifier in row.get(status, ())} == dict.fromkeys(
            row.get(status, ()), status
        )
    assert [identifier for identifier in row.get("not", ()) if read.get(identifier) is Status.PRESENT] == []
    for key, tense in (("past", Tense.PAST), ("supposed", Tense.HYPOTHETICAL)):
        for identifier in row.get(key, ()):
            assert tense in {finding.tense for finding in _of(reading.findings, identifier)}
    for identifier, side in row.get("side", {}).items():
        assert {finding.side for finding in _of(reading.findings, identifier)} == {side}
    for key, field in NUMBERS.items():
        if key in row:
            assert getattr(reading, field) == row[key]
    if "causes" in row:
        assert list(reading.named_causes) == row["causes"]
    if row.get("none"):
        assert read == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_exact_reading_has_instances(kind: str) -> None:
    assert len(KINDS[kind]) >= 5


@pytest.mark.parametrize("row", [row for row in ROWS if "age_about" in row], ids=lambda row: row["text"][:40])
def test_rough_age_is_read(row: Row, reader: SymptomReader) -> None:
    age = reader.read(row["text"]).age_years
    assert age is not None
    assert abs(age - row["age_about"]) <= 1


def test_reading_paraphrases_stays_at_its_level(reader: SymptomReader, knowledge: Knowledge) -> None:
    sets = yaml.safe_load((HERE / "paraphrases.yml").read_text(encoding="utf-8"))
    closed = [(identifier, text) for identifier, texts in sets["closed"].items() for text in texts]
    read = [(identifier, _statuses(reader.read(text), knowledge)) for identifier, text in closed]
    found = sum(statuses.get(identifier) is Status.PRESENT for identifier, statuses in read)
    assert found >= 0.8 * len(closed)


def test_reading_sentences_stays_at_its_level(reader: SymptomReader, knowledge: Knowledge) -> None:
    rows = yaml.safe_load((HERE / "sentences.yml").read_text(encoding="utf-8"))["first"]
    read = [_statuses(reader.read(row["text"]), knowledge) for row in rows]
    right = [
        found.get(row[status]) is status
        for row, found in zip(rows, read, strict=True)
        for status in Status
        if status in row
    ]
    assert sum(right) >= 0.92 * len(rows)


def test_closed_paraphrases_are_no_phrases(knowledge: Knowledge) -> None:
    sets = yaml.safe_load((HERE / "paraphrases.yml").read_text(encoding="utf-8"))
    closed = {text.lower() for texts in sets["closed"].values() for text in texts}
    known = {phrase for record in knowledge.findings.values() for phrase in record.phrases}
    assert closed & known == set()
