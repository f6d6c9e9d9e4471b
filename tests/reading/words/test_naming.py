"""Which record a text names."""

from dataclasses import dataclass

import pytest

from bot.reading.words.naming import NameBook, _close_words


@dataclass(frozen=True)
class Record:
    name: str
    phrases: tuple = ()


BOOK = NameBook({
    "fasciitis": Record("plantar fasciitis", ("heel spur", "pf")),
    "wart": Record("plantar wart", ("wart", "warts")),
    "gout": Record("gout"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what helps with plantar fasciitis?", "fasciitis"),
        ("is it PF", "fasciitis"),
        ("plantar facitis", "fasciitis"),
        ("plantar wart or wart", "wart"),
        ("gouty", None),
        ("goutt", None),
        ("fasciitis plantar", None),
        ("", None),
    ],
)
def test_the_longest_name_that_stands_in_the_text_wins(text, named):
    assert BOOK.best(text) == named


def test_short_names_are_passed_over_on_demand():
    assert BOOK.best("gout", least=8) is None
    assert BOOK.best("plantar wart", least=8) == "wart"


def test_a_word_is_compared_once_however_often_it_is_said(monkeypatch):
    compared = []
    monkeypatch.setattr(
        "bot.reading.words.naming._close_words", lambda said, known: compared.append(said) or _close_words(said, known)
    )
    book = NameBook({"gout": Record("gouty arthritis")})
    book.best("1 " * 500)
    assert compared == ["1"]
