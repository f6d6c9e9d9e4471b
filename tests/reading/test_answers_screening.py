"""A bare yes to a list of warning signs tells none of them; a doubt about one closed question stays a doubt."""

from pathlib import Path

import pytest

from bot.case import Case, Status
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.triage import next_question


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Path(__file__).resolve().parents[2] / "data" / "knowledge")


@pytest.fixture(scope="module")
def reader(knowledge):
    return SymptomReader(knowledge)


@pytest.fixture(scope="module")
def screen(reader, knowledge):
    question = next_question(Case().with_reading(reader.read("my heel hurts")), knowledge)
    assert question is not None
    assert question.many
    assert question.screening
    return question


@pytest.mark.parametrize("text", ["yes", "yeah", "yes I do"])
def test_bare_yes_to_a_list_of_warning_signs_reports_none(reader, screen, text):
    assert reader.read(text, screen).findings == ()


def test_no_to_a_list_of_warning_signs_denies_each(reader, screen):
    read = {finding.id: finding.status for finding in reader.read("no", screen).findings}
    assert read == dict.fromkeys(screen.findings, Status.ABSENT)


def test_named_warning_sign_is_reported_alone(reader, screen):
    read = reader.read("yes, my calf is swollen", screen).findings
    present = {finding.id for finding in read if finding.status is Status.PRESENT}
    assert "a_calf_swollen" in present
    assert "a_chest_pain" not in present
