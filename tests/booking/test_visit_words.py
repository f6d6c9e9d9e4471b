import pytest

from bot.booking.words.visit_words import chosen_by_place

OFFERED = ["a/first/2027-03-02T09:00", "a/first/2027-03-01T09:00", "a/first/2027-03-03T09:00"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first one", 0),
        ("Oh the first one sounds great!", 0),
        ("2", 1),
        ("I'd take the third slot please", 2),
        ("the last one works", 2),
        ("the earliest one", 1),
    ],
)
def test_an_offer_is_chosen_by_its_place(text, place):
    assert chosen_by_place(text, OFFERED) == OFFERED[place]


@pytest.mark.parametrize(
    "text", ["not the first one", "my first visit", "the first of March", "my second toe hurts", ""]
)
def test_other_firsts_and_seconds_choose_nothing(text):
    assert chosen_by_place(text, OFFERED) is None
