"""Phrases that are made of groups of words."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.wordings import expand_phrases, read_combination

GROUPS = {"numb": ("numb", "no feeling"), "place": ("toe", "heel")}


def test_phrase_with_groups_stands_for_every_combination():
    made = expand_phrases(["<numb> in my <place>"], GROUPS, "file")
    assert made == ("numb in my toe", "numb in my heel", "no feeling in my toe", "no feeling in my heel")


def test_written_phrase_that_is_made_as_well_stands_once():
    assert expand_phrases(["<numb> toe", "numb toe"], GROUPS, "file") == ("numb toe", "no feeling toe")


def test_unknown_group_is_refused_with_the_known_ones_named():
    with pytest.raises(KnowledgeError, match=r"unknown groups.*numb, place"):
        expand_phrases(["<weak> toe"], GROUPS, "alarm.yml: record 'a'")


def test_combination_holds_the_words_of_its_parts_and_of_what_must_be_missing():
    made = read_combination("<numb> + toe|heel - <place> bone", GROUPS, "file")
    assert made.parts == (("numb", "no feeling"), ("toe", "heel"))
    assert made.without == (("toe bone", "heel bone"),)


def test_combination_of_one_part_is_refused():
    with pytest.raises(KnowledgeError, match="one part only"):
        read_combination("<numb> - toe", GROUPS, "alarm.yml: record 'a'")
