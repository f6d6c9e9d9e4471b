"""Lists of states and what lasts however long ago it was."""

from pathlib import Path

import pytest

from bot.case import Status, Tense
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader


@pytest.fixture(scope="module")
def reader():
    return SymptomReader(load_knowledge(Path(__file__).resolve().parents[3] / "data" / "knowledge"))


def _read(reader, text):
    return {finding.id: finding for finding in reader.read(text).findings}


def test_last_of_several_listed_states_belongs_to_the_same_thing(reader):
    assert _read(reader, "my toe is sore, red and hot")["s_redness_hot_joint"].status is Status.PRESENT


def test_list_does_not_reach_over_a_new_subject(reader):
    assert "s_redness_hot_joint" not in _read(reader, "my toe is stiff, the coffee was hot")


def test_new_joint_counts_however_long_ago_it_was_put_in(reader):
    assert _read(reader, "got a metal hip years ago")["a_joint_implant"].tense is Tense.NOW


def test_injury_of_long_ago_stays_in_the_past(reader):
    assert _read(reader, "twisted my ankle in 2009")["t_after_injury"].tense is Tense.PAST
