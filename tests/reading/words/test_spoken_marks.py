"""Dictated names of marks are read as the marks."""

import pytest

from bot.reading.words.spoken_marks import with_marks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("My name is Hale comma call me", "My name is Hale, call me"),
        ("Hale full stop is anybody there question mark", "Hale. is anybody there?"),
        ("It aches comma mostly at night period", "It aches, mostly at night."),
        ("It aches period I am tired period", "It aches. I am tired."),
    ],
)
def test_a_mark_stands_where_its_name_was_and_offsets_stay(text, read):
    marked = with_marks(text)
    assert " ".join(marked.split()) == read
    assert len(marked) == len(text)


@pytest.mark.parametrize("text", ["it came with my period", "a coma", "after a long period of rest", "Comma"])
def test_an_everyday_word_is_no_mark(text):
    assert with_marks(text) == text
