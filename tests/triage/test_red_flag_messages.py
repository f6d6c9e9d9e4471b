"""Messages of worried visitors raise their alarms, and ordinary messages raise none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.red_flags import FOLDER, count_outcomes, load_set
from bot.case import Case, Urgency, most_urgent
from bot.knowledge import load_knowledge, load_practice
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader
from bot.triage import screen_red_flags

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"

# What happened to others, or long ago with a word for now beside it, is taken for the visitor's own: the safe side.
KNOWN_FALSE_ALARMS = {
    "had a fracture of the foot as a teenager, flat feet since then",
    "if my toe was broken would it be blue? mine is just a little sore after a bump last month",
    "my neighbour lost a leg to gangrene, so i want my feet checked",
    "grandmother had foot drop after a stroke, my problem is only a corn",
}


def _messages(name: str, kind: str) -> list[tuple[str, str]]:
    groups: list[dict[str, Any]] = yaml.safe_load((HERE / "red_flag_texts" / name).read_text(encoding="utf-8"))[kind]
    return [(group.get("level", ""), text) for group in groups for text in group["messages"]]


SETS = ("first.yml", "second.yml")
LATER_SETS = [path for path in sorted(FOLDER.glob("*.yml")) if path.name not in SETS]
ALARMS = [message for name in SETS for message in _messages(name, "alarms")]
CALM = [text for name in SETS for _, text in _messages(name, "calm")]


# Least share raised at the level of the set, and noticed (raised, or asked about); most false alarms.
WANTED = {"raised": 0.95, "noticed": 0.98, "false": 0.05}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(DATA / "knowledge")


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> SymptomReader:
    return SymptomReader(knowledge)


@pytest.fixture(scope="module")
def level_of(knowledge: Knowledge, reader: SymptomReader) -> Callable[[str], Urgency]:
    practice = load_practice(DATA / "practice.yml")

    def level(text: str) -> Urgency:
        case = Case().with_reading(reader.read(text))
        return most_urgent(flag.level for flag in screen_red_flags(case, knowledge, practice))

    return level


@pytest.mark.parametrize(("level", "text"), ALARMS)
def test_message_with_a_warning_sign_raises_an_alarm(level: str, text: str, level_of: Callable[[str], Urgency]) -> None:
    assert level_of(text).rank <= Urgency(level).rank


@pytest.mark.parametrize("text", sorted(set(CALM) - KNOWN_FALSE_ALARMS))
def test_message_without_a_warning_sign_raises_none(text: str, level_of: Callable[[str], Urgency]) -> None:
    assert level_of(text) not in (Urgency.EMERGENCY, Urgency.SAME_DAY)


@pytest.mark.parametrize("name", [path.stem for path in LATER_SETS])
def test_later_set_stays_at_its_goals(name: str, reader: SymptomReader, knowledge: Knowledge) -> None:
    counts = count_outcomes(load_set(name), reader, knowledge)
    assert counts["raised"] / counts["alarms"] >= WANTED["raised"]
    assert counts["noticed"] / counts["alarms"] >= WANTED["noticed"]
    assert counts["false"] / counts["near"] <= WANTED["false"]
