"""Words that make a finding together, in any order and with anything in between."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "my hand is limp",
        "limp since this morning, one hand",
        "the hand, since the weekend, hangs quite limp",
        "I can't lift anything with the hand",
    ],
)
def test_parts_of_one_sentence_make_the_finding_in_any_order(statuses, text):
    assert statuses(text)["a_hand_fails"] == "present"


def test_parts_of_two_sentences_make_nothing(statuses):
    assert "a_hand_fails" not in statuses("I wash my hand. My heel is limp")


def test_parts_far_from_each_other_make_nothing(statuses):
    assert "a_hand_fails" not in statuses(
        "hand made shoes I bought for the long walk with them before my foot went limp"
    )


def test_word_that_must_be_missing_undoes_the_combination(statuses):
    assert "a_hand_fails" not in statuses("my hand is limp, I was asleep on it")


def test_denial_of_one_part_denies_the_combination(statuses):
    assert statuses("the hand is not limp")["a_hand_fails"] == "absent"
    assert statuses("no limp hand")["a_hand_fails"] == "absent"


def test_doubt_or_fear_of_one_part_is_one_of_the_combination(reader):
    (finding,) = [item for item in reader.read("what if my hand gets limp").findings if item.id == "a_hand_fails"]
    assert finding.tense.value == "hypothetical"
    assert next(item for item in reader.read("hand maybe limp").findings).status.value == "unsure"


def test_negation_within_a_part_denies_nothing_else(statuses):
    read = statuses("I can't lift the hand and it is burning")
    assert (read["a_hand_fails"], read["ch_burning"]) == ("present", "present")


def test_combination_lies_in_the_text(reader):
    text = "So my cup, well, I let fall"
    (finding,) = reader.read(text).findings
    assert text[finding.start : finding.end] == "cup, well, I let fall"
