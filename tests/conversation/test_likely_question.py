"""After a result, a message that seems to be about something else may well be a question about it."""

import pytest

from bot.conversation import likely_question
from bot.knowledge import load_meanings
from bot.settings import ROOT

MEANINGS = load_meanings(ROOT / "data" / "intents.yml")


def likely(main, *ranking):
    found = likely_question(MEANINGS.of(main), [(main, 0.5), *ranking], MEANINGS)
    return found.topic if found else None


@pytest.mark.parametrize("main", ["out_of_scope", "nlu_fallback", "ask_other_body_part"])
def test_a_declined_message_that_resembles_a_question_is_one(main):
    assert likely(main, ("ask_running", 0.14), ("ask_work", 0.2)) == "work"


def test_a_faint_resemblance_is_none():
    assert likely("out_of_scope", ("ask_running", 0.05)) is None


def test_what_is_understood_stays_what_it_is():
    assert likely("ask_hours", ("ask_running", 0.4)) is None


def test_only_questions_about_the_result_count():
    assert likely("out_of_scope", ("ask_hours", 0.4)) is None
