"""A bare yes to a list of warning signs tells none of them; a doubt about one closed question stays a doubt."""

from pathlib import Path

import pytest

from bot.case import Case, Status, Tense
from bot.knowledge import load_knowledge
from bot.reading import SymptomReader
from bot.triage import next_question


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Path(__file__).resolve().parents[3] / "data" / "knowledge")


@pytest.fixture(scope="module")
def reader(knowledge):
    return SymptomReader(knowledge)


@pytest.fixture(scope="module")
def screen(reader, knowledge):
    question = next_question(Case().with_reading(reader.read("my heel hurts")), knowledge)
    assert question is not None
    assert question.many
    assert question.screening
    return question


@pytest.mark.parametrize("text", ["yes", "yeah", "yes I do"])
def test_bare_yes_to_a_list_of_warning_signs_reports_none(reader, screen, text):
    assert reader.read(text, screen).findings == ()


def test_no_to_a_list_of_warning_signs_denies_each(reader, screen):
    read = {finding.id: finding.status for finding in reader.read("no", screen).findings}
    assert read == dict.fromkeys(screen.findings, Status.ABSENT)


def test_named_warning_sign_is_reported_alone(reader, screen):
    read = reader.read("yes, my calf is swollen", screen).findings
    present = {finding.id for finding in read if finding.status is Status.PRESENT}
    assert "a_calf_swollen" in present
    assert "a_chest_pain" not in present


@pytest.mark.parametrize(
    "text",
    [
        "all good",
        "it hurts all the time",
        "for 3 weeks",
        "it began 1 week ago",
        "about 4 days",
        "thursday at 2pm",
        "I take 4 ibuprofen a day",
        "I am 5 months pregnant",
        "can I come on december 4?",
        "since the 3rd of may",
        "size 2 shoes",
        "all of them are fine",
        "no weight at all possible on that leg",
        "no appointment yet",
        "no change",
        "I have a question about parking",
    ],
)
def test_numbers_and_small_words_of_another_statement_answer_no_list(reader, screen, text):
    read = reader.read(text, screen).findings
    assert [finding for finding in read if finding.id in screen.findings] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2", [1]),
        ("1 and 2", [0, 1]),
        ("number 3", [2]),
        ("the first two", [0, 1]),
        ("the second one", [1]),
        ("I have the third", [2]),
    ],
)
def test_number_alone_or_with_a_word_of_the_list_picks(reader, screen, text, places):
    present = [finding.id for finding in reader.read(text, screen).findings if finding.status is Status.PRESENT]
    assert present == [screen.choices[place].id for place in places]


@pytest.mark.parametrize("text", ["all", "yes all", "all of them", "all of these apply"])
def test_all_ticks_the_list_alone_or_as_all_of_these(reader, screen, text):
    read = {finding.id: finding.status for finding in reader.read(text, screen).findings}
    assert read == dict.fromkeys(screen.findings, Status.PRESENT)


@pytest.mark.parametrize(
    "text", ["none apply to me", "I don't have any of those", "no thanks", "nope nothing like that"]
)
def test_no_with_small_words_denies_the_list(reader, screen, text):
    read = {finding.id: finding.status for finding in reader.read(text, screen).findings}
    assert read == dict.fromkeys(screen.findings, Status.ABSENT)


@pytest.fixture(scope="module")
def learned(knowledge):
    return SymptomReader.learned(knowledge, Path(__file__).resolve().parents[3] / "data" / "reading")


@pytest.mark.parametrize(("text", "places"), [("the first two", [0, 1]), ("the second one", [1]), ("number 3", [2])])
def test_what_was_learnt_adds_nothing_to_a_number(learned, screen, text, places):
    present = {finding.id for finding in learned.read(text, screen).findings if finding.status is Status.PRESENT}
    assert present == {screen.choices[place].id for place in places}


@pytest.mark.parametrize("text", ["none apply to me", "I don't have any of those", "nope nothing like that"])
def test_what_was_learnt_takes_nothing_from_a_no_to_the_list(learned, screen, text):
    read = {finding.id: finding.status for finding in learned.read(text, screen).findings}
    assert {each: read.get(each) for each in screen.findings} == dict.fromkeys(screen.findings, Status.ABSENT)


@pytest.mark.parametrize("text", ["chilblains?", "gout or bunions?"])
def test_what_was_learnt_makes_no_finding_of_a_bare_question(learned, text):
    assert [each for each in learned.read(text).findings if each.tense is Tense.NOW] == []


@pytest.mark.parametrize(
    ("text", "long"), [("stiff for 45 minutes every morning", True), ("stiff for 10 minutes in the morning", False)]
)
def test_minutes_decide_how_long_the_stiffness_lasts(learned, text, long):
    present = {each.id for each in learned.read(text).findings if each.status is Status.PRESENT}
    assert ("t_morning_stiff_long" in present) is long


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("my ankle is never not swollen", "s_swelling_local"),
        ("no day without heel pain", "loc_heel"),
        ("I can't go a day without heel pain", "loc_heel"),
        ("I can't walk without limping", "s_limp"),
        ("my toes are never not numb", "ch_numb"),
    ],
)
def test_two_denials_affirm_whatever_was_learnt(learned, text, finding):
    statuses = {each.id: each.status for each in learned.read(text).findings if each.tense is Tense.NOW}
    assert statuses[finding] is Status.PRESENT
