"""What intents mean: one home, which fits the domain and the practice."""

import shutil
from pathlib import Path

import pytest

from bot.case import Act, ActKind
from bot.errors import KnowledgeError
from bot.knowledge import load_meanings
from bot.knowledge.intents import check_meanings, domain_names
from bot.knowledge.model import Journey, Reply
from bot.settings import ROOT

PRACTICE_ROW = "- {id: ask_hours, act: ask, topic: hours, practice: true}"


@pytest.fixture
def rows(tmp_path):
    return Path(shutil.copy(ROOT / "data" / "intents.yml", tmp_path / "intents.yml"))


@pytest.fixture
def check(rows, practice, knowledge):
    def run():
        check_meanings(rows, load_meanings(rows), practice, domain_names(ROOT / "domain.yml"), knowledge.topics)

    return run


def test_the_rows_fit_the_domain_and_the_practice(check):
    check()


def test_a_practice_question_needs_no_more_than_its_topic(rows):
    hours = load_meanings(rows).of("ask_hours")
    assert (hours.act, hours.topic, hours.group, hours.practice) == (ActKind.ASK, "hours", "hours", True)
    assert hours.interrupts == frozenset(Journey)


def test_a_short_answer_means_its_reply(rows):
    meanings = load_meanings(rows)
    assert [meanings.of(name).reply for name in ("affirm", "deny", "unsure", "skip", "thank")] == [*Reply, None]


def test_what_has_no_row_counts_as_not_understood(rows):
    assert load_meanings(rows).of("no_such_intent").is_unread
    assert load_meanings(rows).of("").is_unread


def test_an_intent_without_a_row_is_refused(rows, check, change):
    change(rows, PRACTICE_ROW, "")
    with pytest.raises(KnowledgeError, match=r"'ask_hours' of domain.yml has no row. Add one"):
        check()


def test_a_row_without_an_intent_is_refused(rows, check, change):
    change(rows, PRACTICE_ROW, f"{PRACTICE_ROW}\n  - {{id: ask_sky, act: ask}}")
    with pytest.raises(KnowledgeError, match=r"record 'ask_sky', field 'id': is no intent of domain.yml"):
        check()


def test_a_practice_question_without_an_answer_is_refused(rows, check, change):
    change(rows, "topic: hours, practice", "topic: opening, practice")
    with pytest.raises(KnowledgeError, match=r"'ask_hours', field 'topic': data/practice.yml has no answer"):
        check()


def test_a_response_that_does_not_exist_is_refused(rows, check, change):
    change(rows, "response: utter_phone", "response: utter_no_phone")
    with pytest.raises(KnowledgeError, match=r"'ask_phone', field 'response': 'utter_no_phone' is no response"):
        check()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("act: ask, topic: hours", "act: shout, topic: hours", r"'ask_hours', field 'act': 'shout' is not allowed"),
        ("topic: hours, practice: true", "practice: true", r"'ask_hours', field 'practice': is true, so the row needs"),
        ("topic: hours, practice", "topic: place, practice", r"'ask_place', field 'topic': 'place' is the topic of"),
        ("topic: hours, practice", "topic: hours, colour: red, practice", r"'ask_hours': unknown field 'colour'"),
        ("id: ask_hours", "id: ask_place", r"'ask_place', field 'id': stands twice"),
        ("act: tell, topic", "act: tell, interrupts: [lunch], topic", r"field 'interrupts': 'lunch' is not allowed"),
        ("act: tell, topic", "act: tell, reply: 'yes', topic", r"field 'reply': is for short answers only"),
        ("least_confidence: 0.4", "least_confidence: 4", r"field 'least_confidence': must be a number from 0.0 to 1.0"),
    ],
)
def test_a_fault_names_row_and_field_and_says_what_to_do(rows, change, old, new, problem):
    change(rows, old, new)
    with pytest.raises(KnowledgeError, match=problem):
        load_meanings(rows)


def test_a_missing_file_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(KnowledgeError, match="Restore it"):
        load_meanings(tmp_path / "intents.yml")


def test_a_question_about_a_result_needs_a_topic_of_the_guidance(rows, check, change):
    change(rows, "topic: running, group: result", "topic: sky_diving, group: result")
    with pytest.raises(KnowledgeError, match=r"'ask_running', field 'topic': .*topics.yml has no 'sky_diving'"):
        check()


def test_two_questions_about_a_result_are_both_asked(rows):
    meanings = load_meanings(rows)
    running, work = meanings.of("ask_running"), meanings.of("ask_work")
    acts = [Act(ActKind.ASK, name, 0.9, 0, 1) for name in ("ask_running", "ask_work")]
    assert meanings.asked(running, acts) == (running, work)


def test_a_question_to_the_practice_hides_none_about_a_result(rows):
    meanings = load_meanings(rows)
    running, hours = meanings.of("ask_running"), meanings.of("ask_hours")
    assert set(meanings.asked(running, [Act(ActKind.ASK, "ask_hours", 0.9, 0, 1)])) == {running, hours}
