"""The texts made for urgency, read with file and row in every complaint."""

import pytest

from bot.case import Urgency
from bot.errors import InputError
from bot.evaluation.urgency import Advised, read_urgency_texts, score_urgency


def write(folder, text):
    path = folder / "urgency_texts.yml"
    path.write_text(text)
    return path


def test_each_half_is_read_alone(tmp_path):
    path = write(tmp_path, "mend:\n- {urgency: soon, text: a}\nmeasure:\n- {urgency: routine, text: b}\n")
    (row,) = read_urgency_texts("measure", path)
    assert (row.text, row.urgency) == ("b", Urgency.ROUTINE)
    assert list(read_urgency_texts("mend", tmp_path / "none.yml")) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("mend: 5", "mend is not a list of rows"),
        ("mend: [5]", "mend, row 1: not a row with a text and an urgency"),
        ("mend:\n- {urgency: soonish, text: a}", "mend, row 1: urgency is 'soonish'"),
        ("mend:\n- {urgency: soon}", "mend, row 1: text is missing"),
    ],
)
def test_a_bad_row_is_refused_with_its_number(tmp_path, text, complaint):
    with pytest.raises(InputError, match=complaint):
        list(read_urgency_texts("mend", write(tmp_path, text)))


def test_sending_everybody_to_the_emergency_department_is_never_under_and_always_over():
    everybody = {level: Advised(Urgency.EMERGENCY, level, level) for level in (Urgency.SOON, Urgency.ROUTINE)}
    exact, under, over = score_urgency("part.set", "a set", everybody)
    assert (exact.value, under.value, over.value) == (0, 0, 1)
    assert under.safety
