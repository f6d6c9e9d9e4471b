"""The only tests of this room that read the real knowledge: they hold whatever its exact wording is."""

from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from bot.reading import SymptomReader

KNOWLEDGE = Path(__file__).resolve().parents[2] / "data" / "knowledge"


@pytest.fixture(scope="module")
def real():
    knowledge = load_knowledge(KNOWLEDGE)
    return knowledge, SymptomReader(knowledge)


def test_most_phrases_are_read_as_their_own_finding(real):
    knowledge, reader = real
    phrases = [
        (record.id, phrase) for record in list(knowledge.findings.values())[::6] for phrase in record.phrases[::3]
    ]
    missed = [
        (identifier, phrase)
        for identifier, phrase in phrases
        if identifier not in {finding.id for finding in reader.read(phrase).findings}
    ]
    assert len(missed) <= 0.05 * len(phrases), missed


def test_pain_at_a_site_is_that_place(real):
    _, reader = real
    (finding,) = [finding for finding in reader.read("My left heel hurts").findings if finding.id.startswith("loc_")]
    assert (finding.status, finding.side) == ("present", "left")


def test_figures_of_speech_raise_no_alarm(real):
    knowledge, reader = real
    findings = reader.read("My feet are killing me, I am dead on my feet").findings
    assert not [finding.id for finding in findings if knowledge.findings[finding.id].kind == "alarm"]


@pytest.mark.parametrize(
    "text",
    ["my foot burns", "my foot is burning", "burning between my toes", "burning in my toes", "my toes burn at night"],
)
def test_a_burning_feeling_is_no_burn(real, text):
    found = {finding.id for finding in real[1].read(text).findings}
    assert "ch_burning" in found
    assert found.isdisjoint({"a_burn", "s_child_gait"})


@pytest.mark.parametrize("text", ["I burned my foot", "I burnt my toes on the stove", "burned my foot with hot oil"])
def test_a_burn_is_read_as_one(real, text):
    assert "a_burn" in {finding.id for finding in real[1].read(text).findings}


@pytest.mark.parametrize(
    "text", ["my nails are so thick that I cannot cut them any more", "I can't do this exercise anymore, my heel hurts"]
)
def test_what_somebody_can_no_longer_do_is_no_word_of_despair(real, text):
    assert "a_maybe_suicidal" not in {finding.id for finding in real[1].read(text).findings}


@pytest.mark.parametrize(
    "text", ["I can't do this anymore", "I cannot go on like this any more", "I can't take it anymore"]
)
def test_words_of_despair_are_read(real, text):
    assert "a_maybe_suicidal" in {finding.id for finding in real[1].read(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "my foot hurts when I get out of bed",
        "the first steps out of bed are hell, then it gets better",
        "my feet ache getting out of bed and it eases after a few minutes",
    ],
)
def test_pain_on_getting_out_of_bed_is_no_pain_that_hanging_the_leg_eases(real, text):
    assert "a_hang_night" not in {finding.id for finding in real[1].read(text).findings}


def test_a_leg_that_has_to_hang_out_of_bed_is_read(real):
    text = "at night my foot hurts so much that I hang it out of bed"
    assert {"a_hang_night", "r_hang_leg"} & {finding.id for finding in real[1].read(text).findings}
