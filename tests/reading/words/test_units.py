"""Units: the parts of a text that are read as one."""

import pytest

from bot.reading.words.units import units_of


def parts(text):
    return [text[unit.start : unit.end] for unit in units_of(text)]


def test_a_clause_ends_at_a_mark_and_before_a_conjunction():
    assert parts("no fever, chills, or redness, heel hurts")[:4] == ["no fever", "chills", "or redness", "heel hurts"]


def test_neighbouring_clauses_are_a_unit_too():
    assert "chills, or redness" in parts("no fever, chills, or redness, heel hurts")


def test_two_short_sentences_are_a_unit_too():
    assert "Stepped on a nail. Found it in my sock" in parts("Stepped on a nail. Found it in my sock. Now it throbs.")


def test_the_whole_text_is_the_last_unit():
    text = "My heel hurts. It began in May, and it is worse now"
    assert parts(text)[-1] == text


def test_dictation_without_marks_is_cut_into_clauses_of_a_few_words():
    text = "so i went down the road with my dog and my foot just went numb on me no warning no nothing that day at all"
    assert all(
        len(part.split()) <= 11
        for unit, part in zip(units_of(text), parts(text), strict=True)
        if unit.clauses[1] - unit.clauses[0] == 1
    )


def test_a_number_with_a_point_is_not_cut():
    assert parts("temp 38.6 since noon") == ["temp 38.6 since noon"]


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "...", "\n\n", ".,.,.", "\U0001f600\U0001f600", "5.5", "," * 1000, "and " * 250]
)
def test_any_text_has_units_that_lie_in_it(text):
    units = units_of(text)
    assert units
    assert all(0 <= unit.start <= unit.end <= len(text) for unit in units)
    assert max(unit.clauses[1] for unit in units) == units[-1].clauses[1]
