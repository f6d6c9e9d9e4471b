"""Several joints that have been swollen for months are no emergency; one that is new, or comes with fever, is."""

from __future__ import annotations

import pytest

from bot.case import Case
from bot.knowledge import load_knowledge, load_practice
from bot.reading import SymptomReader
from bot.settings import settings
from bot.triage import screen_red_flags


@pytest.fixture(scope="module")
def flags_of():
    knowledge = load_knowledge(settings().data / "knowledge")
    practice = load_practice(settings().data / "practice.yml")
    reader = SymptomReader(knowledge)

    def flags(text: str) -> set[str]:
        case = Case().with_reading(reader.read(text))
        return {flag.id for flag in screen_red_flags(case, knowledge, practice)}

    return flags


@pytest.mark.parametrize(
    "text",
    [
        "my knuckles and wrists are swollen, for 3 months, and I have psoriasis",
        "several joints are hot and swollen for 5 months, I have diabetes",
        "swollen joints in both hands and feet for a year, I am diabetic",
    ],
)
def test_joints_swollen_for_months_are_no_infected_joint(text, flags_of):
    assert "septic_joint" not in flags_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "several joints are hot and swollen for 5 months, and since yesterday I have a fever",
        "my knee joint is hot and swollen, I have diabetes",
    ],
)
def test_a_hot_joint_with_fever_or_alone_stays_one(text, flags_of):
    assert "septic_joint" in flags_of(text)
