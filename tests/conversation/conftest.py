"""The real knowledge, the real words, messages that say what a test wants, and cases made of findings."""

from pathlib import Path

import pytest
import yaml

from bot.case import Case, Finding, Reading, Status
from bot.conversation.latest_message import LatestMessage
from bot.knowledge import load_knowledge, load_meanings, load_practice

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge(DATA / "knowledge")


@pytest.fixture(scope="session")
def practice():
    return load_practice(DATA / "practice.yml")


@pytest.fixture(scope="session")
def phrase():
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    return lambda response, /, **values: responses[response][0]["text"].format(**values)


@pytest.fixture(scope="session")
def message():
    """Return a function that makes a message: its intent, what it tells and denies, or what was pressed."""
    meanings = load_meanings(DATA / "intents.yml")

    def make(intent, *told, denied=(), pressed=(), asked="", **more):
        findings = [item if isinstance(item, Finding) else Finding(item, start=1, end=2) for item in told]
        findings += [Finding(item, Status.ABSENT, start=1, end=2) for item in denied]
        entities = [{"entity": "answer", "value": choice} for choice in pressed]
        entities += [{"entity": "question", "value": asked}] if asked else []
        reading = Reading(findings=tuple(findings), **more)
        return LatestMessage(meanings.of(intent), 0.9, intent, reading, tuple(entities))

    return make


@pytest.fixture
def case_with():
    """Return a function that makes a case of findings that are there, or that have another status."""

    def make(*findings, status=Status.PRESENT, **more):
        return Case().with_reading(Reading(findings=tuple(Finding(each, status) for each in findings), **more))

    return make
