import pytest

from bot.reading.words.tokens import WordSplitter, stem_of


@pytest.mark.parametrize(
    "forms",
    [
        ("hurt", "hurts", "hurting"),
        ("foot", "feet"),
        ("ache", "aching", "achy"),
        ("wipe", "wiped", "wiping"),
        ("stab", "stabbing", "stabbed"),
        ("numb", "numbness"),
        ("stiff", "stiffness"),
        ("toe", "toes"),
        ("shoe", "shoes"),
        ("injury", "injuries"),
        ("press", "pressing"),
        ("callus", "calluses"),
        ("knee", "knees"),
        ("heavy", "heaviness"),
    ],
)
def test_inflected_forms_share_a_stem(forms):
    assert len({stem_of(form) for form in forms}) == 1


@pytest.mark.parametrize("forms", [("hiv", "hives"), ("fore", "for"), ("use", "us"), ("bus", "bu")])
def test_different_words_keep_different_stems(forms):
    assert len({stem_of(form) for form in forms}) == 2


def test_contractions_are_written_out():
    forms = [word.form for word in WordSplitter().split("I'm sure I cant, dont and CAN\u2019T")]
    assert forms == ["i", "am", "sure", "i", "can", "not", ",", "do", "not", "and", "can", "not"]


def test_sentences_end_at_marks_without_a_space():
    assert [word.sentence for word in WordSplitter().split("It hurts.I limp\nbadly")] == [0, 0, 0, 1, 1, 1, 2]


@pytest.mark.parametrize("text", ["it hurts.it is red", "attack\u2026blotches", "swollen.my toes"])
def test_sentences_without_a_space_between_them_are_no_address(text):
    words = WordSplitter().split(text)
    assert len({word.sentence for word in words}) == 2
