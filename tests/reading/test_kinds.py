"""Kinds of misreading that were found: rules and what was learnt, weighed together, read instances of each right."""

from pathlib import Path

import pytest
import yaml

from bot.case import Status, Tense
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.settings import settings

KINDS = yaml.safe_load(Path(__file__).with_name("kinds.yml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{kind}: {row['text']}") for kind, rows in KINDS.items() for row in rows]


@pytest.fixture(scope="module")
def reader():
    data = settings().data
    return SymptomReader.learned(load_knowledge(data / "knowledge"), data / "reading")


@pytest.mark.parametrize("row", ROWS)
def test_an_instance_is_read_right(reader, row):
    now = {item.id: item.status for item in reader.read(row["text"]).findings if item.tense is Tense.NOW}
    there = {name for name, status in now.items() if status is Status.PRESENT}
    denied = {name for name, status in now.items() if status is Status.ABSENT}

    assert set(row.get("there", ())) <= there
    assert set(row.get("denied", ())) <= denied
    assert there.isdisjoint(row.get("not", ()))


def test_every_kind_has_five_instances():
    assert all(len(rows) >= 5 for rows in KINDS.values())
