import pytest

from bot.dates.phrases import load_phrases, phrases
from bot.errors import KnowledgeError


def test_delivered_word_lists_name_seven_weekdays_and_twelve_months():
    assert set(phrases().weekdays.values()) == set(range(7))
    assert set(phrases().months.values()) == set(range(1, 13))


@pytest.mark.parametrize("text", [None, "", "contact: 3", "contact: {}\nweekdays: [[monday]]", ": :"])
def test_broken_file_is_refused_by_name(text, tmp_path):
    path = tmp_path / "booking_phrases.yml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"booking_phrases\.yml"):
        load_phrases(path)
