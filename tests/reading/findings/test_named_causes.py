"""Names of causes that a visitor gives as the own one."""

from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from bot.reading import SymptomReader


@pytest.fixture(scope="module")
def reader():
    return SymptomReader(load_knowledge(Path(__file__).resolve().parents[3] / "data" / "knowledge"))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("I have been diagnosed with sciatica", "sciatica"),
        ("my plantar fasciitis is back", "plantar_fasciitis"),
        ("bunions on both feet", "bunion"),
        ("I have a herniated disc", "sciatica"),
        ("I have a diabetic foot ulcer", "diabetic_foot_ulcer"),
    ],
)
def test_cause_that_the_visitor_has_is_named(reader, text, cause):
    assert cause in reader.read(text).named_causes


@pytest.mark.parametrize(
    "text",
    [
        "I do not have sciatica",
        "what is plantar fasciitis?",
        "could it be gout",
        "I used to have a bunion",
        "the pain is severe",
    ],
)
def test_cause_that_is_denied_past_or_only_asked_about_is_not_named(reader, text):
    assert reader.read(text).named_causes == ()
